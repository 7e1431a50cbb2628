/** The plain fields of a preset's settings: a choice of few, a number, a tick. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../../controls/field';

interface ChoiceProps<Value extends string> {
  id: string;
  words: string;
  help?: ComponentChildren;
  /** The first option, for no choice. */
  none: string;
  options: readonly { value: Value; words: string }[];
  value: Value | undefined;
  onChoose: (value: Value | undefined) => void;
}

export function Choice<Value extends string>({
  none,
  options,
  value,
  ...rest
}: ChoiceProps<Value>) {
  const { id, words, help, onChoose } = rest;
  return (
    <Field id={id} words={words} help={help}>
      {(attributes) => (
        <select
          {...attributes}
          value={value ?? ''}
          onChange={({ currentTarget }) =>
            onChoose(options.find((each) => each.value === currentTarget.value)?.value)
          }
        >
          <option value="">{none}</option>
          {options.map((each) => (
            <option key={each.value} value={each.value}>
              {each.words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumberFieldProps {
  id: string;
  words: string;
  /** Shown where nothing is typed. */
  usual: number | undefined;
  problem: string | undefined;
  value: number | undefined;
  /** `NaN` for anything but a number: every schema refuses it. */
  onNumber: (value: number | undefined) => void;
}

/** Keeps what was typed as it was typed; a native number field would hide anything that is not a number. */
export function NumberField({ id, words, usual, problem, value, onNumber }: NumberFieldProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  return (
    <Field id={id} words={words} problem={problem}>
      {(attributes) => (
        <input
          {...attributes}
          inputMode="numeric"
          autocomplete="off"
          placeholder={usual === undefined ? undefined : String(usual)}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            const typed = currentTarget.value.trim();
            onNumber(typed === '' ? undefined : Number(typed));
          }}
        />
      )}
    </Field>
  );
}

interface TickProps {
  id: string;
  words: string;
  help?: string | undefined;
  checked: boolean;
  disabled?: boolean;
  onTick: (checked: boolean) => void;
}

export function Tick({ id, words, help, checked, disabled = false, onTick }: TickProps) {
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={help && `${id}-help`}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <label for={id}>{words}</label>
      {help && (
        <p id={`${id}-help`} class="field-help">
          {help}
        </p>
      )}
    </div>
  );
}
