/** Runs jobs, from the click to the stored answer. */
import { AppError, errorCode, failureOf } from '../../../utils/core/errors';
import { loadedLater } from '../../../utils/core/loaded-later';
import { untilAborted } from '../../../utils/core/with-timeout';
import type { ImageFile } from '../../../utils/core/image/open';
import { isThumbnail } from '../../../utils/core/image/is-thumbnail';
import { partOf } from '../../../utils/core/jobs/answer-state';
import type { JobEvent, RetryOptions } from '../../../utils/core/jobs/change-job';
import type { Answer, Job } from '../../../utils/core/jobs/job';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import { asksTheSame, newJob, type NewJobOptions } from '../../../utils/core/jobs/new-job';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import {
  answersOf,
  findAnswer,
  opinionsOf,
  presentAnswer,
  presentTurn,
} from '../../../utils/core/jobs/turns';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';
import type { answerTo } from '../../../utils/browser/history/history';
import type { ImageSource } from '../images/acquire-image';
import type { ConnectionSource } from '../connections/connection-source';
import type { OpenConnection } from '../connections/open-connection';
import type { GetAnswer } from './job-answer';
import { createRecovery, type PastJobs, type Recovery } from './job-recovery';
import { createJobChanges } from './job-changes';
import type { KeepAlive } from './keep-alive';
import type { ContextSource } from './page-context';
import { withReplacement } from '../connections/suggest-replacement';

/** What is read of the history. */
export interface History extends PastJobs {
  answerTo: typeof answerTo;
}

export interface JobRunnerOptions {
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  keepAlive: KeepAlive;
  images: ImageSource;
  contexts: ContextSource;
  history: History;
  /** Makes sure that the job's tab can read images; false where it cannot. */
  preparePage: (tabId: number) => Promise<boolean>;
  /** The language to answer in, as a BCP 47 tag. */
  language: () => string;
  /** Called for a job that has to wait until the person has connected a model. */
  onWaiting: () => void;
  /** Called once a job has ended, whichever way, or is gone. */
  onEnded: () => void;
  /** Called with a job's image, once nothing more urgent is left to do. */
  onImage: (jobId: string, file: ImageFile) => void;
}

export interface JobRequest extends NewJobOptions {
  pageReady: Promise<boolean>;
}

/** One answer of one job. */
interface AnswerPlace {
  jobId: string;
  answerId: string;
}

/** What a content script sees of a job's image. */
interface SeenImage {
  thumbnail?: string | undefined;
  size?: JobImage['size'];
}

