/** The key: typed or pasted once, and from then on only known to be there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../button';
import { Field } from '../field';
import { CheckIcon } from '../icons';

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
  onForget: () => void;
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
          <Button
            look="quiet"
            onClick={() => {
              switchTo(false);
              onForget();
            }}
          >
            {i18n.t('connect.keyForget')}
          </Button>
        </div>
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
        problem={rest.problem}
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
