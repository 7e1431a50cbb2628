/** A job as it stands in a file of the history: what goes out, and what may come in. */
import * as v from 'valibot';
import { isThumbnail } from '../../core/image/is-thumbnail';
import { hasEnded } from '../../core/jobs/answer-state';
import { fromFormerJob, isFormerJob } from '../../core/jobs/former-job';
import {
  answerSchema,
  jobSchema,
  NO_TAB,
  turnSchema,
  type Answer,
  type ComparedImage,
  type Job,
  type Turn,
} from '../../core/jobs/job';
import type { JobImage } from '../../core/jobs/job-image';

/** The most characters of one text, far beyond any answer. */
const TEXT_MAX_LENGTH = 500_000;
const MAX_ANSWERS = 500;
/** As many as can be compared, and room to spare. */
const MAX_COMPARED = 20;
/** The last moment that a date can be (ECMA-262, 21.4.1.1); a later one would break what shows it. */
const MAX_NUMBER = 8.64e15;
/** As ours, and never two names where a page takes one. */
const ID = /^[\w-]{1,64}$/;

const filedAnswerSchema = v.pick(answerSchema, ['maxTokens', 'withoutImage', 'edited', 'state']);
const filedSchema = v.object({
  ...v.omit(jobSchema, ['tabId', 'unsaved', 'turns']).entries,
  turns: v.pipe(
    v.array(
      v.object({
        ...v.omit(turnSchema, ['answers']).entries,
        answers: v.pipe(v.array(filedAnswerSchema), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
});

/** Without what stands for something in this browser alone. */
export type FiledJob = Omit<Job, 'tabId' | 'unsaved' | 'turns'> & { turns: FiledTurn[] };
type FiledTurn = Omit<Turn, 'answers'> & { answers: FiledAnswer[] };
type FiledAnswer = Pick<Answer, 'maxTokens' | 'withoutImage' | 'edited' | 'state'>;

/** What of a job goes into a file: no connection, no tab, no key of its content. */
export function filedJob(job: Job): FiledJob {
  const { id, createdAt, image, images, preset, purpose, thumbnail, turns } = job;
  const { connectionId: _connection, ...filedPreset } = preset;
  const { private: _private, imageId: _image, ...filedImage } = image;
  return {
    id,
    createdAt,
    image: safeImage(filedImage),
    ...(images ? { images } : {}),
    preset: filedPreset,
    ...(purpose ? { purpose } : {}),
    ...(thumbnail === undefined ? {} : { thumbnail }),
    turns: turns.map(filedTurn),
  };
}

function filedTurn({ answers, ...turn }: Turn): FiledTurn {
  return { ...turn, answers: answers.map(filedAnswer) };
}

function filedAnswer({ maxTokens, withoutImage, edited, state }: Answer): FiledAnswer {
  return {
    maxTokens,
    ...(withoutImage === undefined ? {} : { withoutImage }),
    ...(edited === undefined ? {} : { edited }),
    state,
  };
}

/**
 * The job that a file holds, or `undefined` where it is none that we would have written. Whatever
 * the file says, it is of no tab, asks no connection by name, and answers no question but its own:
 * its content key would let a stranger's words pass as the answer to an image seen tomorrow.
 */
export function parseFiledJob(value: unknown): Job | undefined {
  const filed = isFormerJob(value) ? fromFormerJob(value) : value;
  const parsed = v.safeParse(filedSchema, filed);
  if (!parsed.success) return undefined;
  const { id, image, images = [], thumbnail, turns } = parsed.output;
  const answers = turns.flatMap((turn) => turn.answers);
  const isOwn =
    ID.test(id) &&
    image.private !== true &&
    answers.length <= MAX_ANSWERS &&
    images.length <= MAX_COMPARED &&
    answers.every(({ state }) => hasEnded(state)) &&
    isWithin(parsed.output);
  if (!isOwn) return undefined;
  let number = 0;
  const numbered = (answer: FiledAnswer) => ({ id: String((number += 1)), ...answer });
  const withIds = (turn: FiledTurn) => ({ ...turn, answers: turn.answers.map(numbered) });
  // Both lists are not empty (`filedSchema`), which their copies have forgotten.
  const job = v.parse(jobSchema, {
    ...parsed.output,
    tabId: NO_TAB,
    turns: turns.map(withIds),
  });
  const { thumbnail: _thumbnail, ...safe } = filedJob(job);
  return {
    ...safe,
    tabId: NO_TAB,
    turns: job.turns,
    ...(thumbnail !== undefined && isThumbnail(thumbnail) ? { thumbnail } : {}),
    ...(safe.images ? { images: images.map(safeCompared) } : {}),
  };
}

/** Whether all texts and numbers in it are such as come about. */
function isWithin(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= TEXT_MAX_LENGTH;
  if (typeof value === 'number') return value >= -1 && value <= MAX_NUMBER;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isWithin);
}

/**
 * A page's address may be opened, and an image's be fetched, when the person asks for it. An address
 * that is the image itself (`data:`) is left out: a file holds small images alone.
 */
function safeImage(image: JobImage): JobImage {
  const { srcUrl, documentUrl, pageUrl } = image;
  return {
    ...image,
    srcUrl: safeAddress(srcUrl),
    documentUrl: safeAddress(documentUrl),
    pageUrl: safeAddress(pageUrl),
  };
}

function safeAddress(address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol, href } = new URL(address);
  if (!/^(?:https?|file):$/.test(protocol)) return '';
  // Signs that a browser passes over could hide from others what it opens.
  return /[\0- ]/.test(address) ? href : address;
}

function safeCompared({ thumbnail, ...rest }: ComparedImage) {
  return thumbnail !== undefined && isThumbnail(thumbnail) ? { ...rest, thumbnail } : rest;
}
