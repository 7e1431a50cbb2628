/** The placeholder that is being typed in a prompt, and what it may become. */
import { PLACEHOLDERS, type Placeholder } from '../../../utils/core/prompts/template';

export interface Typing {
  /** The position of its brace. */
  from: number;
  /** What there is of its name before the caret. */
  typed: string;
}

/** The placeholder before the caret that has no end yet. */
export function typingAt(text: string, caret: number): Typing | undefined {
  const typed = /\{([a-z0-9_]*)$/.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? undefined : { from: caret - typed.length - 1, typed };
}

/** The placeholders that begin so. */
export function completionsOf({ typed }: Typing): Placeholder[] {
  return PLACEHOLDERS.filter((name) => name.startsWith(typed));
}

/**
 * Where a placeholder ends that is edited in its middle: past the rest of its name and its brace.
 */
export function endOf(text: string, caret: number): number {
  return caret + (/^[a-z0-9_]*\}?/.exec(text.slice(caret))?.[0].length ?? 0);
}