export interface JobRunner extends Recovery {
  /** Starts a job, or gives the one that already asks this of this image. */
  start(request: JobRequest): { job: Job; stored: Promise<void> };
  /** Ends an answer; what had arrived stays. */
  stop(place: AnswerPlace): Promise<void>;
  /** Asks again for an answer that has ended. */
  retry(place: AnswerPlace, options?: RetryOptions): Promise<void>;
  /**
   * Continues the words that had arrived, where the model can; else asks again, and keeps them until
   * there are new ones.
   */
  resume(place: AnswerPlace): Promise<void>;
  /**
   * Asks a question in a job: the first, where it waits for one, else the next.
   *
   * @throws {AppError} `stillAnswering` while another is being answered; the question is not kept.
   */
  ask(jobId: string, question: string | undefined): Promise<void>;
  /**
   * Asks a job's present question another time, once its first answer has ended.
   *
   * @throws {AppError} `stillAnswering` before that.
   */
  opinion(jobId: string, using: Answer['using']): Promise<void>;
  /** Keeps an answer as the person has changed it; `undefined` for the model's own words. */
  edit(place: AnswerPlace, text: string | undefined): Promise<void>;
  /** Remembers whether the answer stands in the page as the image's alt text. */
  setAltSet(place: AnswerPlace, altSet: boolean): Promise<void>;
  /** Keeps what is not known yet of a job's image. A thumbnail that is no small image is dropped. */
  see(jobId: string, seen: SeenImage): Promise<void>;
  remove(jobId: string): Promise<void>;
  /** Asks for the answers that waited for a connection, and names their jobs. */
  resumeWaiting(): Promise<string[]>;
  /** Asks again for the answers that found the keys locked. */
  resumeLocked(): Promise<void>;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, feed, connections, keepAlive, images, contexts, history, language } = options;
  const changes = createJobChanges(store, feed);
  const { add, apply } = changes;
  const { onImage } = options;
  // While the page makes itself ready: nothing of it is needed before.
  const { getAnswer } = loadedLater<{ getAnswer: GetAnswer }>(async () => {
    const { createAnswer } = await import('./job-answer');
    return { getAnswer: createAnswer({ store, images, language, changes, history, onImage }) };
  });
  const running = new Map<string, AbortController>();
  const keyOf = ({ jobId, answerId }: AnswerPlace) => `${jobId} ${answerId}`;
  const { recover, reopen } = createRecovery({
    store,
    history,
    changes,
    isRunning: (jobId, answerId) => running.has(keyOf({ jobId, answerId })),
  });

  function start({ pageReady, ...wanted }: JobRequest) {
    const twin = !wanted.waits && store.list().find((job) => asksTheSame(job, wanted));
    if (twin) return { job: twin, stored: Promise.resolve() };
    const job = newJob(wanted);
    const place = { jobId: job.id, answerId: presentAnswer(job).id };
    const stored = add(job);
    stored.catch((error: unknown) => fail(place, error));
    if (!wanted.waits) void run(place, pageReady, false);
    return { job, stored };
  }

  /** @param asked whether it was asked before: then it is about the same image. */
  async function run(
    place: AnswerPlace,
    pageReady: Promise<boolean>,
    asked: boolean,
  ): Promise<void> {
    const job = store.get(place.jobId);
    const answer = job && findAnswer(job, place.answerId)?.answer;
    if (!answer) return;
    const key = keyOf(place);
    const controller = new AbortController();
    running.set(key, controller);
    const release = keepAlive.hold();
    let open: OpenConnection | undefined;
    try {
      const context = contexts.of(job, pageReady);
      open = await connections.choose(answer.using ?? job.preset);
      controller.signal.throwIfAborted();
      if (!open) {
        await apply(place.jobId, { type: 'connectionMissing', answerId: answer.id });
        return options.onWaiting();
      }
      const { signal } = controller;
      const asking = { open, job, answer, context, pageReady, signal };
      // Whatever it waits for: Stop ends that at once, and the worker may sleep.
      await untilAborted(getAnswer(asking, asked), signal);
    } catch (error) {
      if (!controller.signal.aborted) {
        await fail(place, open ? await withReplacement(error, open) : error);
      }
    } finally {
      release();
      // Stopped and asked again at once, it is another's by now.
      if (running.get(key) === controller) running.delete(key);
      options.onEnded();
    }
  }

  async function fail({ jobId, answerId }: AnswerPlace, error: unknown): Promise<void> {
    if (errorCode(error) === 'unexpected') console.error(error);
    const failed = { type: 'failed', failure: failureOf(error) } as const;
    await apply(jobId, { ...failed, answerId }).catch(console.error);
  }

  function runAgain(job: Job, { id: answerId }: Answer): void {
    const onPage = job.image.kind !== 'file';
    const pageReady = onPage ? options.preparePage(job.tabId) : Promise.resolve(false);
    void run({ jobId: job.id, answerId }, pageReady, true);
  }

  /**
   * Changes a job, and asks for the answer that waits since. It runs at once, stored or not: else a
   * Stop that comes between would find nothing to stop. False where the event changes nothing.
   */
  async function changeAndRun(
    jobId: string,
    event: JobEvent,
    answerOf: (job: Job) => Answer | undefined,
  ): Promise<boolean> {
    const before = store.get(jobId);
    const stored = apply(jobId, event);
    const job = store.get(jobId);
    if (!job || job === before) return false;
    const answer = answerOf(job);
    if (answer) runAgain(job, answer);
    await stored;
    return true;
  }

  const byId = (answerId: string) => (job: Job) => findAnswer(job, answerId)?.answer;

  async function retry(
    { jobId, answerId }: AnswerPlace,
    retryOptions: RetryOptions = {},
  ): Promise<void> {
    await changeAndRun(jobId, { type: 'retried', answerId, ...retryOptions }, byId(answerId));
  }

  async function resume({ jobId, answerId }: AnswerPlace): Promise<void> {
    await changeAndRun(jobId, { type: 'resumed', answerId }, byId(answerId));
  }

  return {
    start,
    retry,
    resume,
    reopen,
    async stop(place) {
      running.get(keyOf(place))?.abort();
      await apply(place.jobId, { type: 'stopped', answerId: place.answerId });
    },
    async ask(jobId, question) {
      if (!store.get(jobId)) return;
      const isAsked = await changeAndRun(jobId, { type: 'questionAsked', question }, presentAnswer);
      if (!isAsked) throw new AppError('stillAnswering');
    },
    async opinion(jobId, using) {
      const newest = (job: Job) => opinionsOf(job).at(-1);
      const isAsked = await changeAndRun(jobId, { type: 'opinionAsked', using }, newest);
      if (!isAsked) throw new AppError('stillAnswering');
    },
    edit: ({ jobId, answerId }, text) => apply(jobId, { type: 'edited', answerId, text }),
    setAltSet: ({ jobId, answerId }, altSet) => apply(jobId, { type: 'altSet', answerId, altSet }),
    async see(jobId, { thumbnail, size }) {
      const isSmall = thumbnail !== undefined && isThumbnail(thumbnail);
      await apply(jobId, { type: 'imageSeen', size, ...(isSmall ? { thumbnail } : {}) });
    },
    async remove(jobId) {
      const job = store.get(jobId);
      for (const { id: answerId } of job ? answersOf(job) : []) {
        running.get(keyOf({ jobId, answerId }))?.abort();
      }
      await store.remove(jobId);
      if (job) feed.removed(job);
      options.onEnded();
    },
    async resumeWaiting() {
      await store.ready;
      const resumed = store.list().filter((job) => {
        const waiting = answersOf(job).filter(
          // Asked by another call of this, it waits until its connection is read.
          ({ id, state }) =>
            state.status === 'waiting' && !running.has(keyOf({ jobId: job.id, answerId: id })),
        );
        for (const answer of waiting) runAgain(job, answer);
        return waiting.length > 0;
      });
      return resumed.map(({ id }) => id);
    },
    async resumeLocked() {
      await store.ready;
      for (const job of store.list()) {
        // Of the present question alone: those before it are no longer waited for, and cost money.
        for (const { id: answerId, resumes, state } of presentTurn(job).answers) {
          if (state.status !== 'failed' || state.failure.code !== 'keysLocked') continue;
          const place = { jobId: job.id, answerId };
          await (resumes && partOf(state) !== '' ? resume(place) : retry(place));
        }
      }
    },
    recover,
  };
}
