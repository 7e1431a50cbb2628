/** Settings as a person sees them: the connection and its use, menu, prompts, what is sent where. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { ConnectionForm } from '../../components/connection-form/connection-form';
import type { ConnectionPort } from '../../components/connection-form/connection-port';
import { MarkIcon } from '../../components/icons';
import type { StoredConnections } from '../../components/use-connections';
import type { Connection } from '../../utils/vision/connection';
import { Asking } from './asking';
import { ConnectionSummary } from './connection-summary';
import { Menu, type MenuProps } from './menu';

export interface OptionsProps {
  /** `undefined` until it has been read. */
  stored: StoredConnections | undefined;
  /** Whether the browser allows the connection's host; `undefined` until it has said. */
  granted: boolean | undefined;
  version: string;
  menu: MenuProps;
  promptsUrl: string;
  port: ConnectionPort;
  onStoredChange: () => Promise<void>;
  /** Called inside a click. */
  onAllow: (connection: Connection) => void;
  onForgetKey: (connection: Connection) => void;
  onRemove: (connection: Connection) => void;
  onChange: (connection: Connection) => Promise<void>;
}

export function Options(props: OptionsProps) {
  const { stored, granted, version, menu, promptsUrl, port, ...events } = props;
  const [changing, setChanging] = useState(false);
  const connection = stored?.connections[0];
  return (
    <main class="sheet">
      <p class="brand">
        <MarkIcon />
        {i18n.t('extension.name')}
      </p>
      <h1>{i18n.t('options.title')}</h1>

      <section aria-labelledby="connection">
        <h2 id="connection">{i18n.t('options.connection')}</h2>
        {stored && connection && !changing && (
          <ConnectionSummary
            key={connection.id}
            connection={connection}
            keyed={stored.keyed.has(connection.id)}
            granted={granted}
            onChange={() => setChanging(true)}
            onAllow={events.onAllow}
            onForgetKey={events.onForgetKey}
            onRemove={events.onRemove}
          />
        )}
        {stored && !connection && !changing && (
          <>
            <p>{i18n.t('options.none')}</p>
            <Button look="primary" onClick={() => setChanging(true)}>
              {i18n.t('popup.connect')}
            </Button>
          </>
        )}
        {stored && changing && (
          <>
            <Button onClick={() => setChanging(false)}>{i18n.t('options.close')}</Button>
            <ConnectionForm
              stored={stored}
              port={port}
              onStoredChange={events.onStoredChange}
              onReady={() => {}}
            />
          </>
        )}
      </section>

      {connection && !changing && (
        <section aria-labelledby="asking">
          <h2 id="asking">{i18n.t('options.requests')}</h2>
          <Asking key={connection.id} connection={connection} onChange={events.onChange} />
        </section>
      )}

      <section aria-labelledby="menu">
        <h2 id="menu">{i18n.t('options.menu')}</h2>
        <Menu {...menu} />
      </section>

      <section aria-labelledby="prompts">
        <h2 id="prompts">{i18n.t('options.prompts')}</h2>
        <p>{i18n.t('options.promptsHelp')}</p>
        <a class="button plain" href={promptsUrl}>
          {i18n.t('options.promptsOpen')}
        </a>
      </section>

      <section aria-labelledby="privacy">
        <h2 id="privacy">{i18n.t('options.privacy')}</h2>
        <ul class="options-privacy">
          <li>{i18n.t('options.privacyPicture')}</li>
          <li>{i18n.t('options.privacyKey')}</li>
          <li>{i18n.t('options.privacyResults')}</li>
          <li>{i18n.t('options.privacyNobody')}</li>
        </ul>
      </section>

      <p class="quiet-words">{i18n.t('options.version', [version])}</p>
    </main>
  );
}
