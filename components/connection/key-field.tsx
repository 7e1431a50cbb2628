/** The key: typed or pasted once, and from then on only known to be there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { cleanKey, unsendableIn } from '../../utils/browser/settings/pasted-key';
import { Button } from '../controls/button';
import { Field } from '../controls/field';
import { Announcement, useDone } from '../controls/announcement';
import { ForgetKey } from './forget-key';
import { CheckIcon } from '../controls/icons';

interface KeyFieldProps {
  /** What is typed. */
  value: string;
  /** Whether a key is stored that goes to the address typed. */
  stored: boolean;
  /** Whether one is stored that belongs to another address. */
  storedElsewhere: boolean;
  required: boolean;
  problem: string | undefined;
  onInput: (value: string) => void;
  /** Resolves once it is forgotten. */
  onForget: () => Promise<void>;
}

export function KeyField({ value, stored, onInput, onForget, ...rest }: KeyFieldProps) {
  const [replacing, setReplacing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const replace = useRef<HTMLButtonElement>(null);

  // Only after a press on one of the buttons, which goes with what it replaces.
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) (input.current ?? replace.current)?.focus();
    pressed.current = false;
  }, [replacing, stored]);

  const { said, run } = useDone();

  function switchTo(next: boolean): void {
    pressed.current = true;
    setReplacing(next);
  }

  if (stored && !replacing && value === '') {
    return (
      <div class="field">
        <span class="label">{i18n.t('connect.key')}</span>
        <div class="key-stored">
          <span class="saved">
            <CheckIcon />
            {i18n.t('connect.keyStored')}
          </span>
          <Button ref={replace} onClick={() => switchTo(true)}>
            {i18n.t('connect.keyReplace')}
          </Button>
          <ForgetKey
            look="quiet"
            words={i18n.t('connect.keyForget')}
            onForget={() => void run(onForget(), i18n.t('keys.forgottenOne'))}
          />
        </div>
        <Announcement said={said} />
      </div>
    );
  }

  const help = i18n.t(rest.storedElsewhere ? 'connect.keyOtherHost' : 'connect.keyHelp');
  return (
    <>
      <Field
        id="connect-key"
        words={i18n.t(rest.required ? 'connect.key' : 'connect.keyOptional')}
        help={help}
        problem={unsendableWords(value) ?? rest.problem}
      >
        {(attributes) => (
          <input
            {...attributes}
            ref={input}
            type="password"
            // Not a password of a site: no password manager should offer to keep it.
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            value={value}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
        )}
      </Field>
      <Announcement said={said} />
      {stored && replacing && (
        <Button
          look="quiet"
          onClick={() => {
            onInput('');
            switchTo(false);
          }}
        >
          {i18n.t('connect.keyKeep')}
        </Button>
      )}
    </>
  );
}

/** Names the first character that cannot be sent, as it looks and as it is numbered; else nothing. */
function unsendableWords(value: string): string | undefined {
  const found = unsendableIn(cleanKey(value));
  const code = found?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return found && i18n.t('connect.keyUnsendable', [found, `U+${code}`]);
}
