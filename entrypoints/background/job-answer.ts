/** One answer: the image by the first way that serves, the request, and the words as they come. */
import { AppError, errorCode } from '../../utils/errors';
import { textOf, type Failure, type Job, type JobEvent, type Route } from '../../utils/jobs/job';
import type { JobStore } from '../../utils/jobs/job-store';
import { byFirstRoute, routesFor } from '../../utils/jobs/routes';
import type { PageContext } from '../../utils/prompts/page-context';
import { hostOf } from '../../utils/vision/connection';
import { priceOf } from '../../utils/vision/cost';
import type { AcquiredImage, ImageSource, Wish } from './acquire-image';
import type { OpenConnection } from './connection-source';
import type { JobChanges } from './job-changes';
import { requestFor } from './job-request';
import { MAX_ATTEMPTS, retryDelay, wait } from './retry-policy';

interface Parts {
  store: JobStore;
  images: ImageSource;
  changes: JobChanges;
  /** Of the person's browser, as a BCP 47 tag. */
  language: () => string;
  onBytes: (jobId: string, bytes: Blob) => void;
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
export interface Question {
  open: OpenConnection;
  job: Job;
  wish: Wish;
  /** Whether the server may be given an address. */
  takesUrls: boolean;
  context: Promise<PageContext | undefined>;
}

/**
 * Gives what answers a job: it tries until there is an answer, or a failure that another try would
 * not mend. `asked`: whether it was asked before, and so is about the same picture.
 */
export function createAnswer({ store, images, changes, language, onBytes }: Parts) {
  const { apply, addWords } = changes;

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
    await byFirstRoute(
      routesFor(job.image, question),
      async (route) => await ask(question, alone(await images.byRoute(route, wish))),
      (error, route) => {
        wish.signal.throwIfAborted();
        return anotherRouteMayServe(error, route);
      },
    );
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
      model,
      browserLanguage: language(),
    });
    const said = Object.keys(texts).length > 0 ? { texts } : {};
    const inputPrice = priceOf(connection, model)?.input;
    const price = inputPrice === undefined ? {} : { inputPrice };
    applySoon(job.id, {
      type: 'sending',
      sent: { ...sent, ...said, ...price, host: hostOf(connection), model },
    });
    let left = bytes;
    for await (const event of provider.describe(request, wish.signal)) {
      // Once nothing more urgent is left to do.
      if (left) onBytes(job.id, left);
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

  /** For changes on the way, which nothing waits for: the request must not. */
  function applySoon(jobId: string, event: JobEvent): void {
    apply(jobId, event).catch((error: unknown) => console.error(error));
  }

  function hasWords(jobId: string): boolean {
    const job = store.get(jobId);
    return job !== undefined && textOf(job.state) !== '';
  }

  return answer;
}

function alone({ url, sent, bytes }: AcquiredImage): SentImages {
  return { urls: [url], sent, bytes };
}

/** The next route is for what this one could not fetch, never for what the model has refused. */
function anotherRouteMayServe(error: unknown, route: Route): boolean {
  const code = errorCode(error);
  if (code === 'imageUnreadable') return true;
  // What a server sends without the page's referrer may be anything at all.
  if (code === 'imageBroken') return route === 'background';
  return route === 'url' && code === 'imageNotDownloadable';
}

/** A failure as a job keeps it. */
export function failureOf(error: unknown): Failure {
  return error instanceof AppError ? { code: error.code, ...error.facts } : { code: 'unexpected' };
}
