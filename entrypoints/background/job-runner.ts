/** Runs jobs: one question about one image, from the click to the stored answer. */
import { AppError, errorCode } from '../../utils/errors';
import {
  isSettled,
  textOf,
  type Failure,
  type Job,
  type JobEvent,
  type Route,
} from '../../utils/jobs/job';
import type { JobImage } from '../../utils/jobs/job-image';
import type { JobStore } from '../../utils/jobs/job-store';
import { routesFor } from '../../utils/jobs/routes';
import type { JobFeed } from '../../utils/messaging/job-feed-server';
import { instructionsFor } from '../../utils/prompts/instructions';
import type { Preset } from '../../utils/prompts/preset';
import { imageRuleFor } from '../../utils/vision/image-rules';
import { DEFAULT_MAX_TOKENS } from '../../utils/vision/catalog';
import { hostOf, kindOf } from '../../utils/vision/connection';
import type { AcquiredImage, ImageSource, Wish } from './acquire-image';
import type { ConnectionSource, OpenConnection } from './connection-source';
import { createJobChanges } from './job-changes';
import type { KeepAlive } from './keep-alive';
import { MAX_ATTEMPTS, retryDelay } from './retry-policy';

export interface JobRunnerOptions {
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  keepAlive: KeepAlive;
  images: ImageSource;
  /** Makes sure that the job's tab can read images; false where it cannot. */
  preparePage: (tabId: number) => Promise<boolean>;
  /** The language to answer in, as a BCP 47 tag. */
  language: () => string;
  /** Called for a job that has to wait until the person has connected a model. */
  onWaiting: () => void;
  /** Called with the bytes of a job's image, once nothing more urgent is left to do. */
  onBytes: (jobId: string, bytes: Blob) => void;
}

export interface JobRequest {
  /** Where something is kept under it already. */
  id?: string;
  tabId: number;
  image: JobImage;
  preset: Preset;
  pageReady: Promise<boolean>;
}

