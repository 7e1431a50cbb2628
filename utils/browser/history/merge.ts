/** Takes jobs into the history without losing what is newer there: for files, and for Undo. */
import * as v from 'valibot';
import type { Job } from '../../core/jobs/job';
import { answersOf } from '../../core/jobs/turns';
import { announceChange } from './changes';
import { inDatabase } from './database';
import { entryOf, entrySchema } from './entry';

export interface Merged {
  added: number;
  /** Those that were there already, as they are or newer. */
  present: number;
}

/** All or none of them are there when it resolves. */
export async function mergeJobs(jobs: readonly Job[]): Promise<Merged> {
  const merged = { added: 0, present: 0 };
  await inDatabase(async (db) => {
    const transaction = db.transaction(['entries', 'thumbnails'], 'readwrite');
    const entries = transaction.objectStore('entries');
    // One after the other: an id may stand in a file twice.
    for (const job of jobs) {
      if (isOlder(await entries.get(job.id), job)) {
        merged.added += 1;
        // What does not fit is told by `done`.
        void entries.put(entryOf(job)).catch(() => undefined);
        const { id, thumbnail: dataUrl } = job;
        if (dataUrl === undefined) continue;
        const thumbnails = transaction.objectStore('thumbnails');
        void thumbnails.put({ id, dataUrl }).catch(() => undefined);
      } else merged.present += 1;
    }
    await transaction.done;
  });
  if (merged.added > 0) announceChange();
  return merged;
}

/** Whether a job takes the place of what is kept: of nothing, or of itself at an earlier time. */
function isOlder(stored: unknown, job: Job): boolean {
  if (stored === undefined) return true;
  const parsed = v.safeParse(entrySchema, stored);
  // What cannot be read hides nothing.
  if (!parsed.success) return true;
  const { createdAt, unfinished, job: old } = parsed.output;
  return createdAt === job.createdAt && !unfinished && changedAt(old) < changedAt(job);
}

/** When the last whole answer came. */
function changedAt(job: Job): number {
  const ends = answersOf(job).map(({ state }) => (state.status === 'done' ? state.finishedAt : 0));
  return ends.reduce((latest, end) => Math.max(latest, end), job.createdAt);
}
