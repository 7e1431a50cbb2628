/** The passphrase over the keys: set, changed, entered, taken away; and an end of all keys. */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Announcement, useDone } from '../../components/controls/announcement';
import { Field } from '../../components/controls/field';
import type { KeyState } from '../../utils/browser/settings/keys';
import { useConfirmation } from '../../components/controls/use-confirmation';

const MIN_LENGTH = 8;

export interface KeysProps {
  state: KeyState;
  /** Whether there is any key to forget. */
  any: boolean;
  /** False for another passphrase. */
  onUnlock: (passphrase: string) => Promise<boolean>;
  onLock: () => Promise<void>;
  onSet: (passphrase: string) => Promise<void>;
  onRemove: () => Promise<void>;
  onForgetAll: () => Promise<void>;
}

export function Keys({ state, any, ...events }: KeysProps) {
  const [setting, setSetting] = useState(false);
  const { said, run } = useDone();

  async function set(passphrase: string): Promise<void> {
    await run(events.onSet(passphrase), i18n.t('keys.saved'));
    setSetting(false);
  }

  return (
    <div class="panel asking">
      <p>{i18n.t(`keys.${state}`)}</p>
      {state === 'locked' && <Unlock onUnlock={events.onUnlock} />}
      {state !== 'locked' && setting && (
        <NewPassphrase onSet={set} onCancel={() => setSetting(false)} />
      )}
      {!setting && (
        <div class="step-actions">
          {state === 'unlocked' && (
            <Button onClick={() => void run(events.onLock(), i18n.t('keys.lockedNow'))}>
              {i18n.t('keys.lock')}
            </Button>
          )}
          {state !== 'locked' && state !== 'unreadable' && (
            <Button onClick={() => setSetting(true)}>
              {i18n.t(state === 'unlocked' ? 'keys.change' : 'keys.set')}
            </Button>
          )}
          {state === 'unlocked' && (
            <Button onClick={() => void run(events.onRemove(), i18n.t('keys.removed'))}>
              {i18n.t('keys.remove')}
            </Button>
          )}
          {(any || state === 'locked' || state === 'unreadable') && (
            <ForgetAll onForget={() => void run(events.onForgetAll(), i18n.t('keys.forgotten'))} />
          )}
        </div>
      )}
      <Announcement said={said} />
    </div>
  );
}

const UNLOCK_PROBLEMS = {
  none: undefined,
  trying: undefined,
  wrong: 'keys.wrong',
  failed: 'keys.unlockFailed',
} as const;

function Unlock({ onUnlock }: Pick<KeysProps, 'onUnlock'>) {
  const [passphrase, setPassphrase] = useState('');
  const [status, setStatus] = useState<'none' | 'trying' | 'wrong' | 'failed'>('none');
  const input = useRef<HTMLInputElement>(null);

  async function unlock(event: Event): Promise<void> {
    event.preventDefault();
    if (status === 'trying') return;
    setStatus('trying');
    const opened = await onUnlock(passphrase).catch(() => undefined);
    setStatus(opened === undefined ? 'failed' : opened ? 'none' : 'wrong');
    if (!opened) input.current?.select();
  }

  return (
    <form class="keys-form" onSubmit={(event) => void unlock(event)}>
      <PassphraseField
        id="unlock"
        words={i18n.t('keys.passphrase')}
        problem={UNLOCK_PROBLEMS[status] && i18n.t(UNLOCK_PROBLEMS[status])}
        value={passphrase}
        inputRef={input}
        onInput={setPassphrase}
      />
      <Button type="submit" look="primary" aria-disabled={status === 'trying'}>
        {i18n.t(status === 'trying' ? 'keys.unlocking' : 'keys.unlock')}
      </Button>
    </form>
  );
}

interface NewPassphraseProps {
  onSet: (passphrase: string) => Promise<void>;
  onCancel: () => void;
}

function NewPassphrase({ onSet, onCancel }: NewPassphraseProps) {
  const [[first, second], setTyped] = useState<[string, string]>(['', '']);
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const short = first.length < MIN_LENGTH;
  const differ = first !== second;

  function submit(event: Event): void {
    event.preventDefault();
    setChecked(true);
    if (short || differ) {
      form.current?.querySelector<HTMLElement>(short ? '#passphrase' : '#repeat')?.focus();
    } else void onSet(first);
  }

  return (
    <form ref={form} class="keys-form" onSubmit={submit}>
      <PassphraseField
        id="passphrase"
        words={i18n.t('keys.newPassphrase')}
        help={i18n.t('keys.help')}
        problem={checked && short ? i18n.t('keys.tooShort') : undefined}
        value={first}
        onInput={(value) => setTyped([value, second])}
      />
      <PassphraseField
        id="repeat"
        words={i18n.t('keys.repeat')}
        problem={checked && !short && differ ? i18n.t('keys.differ') : undefined}
        value={second}
        onInput={(value) => setTyped([first, value])}
      />
      <div class="step-actions">
        <Button type="submit" look="primary">
          {i18n.t('keys.setYes')}
        </Button>
        <Button onClick={onCancel}>{i18n.t('keys.cancel')}</Button>
      </div>
    </form>
  );
}

interface PassphraseFieldProps {
  id: string;
  words: string;
  help?: string;
  problem: string | undefined;
  value: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  onInput: (value: string) => void;
}

function PassphraseField({ value, inputRef, onInput, ...field }: PassphraseFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <input
          {...attributes}
          ref={inputRef ?? null}
          type="password"
          autoComplete="off"
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Asks for confirmation: deleted keys cannot be restored. */
function ForgetAll({ onForget }: { onForget: () => void }) {
  const { asking, setAsking, focused } = useConfirmation();

  if (!asking) {
    return (
      <Button ref={focused} look="quiet" onClick={() => setAsking(true)}>
        {i18n.t('keys.forgetAll')}
      </Button>
    );
  }
  return (
    <div class="step-actions">
      <p role="alert">{i18n.t('keys.forgetSure')}</p>
      <Button
        onClick={() => {
          setAsking(false);
          onForget();
        }}
      >
        {i18n.t('keys.forgetYes')}
      </Button>
      <Button ref={focused} onClick={() => setAsking(false)}>
        {i18n.t('keys.forgetNo')}
      </Button>
    </div>
  );
}
