/** Jobs that another worker, or another session of the browser, has left: taken up as they are. */
import type { readEntry, unfinishedJobs } from '../../../utils/browser/history/history';
import { isSettled, type Job } from '../../../utils/core/jobs/job';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { JobChanges } from './job-changes';

export interface PastJobs {
  readEntry: typeof readEntry;
  unfinishedJobs: typeof unfinishedJobs;
}

export interface Recovery {
  /** Marks what an earlier worker left unfinished as interrupted, with the words it had. */
  recover(): Promise<void>;
  /** Takes a job of the history up again, as it was left. False where there is none. */
  reopen(jobId: string): Promise<boolean>;
}

interface Dependencies {
  store: JobStore;
  history: PastJobs;
  changes: JobChanges;
  /** Whether this worker is at work on a job. */
  isRunning: (jobId: string) => boolean;
}

export function createRecovery({ store, history, changes, isRunning }: Dependencies): Recovery {
  const { add, apply } = changes;

  /** One that waits for a connection goes on waiting: it will be asked once there is one. */
  function isLeft({ id, state }: Job): boolean {
    return !isSettled(state) && state.status !== 'waiting' && !isRunning(id);
  }

  async function interrupt(job: Job): Promise<void> {
    if (isLeft(job)) await apply(job.id, { type: 'failed', failure: { code: 'interrupted' } });
  }

  /** From disk, where it has not come by itself meanwhile. */
  async function takeUp(job: Job): Promise<void> {
    if (store.get(job.id)) return;
    if (!isLeft(job)) return await add(job);
    store.hold(job);
    await interrupt(job);
  }

  return {
    async recover() {
      // Those of another session, or of a browser that was killed, are on disk alone.
      if (await store.takeUp()) {
        const left = await history.unfinishedJobs().catch(() => []);
        for (const job of left) await takeUp(job);
      }
      for (const job of store.list()) await interrupt(job);
    },
    async reopen(jobId) {
      await store.ready;
      if (store.get(jobId)) return true;
      const job = await history.readEntry(jobId);
      if (job) await takeUp(job);
      return job !== undefined;
    },
  };
}
