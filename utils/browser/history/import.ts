/** A file of the history, read a piece at a time: what it holds is taken in, each on its own. */
import { parseFiledJob } from './filed-job';
import { dateForFuture, withoutFuture } from './future-dates';
import type { FileEnd, FileFault, FileRead } from './file-read';
import { mergeJobs } from './merge';
import { expiredBy, pruneHistory } from './history';
import { retainedSince, type Retention } from './retention';
import { readCsv } from './read-csv';
import { readJson } from './read-json';
import { readMarkdown } from './read-markdown';
import type { Job } from '../../core/jobs/job';

/** So many are written at once. */
const PIECE = 100;
/** So many places are named. */
const PLACES_NAMED = 5;

export interface Imported {
  added: number;
  /** There already, as they are or newer. */
  present: number;
  /** Older than what is to be kept: left out, or gone for those that came. */
  expired: number;
  /** Those that could not be read. */
  bad: number;
  /** Which ones, counted from 1: the first of them. */
  badPlaces: number[];
  end: FileEnd;
}

export type ImportResult = { ok: true; imported: Imported } | { ok: false; fault: ImportFault };

export type ImportFault =
  | FileFault
  /** The history is to keep nothing. */
  | 'keepsNothing';

interface ImportOptions {
  retention: Retention;
  now: number;
  /** Called with how many descriptions have been looked at so far. */
  onProgress?: (count: number) => void;
}

/**
 * Takes in what a file holds. What was taken in before something failed stays.
 *
 * @throws {AppError} where the history cannot be opened, or has no room.
 */
export async function importHistory(
  file: File,
  { retention, now, onProgress }: ImportOptions,
): Promise<ImportResult> {
  if (retention.kind === 'nothing') return { ok: false, fault: 'keepsNothing' };
  const imported: Imported = {
    added: 0,
    present: 0,
    expired: 0,
    bad: 0,
    badPlaces: [],
    end: 'whole',
  };
  const since = retainedSince(retention, now) ?? Number.NEGATIVE_INFINITY;
  const instead = await dateForFuture(retention, now);
  let place = 0;
  let waiting: Job[] = [];

  async function write(): Promise<void> {
    const { added, present } = await mergeJobs(waiting);
    waiting = [];
    imported.added += added;
    imported.present += present;
    onProgress?.(place);
  }

  function take(value: unknown): void {
    place += 1;
    const job = parseFiledJob(value);
    if (!job) {
      imported.bad += 1;
      if (imported.badPlaces.length < PLACES_NAMED) imported.badPlaces.push(place);
    } else if (job.createdAt < since) imported.expired += 1;
    else waiting.push(withoutFuture(job, now, instead));
  }

  const pieces = readFile(file);
  for (;;) {
    const read = await pieces.next();
    if (!read.done) {
      for (const value of read.value) {
        take(value);
        if (waiting.length === PIECE) await write();
      }
      continue;
    }
    if (!read.value.ok) return { ok: false, fault: read.value.fault };
    await write();
    imported.end = read.value.end;
    break;
  }
  if (imported.added > 0) {
    const gone = await expiredBy(retention, now);
    imported.expired += gone.length;
    await pruneHistory(retention, now);
  }
  return { ok: true, imported };
}

function readFile(file: File): AsyncGenerator<unknown[], FileRead> {
  if (/\.csv$/i.test(file.name)) return readCsv(file);
  if (/\.(?:md|markdown)$/i.test(file.name)) return readMarkdown(file);
  return readJson(file);
}
