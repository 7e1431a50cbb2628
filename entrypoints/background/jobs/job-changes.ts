/** The one way a job changes: the next state, stored first, announced second. */
import { advance } from '../../../utils/core/jobs/advance';
import { isSettled, type Job, type JobEvent } from '../../../utils/core/jobs/job';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';

/** How often the words of a running job are stored: a killed worker loses no more than this. */
const STORE_WORDS_MS = 400;

export interface JobChanges {
  /** Keeps a new job. Resolves once it is stored and announced. */
  add(job: Job): Promise<void>;
  /** Moves a job on. Resolves once the change is stored and announced. */
  apply(jobId: string, event: JobEvent): Promise<void>;
  /** Keeps what was learned of a job in memory, until its next change is stored. Gives the job. */
  hold(jobId: string, learned: Partial<Job>): Job | undefined;
  /** Adds words: announced at once, stored a moment later. */
  addWords(jobId: string, text: string): void;
}

export function createJobChanges(
  store: Pick<JobStore, 'get' | 'hold' | 'put'>,
  feed: Pick<JobFeed, 'changed' | 'words'>,
): JobChanges {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  async function add(job: Job): Promise<void> {
    await store.put(job);
    const now = announced(job);
    if (now) feed.changed(now);
  }

  async function apply(jobId: string, event: JobEvent): Promise<void> {
    const before = store.get(jobId);
    if (!before) return;
    const job = { ...before, state: advance(before.state, event) };
    if (job.state === before.state) return;
    if (isSettled(job.state)) forgetTimer(jobId);
    await add(job);
  }

  /**
   * Words may have come while the change was being stored: an older text must not replace them. A
   * job that was removed meanwhile is not told of, and one without room is known to be `unsaved`.
   */
  function announced(job: Job): Job | undefined {
    const now = store.get(job.id);
    const bothRun = now?.state.status === 'running' && job.state.status === 'running';
    return bothRun || now?.state === job.state ? now : now && job;
  }

  function hold(jobId: string, learned: Partial<Job>): Job | undefined {
    const now = store.get(jobId);
    if (!now) return undefined;
    const next = { ...now, ...learned };
    store.hold(next);
    return next;
  }

  function addWords(jobId: string, text: string): void {
    const before = store.get(jobId);
    if (before?.state.status !== 'running') return;
    const state = advance(before.state, { type: 'words', text, at: Date.now() });
    const job = { ...before, state };
    putLater(job);
    feed.words(job, before.state.text.length, text);
  }

  function putLater(job: Job): void {
    store.hold(job);
    if (timers.has(job.id)) return;
    const put = () => {
      forgetTimer(job.id);
      const now = store.get(job.id);
      if (now) store.put(now).catch((error: unknown) => console.error(error));
    };
    timers.set(job.id, setTimeout(put, STORE_WORDS_MS));
  }

  function forgetTimer(jobId: string): void {
    clearTimeout(timers.get(jobId));
    timers.delete(jobId);
  }

  return { add, apply, hold, addWords };
}
