/** How calls from other contexts are answered: each as its row says, for who may make it. */
import * as v from 'valibot';
import { browser, type Browser } from 'wxt/browser';
import { AppError, asResult, type Result } from '../../core/errors';
import { once } from '../../core/loaded-later';
import type { Answers, Callers, Calls } from './call';
import { messenger } from './messenger';

type Sender = Browser.runtime.MessageSender;

/** Tells who sent a call with a parsed input, and throws where they are not who may make it. */
export type SenderChecks<From extends keyof Callers> = {
  readonly [F in From]: (sender: Sender, input: unknown) => Promise<Callers[F]> | Callers[F];
};

/** Answers a message, and always with a `Result`. */
type Listener = (message: { data: unknown; sender: Sender }) => Promise<Result<unknown>>;

/** The listener of each call in a table. */
export function listenersFor<Table extends Calls<keyof Table>>(
  table: Table,
  checks: SenderChecks<Table[keyof Table]['from']>,
  answers: Answers<Table>,
): Map<string, Listener> {
  const listeners = new Map<string, Listener>();
  for (const name in table) listeners.set(name, listenerOf(name, answers[name]));
  return listeners;

  function listenerOf<Name extends keyof Table>(
    name: Name,
    answer: Answers<Table>[Name],
  ): Listener {
    return async ({ data, sender }) =>
      await asResult(async () => {
        if (sender.id !== browser.runtime.id) throw new AppError('unexpected');
        const parsed = v.parse(fieldOf(table[name], 'input'), data);
        const caller = await checks[fieldOf(table[name], 'from')](sender, parsed);
        return await answer(parsed, caller);
      });
  }
}

/** A field with the type it has in that very row; read with a dot, it has that of any row. */
function fieldOf<Row, Key extends keyof Row>(row: Row, key: Key): Row[Key] {
  return row[key];
}

/** Begins to listen. */
export function listen(listeners: ReadonlyMap<string, Listener>): void {
  for (const [name, listener] of listeners) messenger.onMessage(name, listener);
}

/**
 * Begins to listen for calls whose listeners are loaded when the first of them is made. Call it
 * synchronously when a background starts.
 */
export function listenWith(
  names: readonly string[],
  load: () => Promise<ReadonlyMap<string, Listener>>,
): void {
  const loaded = once(load);
  for (const name of names) {
    messenger.onMessage(name, async (message) => await (await loaded()).get(name)?.(message));
  }
}
