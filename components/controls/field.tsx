/** A field to type in: its label, a word of help, and what is wrong with what was typed. */
import type { ComponentChildren, VNode } from 'preact';
import { AlertIcon } from './icons';

interface FieldAttributes {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

interface FieldProps {
  id: string;
  words: string;
  help?: ComponentChildren;
  problem?: string | undefined;
  /** Renders the input, with the attributes that tie it to its label. */
  children: (attributes: FieldAttributes) => VNode;
}

export function Field({ id, words, help, problem, children }: FieldProps) {
  const told = [problem ? `${id}-problem` : '', help ? `${id}-help` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{words}</label>
      {children({
        id,
        ...(told ? { 'aria-describedby': told } : {}),
        ...(problem ? { 'aria-invalid': true } : {}),
      })}
      {problem && (
        <p id={`${id}-problem`} class="field-problem">
          <AlertIcon />
          {problem}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} class="field-help">
          {help}
        </p>
      )}
    </div>
  );
}
