/** Writes jobs into the history as they change, so that they survive a restart. Nothing waits for
 * it, and nothing fails with it. */
import pLimit from 'p-limit';
import { errorCode, type ErrorCode } from '../../../utils/core/errors';
import {
  readRetention,
  watchRetention,
  type Retention,
} from '../../../utils/browser/history/retention';
import { imageIdsOf, type StoredImage } from '../../../utils/browser/history/stored-image';
import type { Job } from '../../../utils/core/jobs/job';
import { answersOf, isPresentTurnOver, presentTurn, stateOf } from '../../../utils/core/jobs/turns';

export interface Journal {
  /** Writes a job as it stands. Resolves once that is done: false where it is not to be, or failed. */
  save(job: Job): Promise<boolean>;
  /** Forgets jobs, also what is still to be written of them. */
  remove(jobIds: readonly string[]): Promise<void>;
  /** Keeps a job's image until its answer is whole. */
  storeImage(image: StoredImage): Promise<void>;
  /** Such an image; none where there is none, or none can be read. */
  image(jobId: string): Promise<StoredImage | undefined>;
  /** Why the last job could not be written, where that was so. */
  problem(): ErrorCode | undefined;
}

const loadHistory = () => import('../../../utils/browser/history/history');
const loadImages = () => import('../../../utils/browser/history/sent-images');

/** Nothing is loaded, read or opened before there is something to write. */
export function createJournal(): Journal {
  const queue = pLimit(1);
  /** What is to be written next, by job: of several changes in a row the last one counts. */
  const next = new Map<string, Job>();
  let retention: Promise<Retention> | undefined;
  let failed: ErrorCode | undefined;

  watchRetention(() => {
    retention = undefined;
    void queue(prune).catch(noted);
  });

  async function isWritten(): Promise<boolean> {
    retention ??= readRetention();
    return (await retention).kind !== 'nothing';
  }

  async function prune(): Promise<void> {
    retention ??= readRetention();
    const { pruneHistory } = await loadHistory();
    await pruneHistory(await retention, Date.now());
  }

  async function write(job: Job): Promise<boolean> {
    // A change after this one is written in its place, or it is gone.
    if (next.get(job.id) !== job) return true;
    next.delete(job.id);
    if (!(await isWritten())) return false;
    const { saveEntry } = await loadHistory();
    await saveEntry(job);
    failed = undefined;
    if (!isPresentTurnOver(job)) return true;
    const isWhole = presentTurn(job).answers.every(({ state }) => state.status === 'done');
    if (isWhole) await removeImages(job);
    await prune();
    return true;
  }

  /** Answers that are whole need them no more. */
  async function removeImages(job: Job): Promise<void> {
    const { removeImage } = await loadImages();
    for (const id of imageIdsOf(job)) await removeImage(id);
  }

  async function remove(jobIds: readonly string[]): Promise<void> {
    for (const id of jobIds) next.delete(id);
    await queue(async () => await (await loadHistory()).removeEntries(jobIds)).catch(noted);
  }

  function noted(error: unknown): false {
    console.warn('not written into the history', error);
    failed = errorCode(error);
    return false;
  }

  return {
    async save(job) {
      if (job.image.private || stateOf(job).status === 'asking') return false;
      if (isOld(job)) {
        await remove([job.id]);
        return false;
      }
      next.set(job.id, job);
      return await queue(() => write(job)).catch(noted);
    },
    remove,
    async storeImage(image) {
      if (image.private) return;
      await queue(async () => {
        if (await isWritten()) await (await loadImages()).saveImage(image);
      }).catch(noted);
    },
    image: async (jobId) => await (await loadImages()).readImage(jobId).catch(() => undefined),
    problem: () => failed,
  };
}

/**
 * Whether it stands in the history already, under the job that was answered first: what was written
 * while it was not yet known is taken back. Words of the person's own are new.
 */
function isOld(job: Job): boolean {
  return answersOf(job).every(
    ({ state, edited }) =>
      state.status === 'done' && state.reusedFrom !== undefined && edited === undefined,
  );
}
