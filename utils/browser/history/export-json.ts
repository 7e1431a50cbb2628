/** The history as JSON: the one form that holds everything. */
import type { Job } from '../../core/jobs/job';
import { filedJob } from './filed-job';

export const HISTORY_FORMAT = 'descry-history';
export const HISTORY_VERSION = 2;

/** One description in a line. The format comes first, so that another file is told at once. */
export async function* jsonPieces(jobs: AsyncIterable<Job[]>): AsyncGenerator<string> {
  yield `{"format":"${HISTORY_FORMAT}","version":${HISTORY_VERSION},"entries":[`;
  let before = '\n';
  for await (const piece of jobs) {
    let text = '';
    for (const job of piece) {
      text += before + JSON.stringify(filedJob(job));
      before = ',\n';
    }
    yield text;
  }
  yield '\n]}\n';
}
