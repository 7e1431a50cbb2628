/** The message of every failure. A code without one does not compile. */
import type { ErrorCode } from '../../core/errors';
import { messageOf, type MessageKey } from './message-key';

interface ErrorWords {
  /** What happened. */
  title: MessageKey;
  /** What it means and what to do, in a sentence or two. */
  next: MessageKey;
}

/** The words for a failure, as message keys. */
export function errorWords(code: ErrorCode): ErrorWords {
  // A code whose words are missing from the message file fails to compile here.
  return { title: `error.${code}.title`, next: `error.${code}.next` };
}

/** A failure in two sentences: what happened, and what to do. */
export function errorSentences(code: ErrorCode): string {
  const { title, next } = errorWords(code);
  return `${messageOf(title)}. ${messageOf(next)}`;
}
