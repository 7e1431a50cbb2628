/** One answer: gets the image, asks the model about it, and takes the words as they come. */
import pLimit from 'p-limit';
import { errorCode, failureOf } from '../../../utils/core/errors';
import type { answerTo } from '../../../utils/browser/history/history';
import type { ImageFile } from '../../../utils/core/image/open';
import { goesByAddress } from '../../../utils/core/jobs/content-key';
import { resumeAnswer, type ResumedText } from '../../../utils/core/jobs/resume';
import { hasWords, textOf, type AnswerEvent } from '../../../utils/core/jobs/answer-state';
import type { Job } from '../../../utils/core/jobs/job';
import { findAnswer } from '../../../utils/core/jobs/turns';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { PageContext } from '../../../utils/core/prompts/page-context';
import { supportsResume } from '../../../utils/core/vision/provider-kind';
import { hostOf } from '../../../utils/core/vision/connection';
import { kindOf } from '../../../utils/core/vision/connection-kind';
import { priceOf } from '../../../utils/core/vision/cost';
import {
  notGone,
  type AcquiredImage,
  type ImageSource,
  type ImageRequest,
} from '../images/acquire-image';
import type { JobChanges } from './job-changes';
import { limitsFor } from '../images/image-limits';
import type { Question } from './question';
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

const LEFT_OUT: SentImages = { urls: [undefined], sent: { route: 'upload', withoutImage: true } };

/** What an answer is asked with, before anything is known of its image. */
export interface Asking extends Omit<Question, 'imageRequest'> {
  /** Resolves when the tab has our content script; false where it cannot have it. */
  pageReady: Promise<boolean>;
  signal: AbortSignal;
}

/**
 * Gets an answer: tries until there is one, or a failure that another attempt would not mend.
 *
 * @param asked whether it was asked before, and so is about the same image.
 * @throws {AppError} the failure.
 */
export type GetAnswer = (asking: Asking, asked: boolean) => Promise<void>;

/** One attempt at an answer. */
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

