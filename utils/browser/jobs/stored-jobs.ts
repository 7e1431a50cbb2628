/** The jobs of this browser session as they are stored. */
import * as v from 'valibot';
import { jobSchema, type Job } from '../../core/jobs/job';

/** The key of each stored job begins with this. */
const PREFIX = 'job:';

export const keyOfJob = (jobId: string) => `${PREFIX}${jobId}`;

/** The jobs among all that `storage.session` holds, oldest first; without what cannot be read. */
export function storedJobs(items: Readonly<Record<string, unknown>>): Job[] {
  return Object.entries(items)
    .flatMap(([key, item]) => {
      if (!key.startsWith(PREFIX)) return [];
      const parsed = v.safeParse(jobSchema, item);
      return parsed.success ? parsed.output : [];
    })
    .toSorted((a, b) => a.createdAt - b.createdAt);
}
