/** Answers that the history knows: the same question about the same image costs nothing. */
import type { answerTo } from '../../../utils/browser/history/history';
import { withTimeout } from '../../../utils/core/with-timeout';
import { isLarge } from '../../../utils/core/image/fit';
import { contentKeyOf, goesByAddress, hashOf } from '../../../utils/core/jobs/content-key';
import { findAnswer } from '../../../utils/core/jobs/turns';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { VisionRequest } from '../../../utils/core/vision/provider';
import type { ImageSource, ImageRequest } from '../images/acquire-image';
import type { Question } from './question';
import type { JobChanges } from './job-changes';
import { wait } from './retry-policy';

interface Dependencies {
  store: Pick<JobStore, 'get'>;
  history: { answerTo: typeof answerTo };
  images: Pick<ImageSource, 'bytesOf'>;
  changes: Pick<JobChanges, 'apply' | 'hold'>;
  /** Called with the image that stands behind an address. */
  onImage: (jobId: string, file: Blob) => void;
}

export interface AnswerCache {
  /** Gives an answer its key, and where it may and there is one, the answer that is known. */
  answer(question: Question, request: VisionRequest, mayReuse: boolean): Promise<boolean>;
  /** Keeps what stands behind an address that was sent, once the answer is there. */
  note(question: Question): void;
}

/** How long to look for the same question in the history. */
const LOOK_MS = 250;

/** How long to read an image that may be the one whose answer is known. */
const READ_MS = 1_000;

/** After the answer, when its card stands and nothing is waited for. */
const NOTE_MS = 1_000;

export function createAnswerCache({
  store,
  history,
  images,
  changes,
  onImage,
}: Dependencies): AnswerCache {
  const { apply, hold } = changes;

  async function answer(
    { open, job, answer: asked, imageRequest }: Question,
    request: VisionRequest,
    mayReuse: boolean,
  ): Promise<boolean> {
    // The key of a job is that of its first question: nobody asks a later one twice by accident.
    if (job.turns.length > 1) return false;
    const key = await contentKeyOf(open.connection, { ...request, resumeFrom: undefined });
    // What it goes on from may be another model's, or about another image.
    const contentKey = asked.resumes && key !== asked.contentKey ? undefined : key;
    hold(job.id, { type: 'keyed', answerId: asked.id, contentKey });
    if (contentKey === undefined || !mayReuse) return false;
    // A history that is blocked or broken must not hold up a question.
    const found = await withTimeout(
      history.answerTo(contentKey).catch(() => undefined),
      LOOK_MS,
    );
    imageRequest.signal.throwIfAborted();
    if (!found) return false;
    const { answer: known, thumbnail, imageHash } = found;
    if (goesByAddress(request) && !(await isBehindAddress(imageHash, imageRequest))) return false;
    if (thumbnail !== undefined) hold(job.id, { type: 'imageSeen', thumbnail });
    const reused = { type: 'reused', answer: known, from: known.finishedAt } as const;
    await apply(job.id, { ...reused, answerId: asked.id });
    return true;
  }

  /** Whether the image is the one that it was; false where nobody knows. */
  async function isBehindAddress(
    hash: string | undefined,
    imageRequest: ImageRequest,
  ): Promise<boolean> {
    if (hash === undefined) return false;
    const now = await withTimeout(
      hashOfImage(imageRequest).catch(() => undefined),
      READ_MS,
    );
    imageRequest.signal.throwIfAborted();
    return now === hash;
  }

  async function note({
    job: { id },
    answer: { id: answerId },
    imageRequest,
  }: Question): Promise<void> {
    await wait(NOTE_MS, imageRequest.signal);
    const job = store.get(id);
    const noted = job && findAnswer(job, answerId);
    if (!job || noted?.answer.state.status !== 'done') return;
    // What the card could not draw, its page may not read either; a large image it leaves to us.
    const { size } = job.image;
    if (job.thumbnail === undefined && !(size && isLarge(size))) return;
    // The key is that of the first question; a later one may have been about another image.
    if (job.turns.length > 1) return;
    const file = await images.bytesOf(imageRequest);
    onImage(id, file);
    const imageHash = await hashOfFile(file);
    const now = store.get(id);
    const isSame = now && findAnswer(now, answerId)?.answer.contentKey === noted.answer.contentKey;
    if (isSame) await apply(id, { type: 'hashed', answerId, imageHash });
  }

  async function hashOfImage(imageRequest: ImageRequest): Promise<string> {
    return await hashOfFile(await images.bytesOf(imageRequest));
  }

  async function hashOfFile(file: Blob): Promise<string> {
    return await hashOf(await file.arrayBuffer());
  }

  return {
    answer,
    note(question) {
      note(question).catch((error: unknown) => console.warn('image not noted', error));
    },
  };
}
