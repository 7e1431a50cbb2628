/** How the background answers a call: parsed, and where it matters for our own pages alone. */
import type * as v from 'valibot';
import type { Browser } from 'wxt/browser';
import { AppError } from '../../utils/errors';
import { answering } from '../../utils/messaging/answering';
import { backgroundCalls, type BackgroundCalls } from '../../utils/messaging/calls';
import { isExtensionPage } from '../../utils/messaging/sender';

export type Sender = Browser.runtime.MessageSender;

/** @throws {AppError} for a content script. */
export function mustBeOurPage(sender: Sender): void {
  if (!isExtensionPage(sender)) throw new AppError('unexpected');
}

/**
 * The tab of a content script.
 *
 * @throws {AppError} for who is in none: -1 is what jobs have that belong to no page, and what
 *   browsers call a window without tabs.
 */
export function tabOf({ tab }: Sender): number {
  if (tab?.id === undefined || tab.id < 0) throw new AppError('unexpected');
  return tab.id;
}

/** One line of the call map, answered. */
export function on<Name extends keyof BackgroundCalls, Schema extends v.GenericSchema>(
  name: Name,
  schema: Schema,
  handle: (
    data: v.InferOutput<Schema>,
    sender: Sender,
  ) => Promise<Extract<ReturnType<BackgroundCalls[Name]>, { ok: true }>['value']>,
): void {
  // The library cannot see that a `Result` of the handler's value is what the call map names.
  backgroundCalls.onMessage(name, answering(schema, handle) as never);
}
