/** Writes jobs into the history as they change, so that they outlive the browser. Nothing waits for
 * it, and nothing fails with it. */
import { errorCode, type ErrorCode } from '../../utils/errors';
import { pruneHistory, removeEntries, saveEntry } from '../../utils/history/history';
import { readKeeping, watchKeeping, type Keeping } from '../../utils/history/keeping';
import {
  pictureIdsOf,
  readPicture,
  removePicture,
  savePicture,
  type KeptPicture,
} from '../../utils/history/sent-pictures';
import { createInTurn } from '../../utils/in-turn';
import { hasEnded, type Job } from '../../utils/jobs/job';

export interface Journal {
  /** Writes a job as it stands. Resolves once that is done: false where it is not to be, or failed. */
  save(job: Job): Promise<boolean>;
  /** Forgets jobs, also what is still to be written of them. */
  remove(jobIds: readonly string[]): Promise<void>;
  /** Keeps a job's picture until its answer is whole. */
  keepPicture(picture: KeptPicture): Promise<void>;
  /** Such a picture; none where there is none, or none can be read. */
  picture(jobId: string): Promise<KeptPicture | undefined>;
  /** Why the last job could not be written, where that was so. */
  problem(): ErrorCode | undefined;
}

/** Nothing is read or opened before there is something to write. */
export function createJournal(): Journal {
  const inTurn = createInTurn();
  /** What is to be written next, by job: of several changes in a row the last one counts. */
  const next = new Map<string, Job>();
  let keeping: Promise<Keeping> | undefined;
  let failed: ErrorCode | undefined;

  watchKeeping(() => {
    keeping = undefined;
    void inTurn(prune).catch(noted);
  });

  async function isWritten(): Promise<boolean> {
    keeping ??= readKeeping();
    return (await keeping).kind !== 'nothing';
  }

  async function prune(): Promise<void> {
    keeping ??= readKeeping();
    await pruneHistory(await keeping, Date.now());
  }

  async function write(job: Job): Promise<boolean> {
    // A change after this one is written in its place, or it is gone.
    if (next.get(job.id) !== job) return true;
    next.delete(job.id);
    if (!(await isWritten())) return false;
    await saveEntry(job);
    failed = undefined;
    if (!hasEnded(job.state)) return true;
    if (job.state.status === 'done') await removePictures(job);
    await prune();
    return true;
  }

  /** An answer that is whole needs them no more. */
  async function removePictures(job: Job): Promise<void> {
    for (const id of pictureIdsOf(job)) await removePicture(id);
  }

  async function remove(jobIds: readonly string[]): Promise<void> {
    for (const id of jobIds) next.delete(id);
    await inTurn(() => removeEntries(jobIds)).catch(noted);
  }

  function noted(error: unknown): false {
    console.warn('not written into the history', error);
    failed = errorCode(error);
    return false;
  }

  return {
    async save(job) {
      if (job.image.private || job.state.status === 'asking') return false;
      if (isOld(job)) {
        await remove([job.id]);
        return false;
      }
      next.set(job.id, job);
      return await inTurn(() => write(job)).catch(noted);
    },
    remove,
    async keepPicture(picture) {
      if (picture.private) return;
      await inTurn(async () => {
        if (await isWritten()) await savePicture(picture);
      }).catch(noted);
    },
    picture: (jobId) => readPicture(jobId).catch(() => undefined),
    problem: () => failed,
  };
}

/**
 * Whether it stands in the history already, under the job that was answered first: what was written
 * while it was not yet known is taken back. Words of the person's own are new.
 */
function isOld({ state, edited }: Job): boolean {
  return state.status === 'done' && state.reusedFrom !== undefined && edited === undefined;
}
