/** How Descry's scripts in a page answer the background, and only the background. */
import { AppError } from '../../core/errors';
import { listen, listenersFor } from './answering';
import type { Answers, Call } from './call';
import { isBackground } from './sender';

/** Answers the calls of a table. */
export function answerBackground<Table extends Readonly<Record<keyof Table, Call<'background'>>>>(
  table: Table,
  answers: Answers<Table>,
): void {
  const checks = {
    background(sender: Parameters<typeof isBackground>[0]) {
      if (!isBackground(sender)) throw new AppError('unexpected');
    },
  };
  listen(listenersFor(table, checks, answers));
}
