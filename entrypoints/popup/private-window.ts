/** Whether this page is in a private window, and what may be seen where. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { Job } from '../../utils/jobs/job';

export async function isPrivateWindow(): Promise<boolean> {
  return (await browser.windows.getCurrent()).incognito;
}

/** The same, in a component; false until it is known. */
export function usePrivateWindow(): boolean {
  const [isPrivate, setPrivate] = useState(false);
  useEffect(() => void isPrivateWindow().then(setPrivate), []);
  return isPrivate;
}

/**
 * The jobs without those of private windows, where this is none.
 *
 * @param asked those that this very page is for: browsers may open it in another window.
 */
export function seenJobs(
  jobs: ReadonlyMap<string, Job> | undefined,
  isPrivate: boolean,
  asked: readonly (string | undefined)[],
): ReadonlyMap<string, Job> | undefined {
  if (isPrivate || !jobs) return jobs;
  const isSeen = ({ id, opinionOf, image }: Job) =>
    !image.private || asked.includes(id) || (opinionOf !== undefined && asked.includes(opinionOf));
  return new Map([...jobs].filter(([, job]) => isSeen(job)));
}
