/** Settings as a person sees them: connections, keys, menu, prompts, what is sent where. */
import { i18n } from '#i18n';
import { Brand } from '../../components/controls/brand';
import type { StoredConnections } from '../../components/connection/use-connections';
import { Connections, type ConnectionsProps } from './connections';
import { Keys, type KeysProps } from './keys';
import { Menu, type MenuProps } from './menu';
import { OncePlainNote } from './plain-text-key-note';
import { UnknownParts, type UnknownPartsProps } from './unknown-parts';

export interface OptionsProps extends Omit<ConnectionsProps, 'stored'> {
  /** `undefined` until it has been read. */
  stored: StoredConnections | undefined;
  keys: Omit<KeysProps, 'state' | 'any'>;
  /** The person has read that keys were stored in plain text before. */
  onOncePlainTold: () => void;
  version: string;
  menu: MenuProps;
  /** What a newer Descry stored. */
  unknown: UnknownPartsProps;
  presetsUrl: string;
  historyUrl: string;
}

export function Options(props: OptionsProps) {
  const { stored, granted, spending, month, keys, version, menu, unknown, ...rest } = props;
  const { presetsUrl, historyUrl, port, onOncePlainTold, ...events } = rest;
  return (
    <main class="sheet">
      <Brand />
      <h1>{i18n.t('options.title')}</h1>

      <UnknownParts {...unknown} />

      <section aria-labelledby="connections">
        <h2 id="connections">{i18n.t('options.connections')}</h2>
        {stored && <Connections {...{ stored, granted, spending, month, port }} {...events} />}
      </section>

      <section aria-labelledby="keys">
        <h2 id="keys" tabIndex={-1}>
          {i18n.t('keys.title')}
        </h2>
        {stored?.oncePlain && <OncePlainNote onTold={onOncePlainTold} />}
        {stored && <Keys state={stored.keys} any={stored.keyed.size > 0} {...keys} />}
      </section>

      <section aria-labelledby="menu">
        <h2 id="menu">{i18n.t('options.menu')}</h2>
        <Menu {...menu} />
      </section>

      <section aria-labelledby="presets">
        <h2 id="presets">{i18n.t('options.presets')}</h2>
        <p>{i18n.t('options.presetsHelp')}</p>
        <a class="button plain" href={presetsUrl}>
          {i18n.t('options.presetsOpen')}
        </a>
      </section>

      <section aria-labelledby="history">
        <h2 id="history">{i18n.t('history.title')}</h2>
        <p>{i18n.t('history.help')}</p>
        <a class="button plain" href={historyUrl}>
          {i18n.t('history.open')}
        </a>
      </section>

      <section aria-labelledby="privacy">
        <h2 id="privacy">{i18n.t('options.privacy')}</h2>
        <ul class="options-privacy">
          <li>{i18n.t('options.privacyImage')}</li>
          <li>{i18n.t('options.privacyKey')}</li>
          <li>{i18n.t('options.privacyResults')}</li>
          <li>{i18n.t('options.privacyNobody')}</li>
        </ul>
      </section>

      <p class="quiet-words">{i18n.t('options.version', [version])}</p>
      <p class="quiet-words">
        <a href="/licences.txt">{i18n.t('options.licences')}</a>
      </p>
    </main>
  );
}