export interface JobRunner {
  /** Starts a job, or gives the one that already asks this of this image. */
  start(request: JobRequest): { job: Job; stored: Promise<void> };
  stop(jobId: string): Promise<void>;
  /** Asks a settled job again. `longer` doubles the room for the answer. */
  retry(jobId: string, longer: boolean): Promise<void>;
  remove(jobId: string): Promise<void>;
  /** Lets the jobs go on that waited for a connection, and names them. */
  resumeWaiting(): Promise<string[]>;
  /** Marks what an earlier worker left unfinished as interrupted, with the words it had. */
  recover(): Promise<void>;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, feed, connections, keepAlive, images, language } = options;
  const { add, apply, addWords } = createJobChanges(store, feed);
  const running = new Map<string, AbortController>();

  function start({ id = crypto.randomUUID(), tabId, image, preset, pageReady }: JobRequest) {
    const twin = store.list().find((job) => asksTheSame(job, tabId, image, preset));
    if (twin) return { job: twin, stored: Promise.resolve() };
    const job: Job = {
      id,
      createdAt: Date.now(),
      tabId,
      image,
      preset,
      maxTokens: DEFAULT_MAX_TOKENS,
      state: { status: 'queued' },
    };
    const stored = add(job);
    stored.catch((error: unknown) => fail(job.id, error));
    void run(job, pageReady, false);
    return { job, stored };
  }

  /** @param asked whether it was asked before: then it is about the same picture. */
  async function run(job: Job, pageReady: Promise<boolean>, asked: boolean): Promise<void> {
    const controller = new AbortController();
    running.set(job.id, controller);
    const release = keepAlive.hold();
    try {
      const open = await connections.current();
      controller.signal.throwIfAborted();
      if (!open) {
        await apply(job.id, { type: 'connectionMissing' });
        return options.onWaiting();
      }
      const limits = { ...kindOf(open.connection), rule: imageRuleFor(open.connection.model) };
      const wish = { job, limits, pageReady, signal: controller.signal };
      await answer(open, wish, asked);
    } catch (error) {
      if (!controller.signal.aborted) await fail(job.id, error);
    } finally {
      release();
      running.delete(job.id);
    }
  }

  /** Tries until there is an answer, or a failure that another try would not mend. */
  async function answer(open: OpenConnection, wish: Wish, asked: boolean): Promise<void> {
    const { job, signal } = wish;
    for (let attempt = 1; ; attempt += 1) {
      try {
        applySoon(job.id, { type: 'started', at: Date.now() });
        const before = asked || attempt > 1 ? await images.asBefore(wish) : undefined;
        if (before) return await ask(open, wish, before);
        return await answerByAnyRoute(open, wish);
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error);
        const delay = retryDelay(failure, attempt);
        // Words that have arrived are worth more than another try that would drop them.
        if (delay === undefined || hasWords(job.id)) throw error;
        const plan = { failure, attempt: attempt + 1, attempts: MAX_ATTEMPTS };
        await apply(job.id, { type: 'retryPlanned', ...plan, until: Date.now() + delay });
        await wait(delay, signal);
      }
    }
  }

  async function answerByAnyRoute(open: OpenConnection, wish: Wish): Promise<void> {
    let lastError: unknown = new AppError('imageUnreadable');
    for (const route of routesFor(wish.job.image, kindOf(open.connection))) {
      try {
        return await ask(open, wish, await images.byRoute(route, wish));
      } catch (error) {
        wish.signal.throwIfAborted();
        if (!anotherRouteMayServe(error, route)) throw error;
        lastError = error;
      }
    }
    throw lastError;
  }

  async function ask(
    { connection, provider }: OpenConnection,
    { job, signal }: Wish,
    image: AcquiredImage,
  ): Promise<void> {
    const { model } = connection;
    const sent = { ...image.sent, host: hostOf(connection), model };
    applySoon(job.id, { type: 'sending', sent });
    const request = {
      model,
      instructions: instructionsFor(language()),
      prompt: job.preset.prompt,
      images: [{ url: image.url }],
      maxTokens: job.maxTokens,
    };
    const events = provider.describe(request, signal);
    for await (const event of events) {
      if (image.bytes) options.onBytes(job.id, image.bytes);
      delete image.bytes;
      if (event.type === 'words') addWords(job.id, event.text);
      else await apply(job.id, { ...event, type: 'finished', at: Date.now() });
    }
  }

  async function fail(jobId: string, error: unknown): Promise<void> {
    if (errorCode(error) === 'unexpected') console.error(error);
    await apply(jobId, { type: 'failed', failure: failureOf(error) }).catch(console.error);
  }

  /** For changes on the way, which nothing waits for: the request must not. */
  function applySoon(jobId: string, event: JobEvent): void {
    apply(jobId, event).catch((error: unknown) => console.error(error));
  }

  function hasWords(jobId: string): boolean {
    const job = store.get(jobId);
    return job !== undefined && textOf(job.state) !== '';
  }

  function again(job: Job): void {
    const onPage = job.image.kind !== 'file';
    void run(job, onPage ? options.preparePage(job.tabId) : Promise.resolve(false), true);
  }

  return {
    start,
    async stop(jobId) {
      running.get(jobId)?.abort();
      await apply(jobId, { type: 'stopped' });
    },
    async retry(jobId, longer) {
      const job = store.get(jobId);
      if (!job || !isSettled(job.state)) return;
      const maxTokens = longer ? job.maxTokens * 2 : job.maxTokens;
      store.hold({ ...job, maxTokens });
      await apply(jobId, { type: 'askedAgain' });
      again(store.get(jobId) ?? job);
    },
    async remove(jobId) {
      running.get(jobId)?.abort();
      const job = store.get(jobId);
      await store.remove(jobId);
      if (job) feed.removed(job);
    },
    async resumeWaiting() {
      await store.ready;
      const waiting = store.list().filter(({ state }) => state.status === 'waiting');
      waiting.forEach(again);
      return waiting.map(({ id }) => id);
    },
    async recover() {
      await store.ready;
      const failure: Failure = { code: 'interrupted' };
      for (const { id, state } of store.list()) {
        const left = !isSettled(state) && state.status !== 'waiting' && !running.has(id);
        if (left) await apply(id, { type: 'failed', failure });
      }
    },
  };
}

function asksTheSame(job: Job, tabId: number, image: JobImage, preset: Preset): boolean {
  return (
    !isSettled(job.state) &&
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

/** The next route is for what this one could not fetch, never for what the model has refused. */
function anotherRouteMayServe(error: unknown, route: Route): boolean {
  const code = errorCode(error);
  if (code === 'imageUnreadable') return true;
  // What a server sends without the page's referrer may be anything at all.
  if (code === 'imageBroken') return route === 'background';
  return route === 'url' && code === 'imageNotDownloadable';
}

function failureOf(error: unknown): Failure {
  return error instanceof AppError ? { code: error.code, ...error.facts } : { code: 'unexpected' };
}

/** @throws the signal's reason when it is aborted first. */
async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
  signal.throwIfAborted();
}
