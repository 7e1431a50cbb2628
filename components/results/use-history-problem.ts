/** Why what is described now does not come into the history, if so. */
import { useEffect, useState } from 'preact/hooks';
import type { ErrorCode } from '../../utils/core/errors';
import type { Job } from '../../utils/core/jobs/job';
import { isJobSettled } from '../../utils/core/jobs/turns';
import { callBackground } from '../../utils/browser/messaging/call-background';

/** Asked anew as jobs end: they are what is written. */
export function useHistoryProblem(
  jobs: ReadonlyMap<string, Job> | undefined,
): ErrorCode | undefined {
  const [problem, setProblem] = useState<ErrorCode>();
  const ended = [...(jobs?.values() ?? [])].filter(isJobSettled).length;
  useEffect(() => {
    let gone = false;
    async function look(): Promise<void> {
      const answer = await callBackground('history.problem', {});
      if (!gone && answer.ok) setProblem(answer.value);
    }
    void look();
    return () => {
      gone = true;
    };
  }, [ended]);
  return problem;
}
