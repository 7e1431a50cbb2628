/** Dates after now, of a clock or a file that was wrong: nothing new makes room for them. */
import * as v from 'valibot';
import type { AnswerState } from '../../core/jobs/answer-state';
import type { Job } from '../../core/jobs/job';
import { mapAnswers } from '../../core/jobs/turns';
import { inDatabase } from './database';
import { entryOf, entrySchema } from './entry';
import type { Retention } from './retention';

/** Clocks are set back a little now and then. */
const TOLERANCE_MS = 60_000;

/**
 * What counts in place of a date after now in a file: now, or, where the newest are kept, a date before
 * all that are there, so that none of them makes room.
 */
export async function dateForFuture(retention: Retention, now: number): Promise<number> {
  if (retention.kind !== 'entries') return now;
  const oldest = await inDatabase(async (db) => {
    const cursor = await db
      .transaction('entries')
      .store.index('newest')
      .openKeyCursor(null, 'prev');
    return cursor ? -cursor.key[0] - 1 : now;
  });
  return Math.min(oldest, now);
}

/** A job without dates after now. */
export function withoutFuture(job: Job, now: number, instead: number): Job {
  const createdAt = job.createdAt > now ? instead : job.createdAt;
  const at = (time: number) => (time > now ? createdAt : time);
  const dated = (state: AnswerState): AnswerState =>
    state.status === 'done'
      ? {
          ...state,
          startedAt: at(state.startedAt),
          firstWordAt: at(state.firstWordAt),
          finishedAt: at(state.finishedAt),
        }
      : state;
  const answered = mapAnswers(job, (answer) => ({ ...answer, state: dated(answer.state) }));
  return { ...answered, createdAt };
}

/**
 * Dates what is there from a time after now: as from now, or, where the newest are kept, as just older
 * than the newest of the others.
 */
export async function dateBack(retention: Retention, now: number): Promise<void> {
  const latest = now + TOLERANCE_MS;
  const isLater = IDBKeyRange.upperBound([-latest], true);
  await inDatabase(async (db) => {
    // There is none as a rule: nothing is opened for writing.
    if ((await db.countFromIndex('entries', 'newest', isLater)) === 0) return;
    const transaction = db.transaction('entries', 'readwrite');
    const { store } = transaction;
    const index = store.index('newest');
    const cursor = await index.openKeyCursor(IDBKeyRange.lowerBound([-latest]));
    const newest = cursor && retention.kind === 'entries' ? -cursor.key[0] - 1 : now;
    for (const [at, each] of (await index.getAll(isLater)).entries()) {
      const entry = v.safeParse(entrySchema, each);
      // What is being answered is new, whatever its clock said; what is not understood stays.
      if (!entry.success || entry.output.unfinished) continue;
      await store.put(entryOf(withoutFuture(entry.output.job, latest, newest - at)));
    }
    await transaction.done;
  });
}
