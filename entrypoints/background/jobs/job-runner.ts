/** Runs jobs: one question about one image, from the click to the stored answer. */
import { AppError, errorCode, failureOf } from '../../../utils/core/errors';
import { untilAborted } from '../../../utils/core/with-timeout';
import type { ImageFile } from '../../../utils/core/image/open';
import { hasEnded, isSettled, partOf, type Job } from '../../../utils/core/jobs/job';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import { withQuestion } from '../../../utils/core/jobs/conversation';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';
import type { answerTo } from '../../../utils/browser/history/history';
import type { Preset } from '../../../utils/core/prompts/preset';
import type { Purpose } from '../../../utils/core/prompts/purpose';
import { DEFAULT_MAX_TOKENS } from '../../../utils/core/vision/catalog';
import type { ImageSource } from '../images/acquire-image';
import type { ConnectionSource, OpenConnection } from '../connections/connection-source';
import { limitsFor } from '../images/image-limits';
import { createAnswer } from './job-answer';
import { createRecovery, type PastJobs, type Recovery } from './job-recovery';
import { createJobChanges } from './job-changes';
import type { KeepAlive } from './keep-alive';
import type { ContextSource } from './page-context';
import { withReplacement } from '../connections/suggest-replacement';

export interface JobRunnerOptions {
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  keepAlive: KeepAlive;
  images: ImageSource;
  contexts: ContextSource;
  history: PastJobs & { answerTo: typeof answerTo };
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

export interface JobRequest {
  /** Where something is kept under it already. */
  id?: string;
  tabId: number;
  image: JobImage;
  preset: Preset;
  pageReady: Promise<boolean>;
  /** Waits for a question: nothing is asked, and nothing is sent. */
  waits?: boolean;
  /** Several images, which are kept already. */
  compared?: Job['compared'];
}

/** What changes when a job is asked again. */
interface RetryOptions {
  /** Doubles the room for the answer. */
  longer?: boolean | undefined;
  /** What the person says the image is for. */
  purpose?: Purpose | undefined;
  /** Of which model, in place of the one before. */
  using?: Job['using'];
}

export interface JobRunner extends Recovery {
  /** Starts a job, or gives the one that already asks this of this image. */
  start(request: JobRequest): { job: Job; stored: Promise<void> };
  stop(jobId: string): Promise<void>;
  /** Asks a settled job again. */
  retry(jobId: string, options: RetryOptions): Promise<void>;
  /**
   * Goes on from the words that had arrived, where the model can; else asks again, and keeps them
   * until there are new ones.
   */
  resume(jobId: string): Promise<void>;
  /**
   * Asks a question in a job: the first, where it waits for one, else the next.
   *
   * @throws {AppError} `stillAnswering` while another is being answered; the question is not kept.
   */
  ask(jobId: string, question: string | undefined): Promise<void>;
  /** Asks a job's question another time. Gives the new job, once it is stored. */
  opinion(jobId: string, using: Job['using']): Promise<Job | undefined>;
  /** Keeps the last answer as the person has changed it. */
  edit(jobId: string, text: string | undefined): Promise<void>;
  /** Remembers whether the answer stands in the page as the image's alt text. */
  setAltPut(jobId: string, altPut: boolean): Promise<void>;
  remove(jobId: string): Promise<void>;
  /** Lets the jobs go on that waited for a connection, and names them. */
  resumeWaiting(): Promise<string[]>;
  /** Asks again what found the keys locked. */
  resumeLocked(): Promise<void>;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, feed, connections, keepAlive, images, contexts, history, language } = options;
  const changes = createJobChanges(store, feed);
  const { add, apply } = changes;
  const { onImage } = options;
  const answer = createAnswer({ store, images, language, changes, history, onImage });
  const running = new Map<string, AbortController>();
  const isRunning = (jobId: string) => running.has(jobId);
  const { recover, reopen } = createRecovery({ store, history, changes, isRunning });

  function start(wanted: JobRequest) {
    const { id = crypto.randomUUID(), tabId, image, preset, pageReady, waits, compared } = wanted;
    const twin = !waits && store.list().find((job) => asksTheSame(job, tabId, image, preset));
    if (twin) return { job: twin, stored: Promise.resolve() };
    const job: Job = {
      id,
      createdAt: Date.now(),
      tabId,
      image,
      preset,
      earlier: [],
      maxTokens: preset.maxTokens ?? DEFAULT_MAX_TOKENS,
      state: { status: waits ? 'asking' : 'queued' },
      ...(compared ? { compared } : {}),
    };
    const stored = add(job);
    stored.catch((error: unknown) => fail(job.id, error));
    if (!waits) void run(job, pageReady, false);
    return { job, stored };
  }

