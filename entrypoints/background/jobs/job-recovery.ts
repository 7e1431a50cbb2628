/** Jobs that another worker, or another session of the browser, has left: taken up as they are. */
import type { readEntry, unfinishedJobs } from '../../../utils/browser/history/history';
import { isSettled } from '../../../utils/core/jobs/answer-state';
import type { Answer, Job } from '../../../utils/core/jobs/job';
import { answersOf } from '../../../utils/core/jobs/turns';
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
  /** Whether this worker is at work on an answer of a job. */
  isRunning: (jobId: string, answerId: string) => boolean;
}

export function createRecovery({ store, history, changes, isRunning }: Dependencies): Recovery {
  const { add, apply } = changes;

  /** One that waits for a connection goes on waiting: it will be asked once there is one. */
  function leftOf(job: Job): Answer[] {
    return answersOf(job).filter(
      ({ id, state }) => !isSettled(state) && state.status !== 'waiting' && !isRunning(job.id, id),
    );
  }

  async function interrupt(job: Job): Promise<void> {
    const interrupted = { type: 'failed', failure: { code: 'interrupted' } } as const;
    for (const { id: answerId } of leftOf(job)) {
      await apply(job.id, { ...interrupted, answerId });
    }
  }

  /** Adds a job read from disk, unless the session already has it. */
  async function takeUp(job: Job): Promise<void> {
    if (store.get(job.id)) return;
    if (leftOf(job).length === 0) return await add(job);
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
