/** Answers what our own pages ask about the history. Lists they read by themselves. */
import * as v from 'valibot';
import { AppError } from '../../utils/errors';
import { mustBeOurPage, on } from './answer-calls';
import { forgetJobs } from './forget-jobs';
import type { Parts } from './handlers';
import { openResult } from './open-pages';

/** Registers the handlers. Call it synchronously when the background starts. */
export function startHistoryHandlers(parts: Parts): void {
  const { runner, journal } = parts;
  on('history.open', v.object({ jobId: v.string() }), async ({ jobId }, sender) => {
    mustBeOurPage(sender);
    if (!(await runner.reopen(jobId))) throw new AppError('unexpected');
    await openResult(jobId, { fromHistory: true });
  });
  on('history.remove', v.object({ jobIds: v.array(v.string()) }), async ({ jobIds }, sender) => {
    mustBeOurPage(sender);
    await forgetJobs(parts, jobIds);
  });
  on('history.problem', v.object({}), (_call, sender) => {
    mustBeOurPage(sender);
    return Promise.resolve(journal.problem());
  });
}
