/** One answer: gets the image, asks the model about it, and takes the words as they come. */
import pLimit from 'p-limit';
import { errorCode, failureOf } from '../../../utils/core/errors';
import type { answerTo } from '../../../utils/browser/history/history';
import type { ImageFile } from '../../../utils/core/image/open';
import { goesByAddress } from '../../../utils/core/jobs/content-key';
import { resumeAnswer, type ResumedText } from '../../../utils/core/jobs/resume';
import { hasWords, textOf, type Job, type JobEvent } from '../../../utils/core/jobs/job';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { PageContext } from '../../../utils/core/prompts/page-context';
import { supportsResume } from '../../../utils/core/vision/catalog';
import { hostOf, kindOf } from '../../../utils/core/vision/connection';
import { priceOf } from '../../../utils/core/vision/cost';
import {
  notGone,
  type AcquiredImage,
  type ImageSource,
  type ImageRequest,
} from '../images/acquire-image';
import type { OpenConnection } from '../connections/connection-source';
import type { JobChanges } from './job-changes';
import { requestFor } from './job-request';
import { createAnswerCache } from './answer-cache';
import { MAX_ATTEMPTS, retryDelay, wait } from './retry-policy';

interface Dependencies {
  store: Pick<JobStore, 'get' | 'put'>;
  /** What was answered before. */
  history: { answerTo: typeof answerTo };
  images: ImageSource;
  changes: JobChanges;
  /** Of the person's browser, as a BCP 47 tag. */
  language: () => string;
  onImage: (jobId: string, file: ImageFile) => void;
}

/** The images of a request, and what is worth saying of them. */
interface SentImages {
  urls: readonly (string | undefined)[];
  sent: AcquiredImage['sent'];
  /** For a thumbnail. */
  file?: ImageFile | undefined;
}

const LEFT_OUT: SentImages = { urls: [undefined], sent: { route: 'given', withoutImage: true } };

/** A job in the course of being answered. */
export interface Question {
  open: OpenConnection;
  job: Job;
  imageRequest: ImageRequest;
  context: Promise<PageContext | undefined>;
}

/** One of the tries at an answer. */
interface Attempt {
  /** What had arrived before, where the model goes on from there. */
  part: string | undefined;
  /** Whether an answer to the very same may stand for this one. */
  mayReuse: boolean;
  /** Called with the first word. */
  onWords: () => void;
}

/** No answer is that long that was asked for by us: the server does not keep to the limit it was given. */
export const MAX_ANSWER_LENGTH = 200_000;

/** So many ask at once; the others wait. Browsers let six through to a host by HTTP/1.1. */
const AT_ONCE = 6;

/**
 * Gives what answers a job: it tries until there is an answer, or a failure that another try would
 * not mend. `asked`: whether it was asked before, and so is about the same image.
 */
