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
import { withQuestion } from '../../utils/jobs/conversation';
import type { JobFeed } from '../../utils/messaging/job-feed-server';
import type { PageContext } from '../../utils/prompts/page-context';
import type { Preset } from '../../utils/prompts/preset';
import type { Role } from '../../utils/prompts/purpose';
import { imageRuleFor } from '../../utils/vision/image-rules';
import { DEFAULT_MAX_TOKENS } from '../../utils/vision/catalog';
import { hostOf, kindOf, type Connection } from '../../utils/vision/connection';
import type { AcquiredImage, ImageSource, Wish } from './acquire-image';
import type { ConnectionSource, OpenConnection } from './connection-source';
import { createJobChanges } from './job-changes';
import { requestFor } from './job-request';
import type { KeepAlive } from './keep-alive';
import type { ContextSource } from './page-context';
import { MAX_ATTEMPTS, retryDelay } from './retry-policy';

export interface JobRunnerOptions {
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  keepAlive: KeepAlive;
  images: ImageSource;
  contexts: ContextSource;
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
  /** Waits for a question: nothing is asked, and nothing is sent. */
  waits?: boolean;
  /** Several pictures, which are kept already. */
  compared?: Job['compared'];
}

/** What changes when a job is asked again. */
interface Again {
  /** Doubles the room for the answer. */
  longer?: boolean | undefined;
  /** What the person says the image is for. */
  role?: Role | undefined;
}

export interface JobRunner {
  /** Starts a job, or gives the one that already asks this of this image. */
  start(request: JobRequest): { job: Job; stored: Promise<void> };
  stop(jobId: string): Promise<void>;
  /** Asks a settled job again. */
  retry(jobId: string, again: Again): Promise<void>;
  /** Asks a question in a job: the first, where it waits for one, else the next. */
  ask(jobId: string, question: string): Promise<void>;
  /** Asks a job's question another time. Gives the new job, once it is stored. */
  opinion(jobId: string, using: Job['using']): Promise<Job | undefined>;
  /** Keeps the last answer as the person has changed it. */
  edit(jobId: string, text: string | undefined): Promise<void>;
  remove(jobId: string): Promise<void>;
  /** Lets the jobs go on that waited for a connection, and names them. */
  resumeWaiting(): Promise<string[]>;
  /** Marks what an earlier worker left unfinished as interrupted, with the words it had. */
  recover(): Promise<void>;
}

/** The images of a request, and what is worth saying of them. */
interface SentImages {
  urls: readonly (string | undefined)[];
  sent: AcquiredImage['sent'];
  /** For a thumbnail. */
  bytes?: Blob | undefined;
}

const LEFT_OUT: SentImages = { urls: [undefined], sent: { route: 'given', withoutImage: true } };

