/** The history as a file, read and written a piece at a time. */
import { hasEnded } from '../../core/jobs/answer-state';
import type { Job } from '../../core/jobs/job';
import { answersOf } from '../../core/jobs/turns';
import { csvRows } from './export-csv';
import { jsonPieces } from './export-json';
import { markdownPieces } from './export-markdown';
import { batches, readThumbnails } from './history';

export const EXPORT_FORMATS = ['json', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const TYPES: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  markdown: 'text/markdown',
};

/** So many jobs with their thumbnails are in memory at once. */
const PIECE = 50;

/**
 * The file, and how many descriptions it holds. What is being answered is in none.
 *
 * @param onProgress is called with how many descriptions are written so far.
 */
export async function exportHistory(
  format: ExportFormat,
  onProgress?: (count: number) => void,
): Promise<{ file: Blob; count: number }> {
  let count = 0;
  async function* counted(): AsyncGenerator<Job[]> {
    for await (const jobs of storedJobs({ thumbnails: format === 'json' })) {
      yield jobs;
      count += jobs.length;
      onProgress?.(count);
    }
  }
  const pieces = {
    json: () => jsonPieces(counted()),
    csv: () => csvRows(counted()),
    markdown: () => markdownPieces(counted()),
  }[format]();
  return { file: await blobOf(pieces, TYPES[format]), count };
}

/** All that has ended, newest first, as it is kept. */
async function* storedJobs({ thumbnails }: { thumbnails: boolean }): AsyncGenerator<Job[]> {
  for await (const batch of batches()) {
    const jobs = batch
      .map(({ job }) => job)
      .filter((job) => answersOf(job).every(({ state }) => hasEnded(state)));
    for (let at = 0; at < jobs.length; at += PIECE) {
      const piece = jobs.slice(at, at + PIECE);
      yield thumbnails ? await withThumbnails(piece) : piece;
    }
  }
}

async function withThumbnails(jobs: readonly Job[]): Promise<Job[]> {
  const images = await readThumbnails(jobs.map(({ id }) => id));
  return jobs.map((job, at) => {
    const thumbnail = images[at];
    return thumbnail === undefined ? job : { ...job, thumbnail };
  });
}

/** The browser moves what has been read out of the page's memory as it comes. */
export async function blobOf(pieces: AsyncGenerator<string>, type: string): Promise<Blob> {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next: IteratorResult<string, unknown> = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
  return await new Response(stream, { headers: { 'content-type': type } }).blob();
}
