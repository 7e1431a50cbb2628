/** The second step: address and key of the chosen server, and the press that connects. */
import { useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { valueOf } from '../../utils/core/errors';
import { cleanKey, unsendableIn } from '../../utils/browser/settings/pasted-key';
import { providerKind } from '../../utils/core/vision/providers';
import { Button } from '../controls/button';
import { Field } from '../controls/field';
import type { StoredConnections } from './use-connections';
import type { ConnectionPort } from './connection-port';
import { addressOf, type FormFor, isOpenToListeners, storedFor, storedKey } from './draft';
import { KeyField } from './key-field';
import { ConnectOutcome } from './connect-outcome';
import { providerWords } from './provider-words';
import { providerName } from './provider-choice';
import type { ConnectionFlow } from './use-connection-flow';

interface AccessStepProps {
  what: FormFor;
  flow: ConnectionFlow;
  stored: StoredConnections;
  port: ConnectionPort;
  /** Reads the stored connections again. */
  onStoredChange: () => Promise<void>;
}

export function AccessStep({ what, flow, stored, port, onStoredChange }: AccessStepProps) {
  const { draft, fields, link, edit } = flow;
  const [checked, setChecked] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const kind = providerKind(draft.provider);
  const address = addressOf(fields.baseUrl);
  const keyState = storedKey(draft, stored);
  // An address that the person has to give, or that often differs, is not hidden under "Advanced".
  const addressOpen = kind.baseUrl === undefined || kind.local;
  const typed = cleanKey(fields.key);
  const keyMissing = kind.key === 'required' && keyState !== 'holds' && typed === '';
  const keyWrong = keyMissing || unsendableIn(typed) !== undefined;

  /** Asks the browser for the host, so nothing is awaited on the way. */
  function onConnect(): void {
    setChecked(true);
    if (address && !keyWrong) {
      flow.connect();
      return;
    }
    const wrong = box.current?.querySelector<HTMLElement>(
      address ? '#connect-key' : '#connect-address',
    );
    const folded = wrong?.closest('details');
    if (folded) folded.open = true;
    wrong?.focus();
  }

  async function forget(): Promise<void> {
    const connection = storedFor(draft, stored);
    const forgotten = connection && (await port.forgetKey(connection.id));
    await onStoredChange();
    if (forgotten) valueOf(forgotten);
  }

  const addressField = (
    <Field
      id="connect-address"
      words={i18n.t('connect.address')}
      help={i18n.t('connect.addressHelp')}
      problem={checked && !address ? i18n.t('connect.addressWrong') : undefined}
    >
      {(attributes) => (
        <input
          {...attributes}
          type="url"
          placeholder={kind.addressExample}
          inputMode="url"
          autoComplete="off"
          spellcheck={false}
          value={fields.baseUrl}
          onInput={({ currentTarget }) => edit({ baseUrl: currentTarget.value })}
        />
      )}
    </Field>
  );
  const nameField = (
    <Field id="connect-name" words={i18n.t('connect.name')} help={i18n.t('connect.nameHelp')}>
      {(attributes) => (
        <input
          {...attributes}
          autoComplete="off"
          maxLength={60}
          placeholder={providerName(draft.provider)}
          value={fields.name}
          onInput={({ currentTarget }) => edit({ name: currentTarget.value })}
        />
      )}
    </Field>
  );
  const keyField = (
    <KeyField
      key={draft.provider}
      value={fields.key}
      stored={keyState === 'holds'}
      storedElsewhere={keyState === 'elsewhere'}
      required={kind.key === 'required'}
      problem={checked && keyMissing ? i18n.t('connect.keyMissing') : undefined}
      onInput={(key) => edit({ key })}
      onForget={forget}
    />
  );
  const { page } = providerWords(draft.provider);
  const host = address && new URL(address).host;
  return (
    <div ref={box} class="step-fields">
      {what.kind !== 'first' && nameField}
      {addressOpen && addressField}
      {!kind.local && keyField}
      {page && (
        <p>
          <a href={page.url} target="_blank" rel="noreferrer">
            {i18n.t(page.words, [providerName(draft.provider)])}
          </a>
        </p>
      )}
      {kind.baseUrl !== undefined && (
        <details key={draft.provider} class="advanced">
          <summary>{i18n.t('connect.advanced')}</summary>
          <div>{kind.local ? keyField : addressField}</div>
        </details>
      )}
      {address && isOpenToListeners(address) && (
        <p class="job-notice caution plain">{i18n.t('connect.addressInsecure')}</p>
      )}
      <div class="step-actions">
        <Button
          look={link.status === 'tried' && link.models.ok ? 'plain' : 'primary'}
          aria-disabled={link.status === 'connecting'}
          onClick={onConnect}
        >
          {i18n.t(link.status === 'tried' ? 'connect.reconnect' : 'connect.connect')}
        </Button>
        {host && link.status === 'none' && (
          <p class="quiet-words">{i18n.t('connect.permissionNote', [host])}</p>
        )}
      </div>
      <ConnectOutcome link={link} host={host ?? ''} />
    </div>
  );
}
