/** A job as it stands in a file of the history: what goes out, and what may come in. */
import * as v from 'valibot';
import { isThumbnail } from '../../core/image/thumbnail';
import { turnsOf } from '../../core/jobs/conversation';
import { hasEnded, jobSchema, type Job } from '../../core/jobs/job';
import type { JobImage } from '../../core/jobs/job-image';

/** The most characters of one text, far beyond any answer. */
const TEXT_MAX_LENGTH = 500_000;
const MAX_TURNS = 500;
/** As many as can be compared, and room to spare. */
const MAX_COMPARED = 20;
/** The last moment that a date can be (ECMA-262, 21.4.1.1); a later one would break what shows it. */
const MAX_NUMBER = 8.64e15;
/** As ours, and never two names where a page takes one. */
const ID = /^[\w-]{1,64}$/;

/** Those that mean something in any browser. What stands for something here alone stays here. */
export type FiledJob = Omit<
  Job,
  'tabId' | 'using' | 'contentKey' | 'pictureHash' | 'goesOn' | 'unsaved' | 'altPut'
>;

/** What of a job goes into a file: no connection, no tab, no key of its content. */
export function filedJob(job: Job): FiledJob {
  const { id, createdAt, preset, image, question, earlier, compared, context, ...rest } = job;
  const { role, opinionOf, edited, withoutImage, maxTokens, thumbnail, state } = rest;
  const { connectionId: _connection, ...filedPreset } = preset;
  const { private: _private, pictureId: _image, ...filedImage } = image;
  return withoutNothing({
    id,
    createdAt,
    image: safeImage(filedImage),
    preset: filedPreset,
    question,
    earlier,
    compared,
    context,
    role,
    opinionOf,
    edited,
    withoutImage,
    maxTokens,
    thumbnail,
    state,
  });
}

/**
 * The job that a file holds, or `undefined` where it is none that we would have written. Whatever
 * the file says, it is of no tab, asks no connection by name, and answers no question but its own:
 * its content key would let a stranger's words pass as the answer to an image seen tomorrow.
 */
export function parseFiledJob(value: unknown): Job | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const parsed = v.safeParse(jobSchema, { ...value, tabId: -1 });
  if (!parsed.success) return undefined;
  const job = parsed.output;
  const { id, image, earlier, compared = [], thumbnail } = job;
  const states = turnsOf(job).map(({ state }) => state);
  const isOwn =
    ID.test(id) &&
    (job.opinionOf === undefined || ID.test(job.opinionOf)) &&
    image.private !== true &&
    earlier.length < MAX_TURNS &&
    compared.length <= MAX_COMPARED &&
    states.every(hasEnded) &&
    isWithin(job);
  if (!isOwn) return undefined;
  const { thumbnail: _thumbnail, ...filed } = filedJob(job);
  return {
    ...filed,
    tabId: -1,
    ...(thumbnail !== undefined && isThumbnail(thumbnail) ? { thumbnail } : {}),
    ...(filed.compared ? { compared: compared.map(safeCompared) } : {}),
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

function safeCompared({ thumbnail, ...rest }: NonNullable<Job['compared']>[number]) {
  return thumbnail !== undefined && isThumbnail(thumbnail) ? { ...rest, thumbnail } : rest;
}

/** What is not there is absent, in a file as in the database. */
function withoutNothing(job: { [Key in keyof FiledJob]: FiledJob[Key] | undefined }): FiledJob {
  return Object.fromEntries(
    Object.entries(job).filter(([, value]) => value !== undefined),
  ) as unknown as FiledJob;
}
