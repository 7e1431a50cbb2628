/** What was deleted, whole and out of the page's memory, until it is put back or the page closes. */
import * as v from 'valibot';
import { jobSchema, type Job } from '../../core/jobs/job';
import { blobOf } from './export';
import { readEntry } from './history';
import { mergeJobs } from './merge';
import { readImage, saveImage } from './sent-images';
import { imageIdsOf, storedImageSchema } from './stored-image';

const lineSchema = v.object({ job: jobSchema, images: v.array(storedImageSchema) });
type BackupLine = v.InferOutput<typeof lineSchema>;

/** So many jobs are in memory at once. */
const PIECE = 50;

/** A job in each line, with the images that its answer waits for: all that only this browser can use. */
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
    for (const image of parsed.flatMap(({ images }) => images)) await saveImage(image);
  }
}

async function* lines(ids: readonly string[]): AsyncGenerator<string> {
  for (let at = 0; at < ids.length; at += PIECE) {
    const jobs = await Promise.all(ids.slice(at, at + PIECE).map(readEntry));
    const read = await Promise.all(jobs.flatMap((job) => (job ? [withImages(job)] : [])));
    yield read.map((line) => `${JSON.stringify(line)}\n`).join('');
  }
}

async function withImages(job: Job): Promise<BackupLine> {
  const images = await Promise.all(imageIdsOf(job).map(readImage));
  return { job, images: images.flatMap((image) => image ?? []) };
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