export function createAnswer({ store, images, changes, history, language, onImage }: Dependencies) {
  const { apply, addWords, hold } = changes;
  const known = createAnswerCache({ store, history, images, changes });
  const turn = pLimit(AT_ONCE);

  async function answer(question: Question, asked: boolean): Promise<void> {
    const { job, imageRequest, open } = question;
    let resumes =
      job.goesOn === true && supportsResume(kindOf(open.connection), open.connection.model);
    let spoke = false;
    const onWords = () => {
      spoke = true;
    };
    for (let attempt = 1; ; attempt += 1) {
      const part = (resumes && partOfAnswer(job)) || undefined;
      try {
        applySoon(job.id, { type: 'started', at: Date.now(), ...(part ? { text: part } : {}) });
        const mayReuse = !asked && attempt === 1;
        return await answerOnce(question, asked || attempt > 1, { part, mayReuse, onWords });
      } catch (error) {
        imageRequest.signal.throwIfAborted();
        const failure = failureOf(error);
        if (part && !spoke && (failure.status === 400 || failure.status === 422)) {
          // This model does not go on; then it begins anew. That is no try that failed.
          resumes = false;
          attempt -= 1;
          continue;
        }
        const delay = retryDelay(failure, attempt);
        // Words that have arrived are worth more than another try that would drop them.
        if (delay === undefined || spoke) throw error;
        const plan = { failure, attempt: attempt + 1, attempts: MAX_ATTEMPTS };
        await apply(job.id, { type: 'retryPlanned', ...plan, until: Date.now() + delay });
        await wait(delay, imageRequest.signal);
      }
    }
  }

  async function answerOnce(question: Question, asked: boolean, attempt: Attempt): Promise<void> {
    const { imageRequest } = question;
    const found = await imagesFor(question, asked);
    try {
      await ask(question, found, attempt);
    } catch (error) {
      const isByUrl = found.sent.route === 'url';
      if (!isByUrl || errorCode(error) !== 'imageNotDownloadable') throw error;
      imageRequest.signal.throwIfAborted();
      // What the server cannot download, we send.
      await ask(
        question,
        alone(await images.acquire({ ...imageRequest, takesUrls: false })),
        attempt,
      );
    }
  }

  async function imagesFor({ job, imageRequest }: Question, asked: boolean): Promise<SentImages> {
    if (job.withoutImage) return LEFT_OUT;
    if (job.compared) return await comparedImages(job.compared, imageRequest);
    const before = asked ? await images.asBefore(imageRequest) : undefined;
    return alone(before ?? (await images.acquire(imageRequest)));
  }

  async function comparedImages(
    compared: NonNullable<Job['compared']>,
    imageRequest: ImageRequest,
  ): Promise<SentImages> {
    const all = await Promise.all(
      compared.map(async ({ id }) =>
        notGone(await images.asBefore({ ...imageRequest, keepAs: id })),
      ),
    );
    const byteLength = all.reduce((sum, { sent }) => sum + (sent.byteLength ?? 0), 0);
    const sent = { route: 'given' as const, count: all.length, byteLength };
    return { urls: all.map(({ url }) => url), sent };
  }

  async function ask(question: Question, sentImages: SentImages, attempt: Attempt): Promise<void> {
    const { open, job, imageRequest, context } = question;
    const { connection, provider } = open;
    const { urls, sent, file } = sentImages;
    const { model } = connection;
    const now = withContext(job, await context);
    const asked = { images: urls, model, browserLanguage: language(), resumeFrom: attempt.part };
    const { request, texts } = requestFor(now, asked);
    const reused = await known.answer(question, request, attempt.mayReuse);
    // Once nothing more urgent is left to do.
    const onFirst = () => {
      if (file !== undefined) onImage(job.id, file);
    };
    if (reused) return onFirst();
    const said = Object.keys(texts).length > 0 ? { texts } : {};
    const inputPrice = priceOf(connection, model)?.input;
    const price = inputPrice === undefined ? {} : { inputPrice };
    if (turn.activeCount >= AT_ONCE) applySoon(job.id, { type: 'waiting' });
    await turn(async () => {
      imageRequest.signal.throwIfAborted();
      applySoon(job.id, {
        type: 'sending',
        sent: { ...sent, ...said, ...price, host: hostOf(connection), model },
      });
      const events = provider.describe(request, imageRequest.signal);
      await hear(job.id, attempt.part ? resumeAnswer(attempt.part, events) : events, {
        attempt,
        model,
        onFirst,
      });
    });
    if (goesByAddress(request)) known.note(job.id, imageRequest);
  }

  async function hear(
    jobId: string,
    events: AsyncIterable<ResumedText>,
    { attempt, model, onFirst }: { attempt: Attempt; model: string; onFirst: () => void },
  ): Promise<void> {
    let isFirst = true;
    let length = attempt.part?.length ?? 0;
    for await (const event of events) {
      if (isFirst) onFirst();
      isFirst = false;
      if (event.type === 'anew') {
        length = 0;
        await apply(jobId, { type: 'started', at: Date.now() });
      } else if (event.type === 'end') {
        return await apply(jobId, { ...event, type: 'finished', at: Date.now() });
      } else {
        if (hasWords(event.text)) attempt.onWords();
        addWords(jobId, event.text.slice(0, Math.max(0, MAX_ANSWER_LENGTH - length)));
        length += event.text.length;
        if (length < MAX_ANSWER_LENGTH) continue;
        return await apply(jobId, { type: 'finished', at: Date.now(), model, cut: true });
      }
    }
  }

  /** Keeps what the page said with the job, to be shown and to be asked with again. */
  function withContext(job: Job, context: PageContext | undefined): Job {
    return hold(job.id, context ? { context } : {}) ?? job;
  }

  /** For changes on the way, which nothing waits for: the request must not. */
  function applySoon(jobId: string, event: JobEvent): void {
    apply(jobId, event).catch((error: unknown) => console.error(error));
  }

  function partOfAnswer({ id }: Job): string {
    const job = store.get(id);
    // Servers refuse a last message that ends in a space (Anthropic), or go on badly from it.
    return job ? textOf(job.state).trimEnd() : '';
  }

  return answer;
}

function alone({ url, sent, file }: AcquiredImage): SentImages {
  return { urls: [url], sent, file };
}
