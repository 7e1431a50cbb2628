/** Whether this page is in a private window, and which jobs may be seen where. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { Job } from '../../utils/jobs/job';

export async function isPrivateWindow(): Promise<boolean> {
  return (await browser.windows.getCurrent()).incognito;
}

/**
 * The jobs without those of private windows, where this is none.
 *
 * @param asked those that this very page is for: browsers may open it in another window.
 */
export function useSeenJobs(
  jobs: ReadonlyMap<string, Job> | undefined,
  asked: readonly (string | undefined)[],
): ReadonlyMap<string, Job> | undefined {
  const [isPrivate, setPrivate] = useState(false);
  useEffect(() => void isPrivateWindow().then(setPrivate), []);
  if (isPrivate || !jobs) return jobs;
  const isSeen = ({ id, opinionOf, image }: Job) =>
    !image.private || asked.includes(id) || (opinionOf !== undefined && asked.includes(opinionOf));
  return new Map([...jobs].filter(([, job]) => isSeen(job)));
}
