/** What was asked from this page: which of the results is the answer to it. */
import { useState } from 'preact/hooks';
import type { Job } from '../../utils/jobs/job';

type Jobs = ReadonlyMap<string, Job> | undefined;

/**
 * The result that came of the last question, `undefined` before there is one. The calls that ask do
 * not name it: it is the first one that was not there before.
 *
 * @returns That result's id, and a function that remembers what is there now. It gives another,
 *   to be called when the question was taken.
 */
export function useAsked(jobs: Jobs): [string | undefined, () => () => void] {
  const [before, setBefore] = useState<ReadonlySet<string>>();
  // Newest first.
  const id = before && [...(jobs?.keys() ?? [])].findLast((each) => !before.has(each));

  function ask(): () => void {
    const there = jobs && new Set(jobs.keys());
    return () => setBefore(there);
  }

  return [id, ask];
}
