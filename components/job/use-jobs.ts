/** The jobs of this session as an extension page sees them, live. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Job } from '../../utils/core/jobs/job';
import { connectJobs } from '../../utils/browser/messaging/job-feed-client';

/** Newest first; `undefined` until the background has told. */
export function useJobs(): ReadonlyMap<string, Job> | undefined {
  const [jobs, setJobs] = useState<ReadonlyMap<string, Job>>();
  // Before the first frame: results are what the page is opened for.
  useLayoutEffect(() => {
    const feed = connectJobs(setJobs);
    return () => feed.close();
  }, []);
  return jobs;
}