export function createAnswer({
  store,
  images,
  changes,
  history,
  language,
  onImage,
}: Dependencies): GetAnswer {
  const known = createAnswerCache({ store, history, images, changes, onImage });
  const slots = pLimit(AT_ONCE);

  async function getAnswer(asking: Asking, asked: boolean): Promise<void> {
    const question = questionOf(asking);
    const { answer, imageRequest, open } = question;
    const { applySoon, apply } = changesTo(question);
    let resumes =
      answer.resumes === true && supportsResume(kindOf(open.connection), open.connection.model);
    let spoke = false;
    const onWords = () => {
      spoke = true;
    };
    for (let attempt = 1; ; attempt += 1) {
      const part = (resumes && partOfAnswer(question)) || undefined;
      try {
        applySoon({ type: 'started', at: Date.now(), ...(part ? { text: part } : {}) });
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
        await apply({ type: 'retryPlanned', ...plan, until: Date.now() + delay });
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

  async function imagesFor(
    { job, answer, imageRequest }: Question,
    asked: boolean,
  ): Promise<SentImages> {
    if (answer.withoutImage) return LEFT_OUT;
    if (job.images) return await comparedImages(job.images, imageRequest);
    const before = asked ? await images.asBefore(imageRequest) : undefined;
    return alone(before ?? (await images.acquire(imageRequest)));
  }

  async function comparedImages(
    compared: NonNullable<Job['images']>,
    imageRequest: ImageRequest,
  ): Promise<SentImages> {
    const all = await Promise.all(
      compared.map(async ({ id }) =>
        notGone(await images.asBefore({ ...imageRequest, keepAs: id })),
      ),
    );
    const byteLength = all.reduce((sum, { sent }) => sum + (sent.byteLength ?? 0), 0);
    const sent = { route: 'upload' as const, count: all.length, byteLength };
    return { urls: all.map(({ url }) => url), sent };
  }

  async function ask(question: Question, sentImages: SentImages, attempt: Attempt): Promise<void> {
    const { open, job, answer, imageRequest, context } = question;
    const { apply, applySoon } = changesTo(question);
    const { connection, provider } = open;
    const { urls, sent, file } = sentImages;
    const { model } = connection;
    const now = withContext(job, await context);
    const asked = { images: urls, model, browserLanguage: language(), resumeFrom: attempt.part };
    const { request, texts } = requestFor(now, answer.id, asked);
    const reused = await known.answer(question, request, attempt.mayReuse);
    // Once nothing more urgent is left to do.
    const onFirst = () => {
      if (file !== undefined) onImage(job.id, file);
    };
    if (reused) return onFirst();
    const said = Object.keys(texts).length > 0 ? { texts } : {};
    const inputPrice = priceOf(connection, model)?.input;
    const price = inputPrice === undefined ? {} : { inputPrice };
    if (slots.activeCount >= AT_ONCE) applySoon({ type: 'waiting' });
    const end = await slots(async () => {
      imageRequest.signal.throwIfAborted();
      applySoon({
        type: 'sending',
        sent: { ...sent, ...said, ...price, host: hostOf(connection), model },
      });
      const events = provider.describe(request, imageRequest.signal);
      const text = attempt.part ? resumeAnswer(attempt.part, events) : events;
      return await hear(question, text, { attempt, model, onFirst });
    });
    // Not while a slot is held: it waits for the disk.
    if (end) await apply(end);
    if (goesByAddress(request)) known.note(question);
  }

  /** Takes the words as they come, and gives how they end. */
  async function hear(
    question: Question,
    events: AsyncIterable<ResumedText>,
    { attempt, model, onFirst }: { attempt: Attempt; model: string; onFirst: () => void },
  ): Promise<AnswerEvent | undefined> {
    const { job, answer } = question;
    const { apply } = changesTo(question);
    let isFirst = true;
    let length = attempt.part?.length ?? 0;
    for await (const event of events) {
      if (isFirst) onFirst();
      isFirst = false;
      if (event.type === 'anew') {
        length = 0;
        await apply({ type: 'started', at: Date.now() });
      } else if (event.type === 'end') {
        return { ...event, type: 'finished', at: Date.now() };
      } else {
        if (hasWords(event.text)) attempt.onWords();
        changes.addWords(
          job.id,
          answer.id,
          event.text.slice(0, Math.max(0, MAX_ANSWER_LENGTH - length)),
        );
        length += event.text.length;
        if (length < MAX_ANSWER_LENGTH) continue;
        return { type: 'finished', at: Date.now(), model, cut: true };
      }
    }
    return undefined;
  }

  /** Keeps what the page said with the job, to be shown and to be asked with again. */
  function withContext(job: Job, context: PageContext | undefined): Job {
    if (!context) return store.get(job.id) ?? job;
    return changes.hold(job.id, { type: 'contextFound', pageContext: context }) ?? job;
  }

  /** How the answer to a question changes. */
  function changesTo({ job, answer }: Question) {
    const apply = (event: AnswerEvent) => changes.apply(job.id, { ...event, answerId: answer.id });
    return {
      apply,
      /** For changes on the way, which nothing waits for: the request must not. */
      applySoon: (event: AnswerEvent) => void apply(event).catch(console.error),
    };
  }

  function partOfAnswer({ job, answer }: Question): string {
    const now = store.get(job.id);
    const found = now && findAnswer(now, answer.id);
    // Servers refuse a last message that ends in a space (Anthropic), or go on badly from it.
    return found ? textOf(found.answer.state).trimEnd() : '';
  }

  return getAnswer;
}

function questionOf({ pageReady, signal, ...rest }: Asking): Question {
  const { job, open } = rest;
  const { takesUrls, ...limits } = limitsFor(job.preset, open.connection);
  const { id: keepAs, image, tabId } = job;
  return {
    ...rest,
    imageRequest: { image, tabId, keepAs, limits, takesUrls, pageReady, signal },
  };
}

function alone({ url, sent, file }: AcquiredImage): SentImages {
  return { urls: [url], sent, file };
}
