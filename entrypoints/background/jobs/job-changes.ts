/** The one way a job changes: by an event, stored first, announced second. */
import { hasEnded } from '../../../utils/core/jobs/answer-state';
import { changeJob, type JobEvent } from '../../../utils/core/jobs/change-job';
import type { Job } from '../../../utils/core/jobs/job';
import { answersOf, findAnswer, isJobSettled, mapAnswers } from '../../../utils/core/jobs/turns';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';

/** How often the words of a running answer are stored: a killed worker loses no more than this. */
const STORE_WORDS_MS = 400;

export interface JobChanges {
  /** Keeps a new job. Resolves once it is stored and announced. */
  add(job: Job): Promise<void>;
  /**
   * Changes a job by an event: in memory at once, where the job after it can be read. Resolves once
   * the change is stored and announced; at once where the event changes nothing.
   */
  apply(jobId: string, event: JobEvent): Promise<void>;
  /** The same in memory only, until the next change is stored. Gives the job. */
  hold(jobId: string, event: JobEvent): Job | undefined;
  /** Adds words to an answer: announced at once, stored a moment later. */
  addWords(jobId: string, answerId: string, text: string): void;
}

export function createJobChanges(
  store: Pick<JobStore, 'get' | 'hold' | 'put'>,
  feed: Pick<JobFeed, 'changed' | 'words'>,
): JobChanges {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let count = 0;
  /** The newest change of each job that was announced. */
  const newest = new Map<string, number>();

  async function add(job: Job, onDisk = false): Promise<void> {
    const number = (count += 1);
    await store.put(job, onDisk);
    const now = announced(job);
    if (!now) return void newest.delete(job.id);
    // One that waited for the disk may be overtaken, and must not take a later one back.
    if (number < (newest.get(job.id) ?? 0)) return;
    newest.set(job.id, number);
    feed.changed(now);
  }

  async function apply(jobId: string, event: JobEvent): Promise<void> {
    const before = store.get(jobId);
    const job = before && changeJob(before, event);
    if (!job || job === before) return;
    if (isJobSettled(job)) forgetTimer(jobId);
    // What is said of an answer that has ended outlives the browser: its end, and what the person
    // makes of it. Nothing before that waits for the disk.
    const ended = 'answerId' in event && findAnswer(job, event.answerId)?.answer.state;
    await add(job, ended && hasEnded(ended));
  }

  /**
   * Words may have come while the change was being stored: an older text must not replace them. A
   * job that was removed meanwhile is not announced, and one without room is known to be `unsaved`.
   */
  function announced(job: Job): Job | undefined {
    const now = store.get(job.id);
    if (!now) return undefined;
    const withWords = mapAnswers(job, (answer) => {
      const later = findAnswer(now, answer.id)?.answer ?? answer;
      return later.state.status === 'running' && answer.state.status === 'running' ? later : answer;
    });
    const isNow = answersOf(now).every(
      ({ id, state }) => findAnswer(withWords, id)?.answer.state === state,
    );
    return isNow ? now : withWords;
  }

  function hold(jobId: string, event: JobEvent): Job | undefined {
    const before = store.get(jobId);
    if (!before) return undefined;
    const job = changeJob(before, event);
    if (job !== before) store.hold(job);
    return job;
  }

  function addWords(jobId: string, answerId: string, text: string): void {
    const before = store.get(jobId);
    const state = before && findAnswer(before, answerId)?.answer.state;
    if (state?.status !== 'running') return;
    const job = hold(jobId, { type: 'words', answerId, text, at: Date.now() });
    if (!job) return;
    storeSoon(jobId);
    feed.words(job, { answerId, at: state.text.length, text });
  }

  function storeSoon(jobId: string): void {
    if (timers.has(jobId)) return;
    const put = () => {
      forgetTimer(jobId);
      const now = store.get(jobId);
      if (now) store.put(now).catch((error: unknown) => console.error(error));
    };
    timers.set(jobId, setTimeout(put, STORE_WORDS_MS));
  }

  function forgetTimer(jobId: string): void {
    clearTimeout(timers.get(jobId));
    timers.delete(jobId);
  }

  return { add, apply, hold, addWords };
}
