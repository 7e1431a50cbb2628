/** The jobs of this browser session, in memory and in `storage.session`. */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import { isSettled, jobSchema, type Job } from './job';

/** Jobs kept; with thumbnails this stays far below the 10 MB that `storage.session` holds. */
const MAX_JOBS = 200;

const keyOf = (jobId: string) => `job:${jobId}`;

export interface JobStore {
  /** Resolves once the jobs of an earlier worker are read. Never rejects. */
  ready: Promise<void>;
  /** Newest first. Complete only after `ready`. */
  list(): Job[];
  get(jobId: string): Job | undefined;
  /** Keeps a job in memory only, until the next `put`. */
  hold(job: Job): void;
  /**
   * Keeps a job: in memory at once, stored when the promise resolves.
   *
   * @throws {AppError} `storageFailed`
   */
  put(job: Job): Promise<void>;
  remove(jobId: string): Promise<void>;
}

/** Opens the store; reading begins at once. */
export function openJobStore(): JobStore {
  const area = browser.storage.session;
  const jobs = new Map<string, Job>();

  async function read(): Promise<void> {
    for (const value of Object.values(await area.get())) {
      const parsed = v.safeParse(jobSchema, value);
      // What this worker has put since is newer than what an earlier one left.
      if (parsed.success && !jobs.has(parsed.output.id)) jobs.set(parsed.output.id, parsed.output);
    }
  }

  function list(): Job[] {
    return [...jobs.values()].toSorted((a, b) => b.createdAt - a.createdAt);
  }

  async function remove(jobId: string): Promise<void> {
    jobs.delete(jobId);
    await area.remove(keyOf(jobId));
  }

  async function put(job: Job): Promise<void> {
    jobs.set(job.id, job);
    try {
      await area.set({ [keyOf(job.id)]: job });
      if (jobs.size > MAX_JOBS) await removeOldest();
    } catch (error) {
      throw new AppError('storageFailed', {}, { cause: error });
    }
  }

  async function removeOldest(): Promise<void> {
    const oldest = list().findLast((job) => isSettled(job.state));
    if (oldest) await remove(oldest.id);
  }

  const ready = read().catch((error: unknown) =>
    console.error('stored jobs cannot be read', error),
  );
  return {
    ready,
    list,
    get: (jobId) => jobs.get(jobId),
    hold: (job) => void jobs.set(job.id, job),
    put,
    remove,
  };
}
