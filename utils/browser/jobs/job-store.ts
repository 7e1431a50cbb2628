/** The jobs of this browser session, in memory and in `storage.session`. */
import pLimit from 'p-limit';
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { jobSchema, type Job } from '../../core/jobs/job';
import { isJobSettled } from '../../core/jobs/turns';
import { withTimeout } from '../../core/with-timeout';

/** Jobs kept; with thumbnails this stays far below the 10 MB that `storage.session` holds. */
const MAX_JOBS = 200;

/** How long the end of an answer waits for the disk. */
const DISK_MS = 500;

/** There once a session's jobs have been looked after (`takeUp`). */
const BEGUN = 'sessionBegun';

/** The key of each job begins with this. */
const PREFIX = 'job:';

const keyOf = (jobId: string) => `${PREFIX}${jobId}`;

export interface JobStore {
  /** Resolves once the jobs of an earlier worker are read. Never rejects. */
  ready: Promise<void>;
  /** Newest first. Complete only after `ready`. */
  list(): Job[];
  get(jobId: string): Job | undefined;
  /** Keeps a job in memory only, until the next `put`. */
  hold(job: Job): void;
  /**
   * Keeps a job: in memory at once, stored when the promise resolves. Where the browser has no room
   * left even after old jobs have gone, it is `unsaved` from then on, and no worse for it.
   *
   * @param onDisk whether to wait until it is in the history, too, where that does not take long.
   */
  put(job: Job, onDisk?: boolean): Promise<void>;
  remove(jobId: string): Promise<void>;
  /**
   * True once in a session of the browser, or of the extension where it was reloaded: the jobs of
   * the one before are then gone from here, and only the history knows them.
   */
  takeUp(): Promise<boolean>;
}

interface Options {
  /** Writes a job to disk, and tells whether that was done. Not waited for while there is room. */
  journal: (job: Job) => Promise<boolean>;
  /** Lets go of what can be had again, where there is no room. */
  makeRoom: () => Promise<void>;
}

/** Opens the store; reading begins at once. */
export function openJobStore({ journal, makeRoom }: Options): JobStore {
  const area = browser.storage.session;
  /** The one that changed last is the last. */
  const jobs = new Map<string, Job>();
  // One after the other: an older state that had to wait for room must not come last.
  const queue = pLimit(1);
  let begun = false;

  async function read(): Promise<void> {
    const { [BEGUN]: isBegun, ...items } = await area.get();
    begun = isBegun === true;
    // What this worker has put since is newer than what an earlier one left.
    const since = [...jobs.values()];
    for (const job of [...jobsIn(items), ...since]) hold(job);
  }

  function list(): Job[] {
    return [...jobs.values()].toSorted((a, b) => b.createdAt - a.createdAt);
  }

  function hold(job: Job): void {
    jobs.delete(job.id);
    jobs.set(job.id, job);
  }

  async function remove(jobId: string): Promise<void> {
    jobs.delete(jobId);
    await queue(async () => await area.remove(keyOf(jobId)));
  }

  async function put(job: Job, onDisk = false): Promise<void> {
    hold(job);
    const { unsaved: _unsaved, ...saved } = job;
    const { fits, written } = await queue(async () => await write(job, saved));
    // The queue does not wait for the disk: what other jobs have to store is not late for it.
    if (!fits) {
      if (!(await written)) holdAs({ ...saved, unsaved: true }, job);
    } else if (onDisk) await withTimeout(written, DISK_MS);
  }

  /** `written`: whether it is on disk. */
  async function write(
    job: Job,
    saved: Job,
  ): Promise<{ fits: boolean; written: Promise<boolean> }> {
    // Removed while it waited for its turn: it must not come back, here or on disk.
    if (!jobs.has(job.id)) return { fits: true, written: Promise.resolve(true) };
    const fits = await hasRoomFor(saved);
    const written = journal(saved);
    if (fits && job.unsaved) holdAs(saved, job);
    if (fits && jobs.size > MAX_JOBS) await removeOldest(1, job.id);
    return { fits, written };
  }

  /** In place of a job, unless that has changed meanwhile. */
  function holdAs(job: Job, before: Job): void {
    if (jobs.get(job.id) === before) jobs.set(job.id, job);
  }

  async function hasRoomFor(job: Job): Promise<boolean> {
    const half = () => removeOldest(Math.ceil(jobs.size / 2), job.id);
    const steps = [() => Promise.resolve(), makeRoom, half];
    for (const step of steps) {
      try {
        await step();
        await area.set({ [keyOf(job.id)]: job });
        return true;
      } catch (error) {
        console.warn('no room for a job', error);
      }
    }
    return false;
  }

  async function removeOldest(count: number, exceptId: string): Promise<void> {
    const settled = [...jobs.values()].filter((job) => job.id !== exceptId && isJobSettled(job));
    const gone = settled.slice(0, count).map(({ id }) => id);
    for (const id of gone) jobs.delete(id);
    await area.remove(gone.map(keyOf));
  }

  const ready = read().catch((error: unknown) =>
    console.error('stored jobs cannot be read', error),
  );
  return {
    ready,
    list,
    get: (jobId) => jobs.get(jobId),
    hold,
    put,
    remove,
    async takeUp() {
      await ready;
      if (begun) return false;
      begun = true;
      await area.set({ [BEGUN]: true }).catch(console.warn);
      return true;
    },
  };
}

/** The jobs as they are stored, oldest first: for a page that does not wait for the background. */
export async function readStoredJobs(): Promise<Job[]> {
  return jobsIn(await browser.storage.session.get());
}

/** The jobs among all that is stored, oldest first; without what cannot be read. */
function jobsIn(items: Readonly<Record<string, unknown>>): Job[] {
  return Object.entries(items)
    .flatMap(([key, item]) => {
      if (!key.startsWith(PREFIX)) return [];
      const parsed = v.safeParse(jobSchema, item);
      return parsed.success ? parsed.output : [];
    })
    .toSorted((a, b) => a.createdAt - b.createdAt);
}
