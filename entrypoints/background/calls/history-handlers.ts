/** Answers what our own pages ask about the history. Lists they read by themselves. */
import { AppError } from '../../../utils/core/errors';
import type { BackgroundCalls } from '../../../utils/browser/messaging/background-calls';
import type { Answers } from '../../../utils/browser/messaging/call';
import { forgetJobs } from '../jobs/forget-jobs';
import type { Dependencies } from './dependencies';
import { openFromHistory } from '../tabs/open-pages';

type HistoryCalls = Pick<BackgroundCalls, `history.${string}` & keyof BackgroundCalls>;

/** The answers over the parts of the background. */
export function historyAnswers(dependencies: Dependencies): Answers<HistoryCalls> {
  const { runner, journal } = dependencies;
  return {
    async 'history.open'({ jobId }) {
      if (!(await runner.reopen(jobId))) throw new AppError('unexpected');
      await openFromHistory(jobId);
    },
    'history.remove': ({ jobIds }) => forgetJobs(dependencies, jobIds),
    'history.problem': () => journal.problem(),
  };
}
