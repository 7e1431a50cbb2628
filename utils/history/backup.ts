/** What was deleted, whole and out of the page's memory, until it is put back or the page closes. */
import * as v from 'valibot';
import { jobSchema } from '../jobs/job';
import { blobOf } from './export';
import { readEntry } from './history';
import { mergeJobs } from './merge';

/** So many jobs are in memory at once. */
const PIECE = 50;

/** A job in each line, with all that only this browser can use. */
export async function backUp(ids: readonly string[]): Promise<Blob> {
  return await blobOf(lines(ids), '');
}

/** Puts everything back. */
export async function putBack(backup: Blob): Promise<void> {
  let rest = '';
  for await (const text of textOf(backup)) {
    const all = (rest + text).split('\n');
    rest = all.pop() ?? '';
    await mergeJobs(all.map((line) => v.parse(jobSchema, JSON.parse(line))));
  }
}

async function* lines(ids: readonly string[]): AsyncGenerator<string> {
  for (let at = 0; at < ids.length; at += PIECE) {
    const jobs = await Promise.all(ids.slice(at, at + PIECE).map(readEntry));
    yield jobs.map((job) => (job ? `${JSON.stringify(job)}\n` : '')).join('');
  }
}

/** Some characters at a time. */
async function* textOf(blob: Blob): AsyncGenerator<string> {
  const reader = blob.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