/** A job in the course of being answered. */
interface Question {
  open: OpenConnection;
  job: Job;
  wish: Wish;
  /** Whether the server may be given an address. */
  takesUrls: boolean;
  context: Promise<PageContext | undefined>;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, feed, connections, keepAlive, images, contexts, language } = options;
  const { add, apply, addWords } = createJobChanges(store, feed);
  const running = new Map<string, AbortController>();

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

  /** @param asked whether it was asked before: then it is about the same picture. */
  async function run(job: Job, pageReady: Promise<boolean>, asked: boolean): Promise<void> {
    const controller = new AbortController();
    running.set(job.id, controller);
    const release = keepAlive.hold();
    try {
      const context = contexts.of(job, pageReady);
      const open = await connections.choose(job.using ?? job.preset);
      controller.signal.throwIfAborted();
      if (!open) {
        await apply(job.id, { type: 'connectionMissing' });
        return options.onWaiting();
      }
      const { takesUrls, ...limits } = limitsFor(job.preset, open.connection);
      const wish = {
        image: job.image,
        tabId: job.tabId,
        keepAs: job.opinionOf ?? job.id,
        limits,
        pageReady,
        signal: controller.signal,
      };
      await answer({ open, job, wish, takesUrls, context }, asked);
    } catch (error) {
      if (!controller.signal.aborted) await fail(job.id, error);
    } finally {
      release();
      running.delete(job.id);
    }
  }

  /** Tries until there is an answer, or a failure that another try would not mend. */
  async function answer(question: Question, asked: boolean): Promise<void> {
    const { job, wish } = question;
    for (let attempt = 1; ; attempt += 1) {
      try {
        applySoon(job.id, { type: 'started', at: Date.now() });
        if (job.withoutImage) return await ask(question, LEFT_OUT);
        if (job.compared) return await ask(question, await comparedImages(job.compared, wish));
        const before = asked || attempt > 1 ? await images.asBefore(wish) : undefined;
        if (before) return await ask(question, alone(before));
        return await answerByAnyRoute(question);
      } catch (error) {
        wish.signal.throwIfAborted();
        const failure = failureOf(error);
        const delay = retryDelay(failure, attempt);
        // Words that have arrived are worth more than another try that would drop them.
        if (delay === undefined || hasWords(job.id)) throw error;
        const plan = { failure, attempt: attempt + 1, attempts: MAX_ATTEMPTS };
        await apply(job.id, { type: 'retryPlanned', ...plan, until: Date.now() + delay });
        await wait(delay, wish.signal);
      }
    }
  }

  async function answerByAnyRoute(question: Question): Promise<void> {
    const { job, wish } = question;
    let lastError: unknown = new AppError('imageUnreadable');
    for (const route of routesFor(job.image, question)) {
      try {
        return await ask(question, alone(await images.byRoute(route, wish)));
      } catch (error) {
        wish.signal.throwIfAborted();
        if (!anotherRouteMayServe(error, route)) throw error;
        lastError = error;
      }
    }
    throw lastError;
  }

  async function comparedImages(
    compared: NonNullable<Job['compared']>,
    wish: Wish,
  ): Promise<SentImages> {
    const all = await Promise.all(
      compared.map(({ id }) => images.byRoute('given', { ...wish, keepAs: id })),
    );
    const byteLength = all.reduce((sum, { sent }) => sum + (sent.byteLength ?? 0), 0);
    const sent = { route: 'given' as const, count: all.length, byteLength };
    return { urls: all.map(({ url }) => url), sent };
  }

  async function ask(
    { open: { connection, provider }, job, wish, context }: Question,
    { urls, sent, bytes }: SentImages,
  ): Promise<void> {
    const { model } = connection;
    const now = withContext(job, await context);
    const { request, texts } = requestFor(now, {
      images: urls,
      context: now.context,
      model,
      browserLanguage: language(),
    });
    const said = Object.keys(texts).length > 0 ? { texts } : {};
    applySoon(job.id, {
      type: 'sending',
      sent: { ...sent, ...said, host: hostOf(connection), model },
    });
    let left = bytes;
    for await (const event of provider.describe(request, wish.signal)) {
      // Once nothing more urgent is left to do.
      if (left) options.onBytes(job.id, left);
      left = undefined;
      if (event.type === 'words') addWords(job.id, event.text);
      else await apply(job.id, { ...event, type: 'finished', at: Date.now() });
    }
  }

  /** Keeps what the page said with the job, to be shown and to be asked with again. */
  function withContext(job: Job, context: PageContext | undefined): Job {
    const now = store.get(job.id) ?? job;
    const next = context ? { ...now, context } : now;
    store.hold(next);
    return next;
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
    async retry(jobId, { longer = false, role }) {
      const job = store.get(jobId);
      if (!job || !isSettled(job.state) || job.state.status === 'asking') return;
      const { edited: _edited, withoutImage: _without, ...rest } = job;
      const maxTokens = longer ? job.maxTokens * 2 : job.maxTokens;
      store.hold({ ...rest, maxTokens, ...(role ? { role } : {}) });
      await apply(jobId, { type: 'askedAgain' });
      again(store.get(jobId) ?? job);
    },
    async ask(jobId, question) {
      const job = store.get(jobId);
      const next = job && withQuestion(job, question);
      if (!next) return;
      await add(next);
      again(next);
    },
    async opinion(jobId, using) {
      const asked = store.get(jobId);
      if (!asked || !isSettled(asked.state) || asked.state.status === 'asking') return undefined;
      const { edited: _edited, using: _using, ...rest } = asked;
      const job: Job = {
        ...rest,
        id: crypto.randomUUID(),
        createdAt: Date.now(),
        opinionOf: asked.opinionOf ?? asked.id,
        state: { status: 'queued' },
        ...(using ? { using } : {}),
      };
      await add(job);
      again(job);
      return job;
    },
    async edit(jobId, text) {
      const job = store.get(jobId);
      if (!job) return;
      const { edited: _edited, ...rest } = job;
      await add(text === undefined ? rest : { ...rest, edited: text });
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

function alone({ url, sent, bytes }: AcquiredImage): SentImages {
  return { urls: [url], sent, bytes };
}

/** The longest side of a picture that need not be looked at closely, in pixels: what OpenAI calls `low`. */
const LOW_DETAIL_SIDE = 512;

/** What the server takes, and what the preset makes of it. */
function limitsFor({ detail }: Preset, connection: Connection) {
  const kind = kindOf(connection);
  if (detail !== 'low') return { ...kind, rule: imageRuleFor(connection.model) };
  // Where the server cannot be told to look less closely, it gets a smaller picture.
  const takesUrls = kind.takesUrls && kind.imageDetail !== undefined;
  return { ...kind, takesUrls, rule: { kind: 'unknown' as const, maxSide: LOW_DETAIL_SIDE } };
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