  /** @param asked whether it was asked before: then it is about the same image. */
  async function run(job: Job, pageReady: Promise<boolean>, asked: boolean): Promise<void> {
    const controller = new AbortController();
    running.set(job.id, controller);
    const release = keepAlive.hold();
    let open: OpenConnection | undefined;
    try {
      const context = contexts.of(job, pageReady);
      open = await connections.choose(job.using ?? job.preset);
      controller.signal.throwIfAborted();
      if (!open) {
        await apply(job.id, { type: 'connectionMissing' });
        return options.onWaiting();
      }
      const { takesUrls, ...limits } = limitsFor(job.preset, open.connection);
      const imageRequest = {
        image: job.image,
        tabId: job.tabId,
        keepAs: job.opinionOf ?? job.id,
        limits,
        takesUrls,
        pageReady,
        signal: controller.signal,
      };
      // Whatever it waits for: Stop ends that at once, and the worker may sleep.
      await untilAborted(answer({ open, job, imageRequest, context }, asked), controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) {
        await fail(job.id, open ? await withReplacement(error, open) : error);
      }
    } finally {
      release();
      // Stopped and asked again at once, it is another's by now.
      if (running.get(job.id) === controller) running.delete(job.id);
      options.onEnded();
    }
  }

  async function fail(jobId: string, error: unknown): Promise<void> {
    if (errorCode(error) === 'unexpected') console.error(error);
    await apply(jobId, { type: 'failed', failure: failureOf(error) }).catch(console.error);
  }

  function again(job: Job): void {
    const onPage = job.image.kind !== 'file';
    void run(job, onPage ? options.preparePage(job.tabId) : Promise.resolve(false), true);
  }

  async function retry(
    jobId: string,
    { longer = false, purpose, using }: RetryOptions,
  ): Promise<void> {
    const job = store.get(jobId);
    if (!job || !hasEnded(job.state)) return;
    const { edited, withoutImage: _without, goesOn: _goesOn, ...rest } = job;
    const maxTokens = longer ? job.maxTokens * 2 : job.maxTokens;
    // The person's own words stay, as the model's would, until there are new ones.
    const state =
      edited && job.state.status === 'done' ? { ...job.state, text: edited } : job.state;
    const changed = {
      maxTokens,
      state,
      ...(purpose ? { role: purpose } : {}),
      ...(using ? { using } : {}),
    };
    store.hold({ ...rest, ...changed });
    await askAgain(jobId);
  }

  async function resume(jobId: string): Promise<void> {
    const job = store.get(jobId);
    if (!job || partOf(job.state) === '') return;
    store.hold({ ...job, goesOn: true });
    await askAgain(jobId);
  }

  /** Runs at once, stored or not: else a Stop that comes between would find nothing to stop. */
  async function askAgain(jobId: string): Promise<void> {
    const stored = apply(jobId, { type: 'askedAgain' });
    const job = store.get(jobId);
    if (job) again(job);
    await stored;
  }

  async function addAndRun(job: Job): Promise<void> {
    const stored = add(job);
    again(job);
    await stored;
  }

  return {
    start,
    retry,
    resume,
    reopen,
    async stop(jobId) {
      running.get(jobId)?.abort();
      await apply(jobId, { type: 'stopped' });
    },
    async ask(jobId, question) {
      const job = store.get(jobId);
      if (!job) return;
      const next = withQuestion(job, question);
      if (!next) throw new AppError('stillAnswering');
      await addAndRun(next);
    },
    async opinion(jobId, using) {
      const asked = store.get(jobId);
      if (!asked || !hasEnded(asked.state)) return undefined;
      const { edited: _edited, using: _using, goesOn: _goesOn, ...rest } = asked;
      const job: Job = {
        ...rest,
        id: crypto.randomUUID(),
        createdAt: Date.now(),
        opinionOf: asked.opinionOf ?? asked.id,
        state: { status: 'queued' },
        ...(using ? { using } : {}),
      };
      await addAndRun(job);
      return job;
    },
    async edit(jobId, text) {
      const job = store.get(jobId);
      if (!job) return;
      const { edited: _edited, ...rest } = job;
      await add(text === undefined ? rest : { ...rest, edited: text });
    },
    async setAltPut(jobId, altPut) {
      const job = store.get(jobId);
      if (job) await add({ ...job, altPut });
    },
    async remove(jobId) {
      running.get(jobId)?.abort();
      const job = store.get(jobId);
      await store.remove(jobId);
      if (job) feed.removed(job);
      options.onEnded();
    },
    async resumeWaiting() {
      await store.ready;
      const waiting = store.list().filter(({ state }) => state.status === 'waiting');
      waiting.forEach(again);
      return waiting.map(({ id }) => id);
    },
    async resumeLocked() {
      await store.ready;
      for (const { id, state, goesOn } of store.list()) {
        if (state.status !== 'failed' || state.failure.code !== 'keysLocked') continue;
        await (goesOn && partOf(state) !== '' ? resume(id) : retry(id, {}));
      }
    },
    recover,
  };
}

function asksTheSame(job: Job, tabId: number, image: JobImage, preset: Preset): boolean {
  return (
    !isSettled(job.state) &&
    job.question === undefined &&
    job.opinionOf === undefined &&
    job.tabId === tabId &&
    image.kind !== 'file' &&
    job.image.kind === image.kind &&
    job.image.pictureId === image.pictureId &&
    job.image.srcUrl === image.srcUrl &&
    job.image.frameId === image.frameId &&
    job.image.pageUrl === image.pageUrl &&
    job.preset.id === preset.id &&
    job.preset.prompt === preset.prompt
  );
}
