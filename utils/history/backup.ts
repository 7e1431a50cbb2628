/** What was deleted, whole and out of the page's memory, until it is put back or the page closes. */
import * as v from 'valibot';
import { jobSchema, type Job } from '../jobs/job';
import { blobOf } from './export';
import { readEntry } from './history';
import { mergeJobs } from './merge';
import { keptPictureSchema, pictureIdsOf, readPicture, savePicture } from './sent-pictures';

const lineSchema = v.object({ job: jobSchema, pictures: v.array(keptPictureSchema) });
type Line = v.InferOutput<typeof lineSchema>;

/** So many jobs are in memory at once. */
const PIECE = 50;

/** A job in each line, with the pictures that its answer waits for: all that only this browser can use. */
export async function backUp(ids: readonly string[]): Promise<Blob> {
  return await blobOf(lines(ids), '');
}

/** Puts everything back. */
export async function putBack(backup: Blob): Promise<void> {
  let rest = '';
  for await (const text of textOf(backup)) {
    const all = (rest + text).split('\n');
    rest = all.pop() ?? '';
    const parsed = all.map((line) => v.parse(lineSchema, JSON.parse(line)));
    await mergeJobs(parsed.map(({ job }) => job));
    for (const picture of parsed.flatMap(({ pictures }) => pictures)) await savePicture(picture);
  }
}

async function* lines(ids: readonly string[]): AsyncGenerator<string> {
  for (let at = 0; at < ids.length; at += PIECE) {
    const jobs = await Promise.all(ids.slice(at, at + PIECE).map(readEntry));
    const read = await Promise.all(jobs.flatMap((job) => (job ? [withPictures(job)] : [])));
    yield read.map((line) => `${JSON.stringify(line)}\n`).join('');
  }
}

async function withPictures(job: Job): Promise<Line> {
  const pictures = await Promise.all(pictureIdsOf(job).map(readPicture));
  return { job, pictures: pictures.flatMap((picture) => picture ?? []) };
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
