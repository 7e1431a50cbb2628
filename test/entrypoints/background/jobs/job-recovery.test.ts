import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { JobRunnerOptions } from '../../../../entrypoints/background/jobs/job-runner';
import { AppError } from '../../../../utils/core/errors';
import type { Job } from '../../../../utils/core/jobs/job';
import { endless, request, setUp, words } from '../../../fixtures/job-runner';
import { DONE } from '../../../fixtures/job-states';
import { answerAt, jobIn, RUNNING, stateIn } from '../../../fixtures/jobs';
import type { AnswerState } from '../../../../utils/core/jobs/answer-state';

beforeEach(() => fakeBrowser.reset());

/** As the history gives them: in no tab. */
const left = (state: AnswerState, id: string) => jobIn(state, { id, tabId: -1 });

function withHistory(jobs: Job[], answers: Parameters<typeof setUp>[0] = []) {
  const base = setUp([]);
  const unfinishedJobs = vi
    .fn<JobRunnerOptions['history']['unfinishedJobs']>()
    .mockResolvedValue(jobs);
  const readEntry = (id: string) => Promise.resolve(jobs.find((job) => job.id === id));
  return {
    ...setUp(answers, { history: { ...base.options.history, unfinishedJobs, readEntry } }),
    unfinishedJobs,
  };
}

/** The state of a job as it is stored. */
const inSession = async (id: string) => {
  const { [`job:${id}`]: job } = await fakeBrowser.storage.session.get<Record<string, Job>>();
  return stateIn(job);
};
const INTERRUPTED = { status: 'failed', failure: { code: 'interrupted' } };

describe('a new session', () => {
  it('takes up what was left as interrupted, with its words, in no tab, stored and told', async () => {
    const retrying = {
      status: 'retrying',
      failure: { code: 'unreachable' },
      attempt: 2,
      attempts: 3,
      until: 9,
      before: { text: 'A cat', whole: true },
    } as const;
    const { runner, store, log } = withHistory([left(RUNNING, 'a'), left(retrying, 'b')]);
    await runner.recover();
    expect(store.get('a')?.tabId).toBe(-1);
    expect(answerAt(store, 'a')?.state).toMatchObject({ ...INTERRUPTED, text: 'A dog' });
    expect(answerAt(store, 'b')?.state).toMatchObject({
      ...INTERRUPTED,
      text: 'A cat',
      whole: true,
    });
    expect(await inSession('a')).toMatchObject(INTERRUPTED);
    expect(log).toEqual(['stored failed', 'told failed', 'stored failed', 'told failed']);
  });

  it('does so once: what the person removes stays away', async () => {
    const jobs = [left(RUNNING, 'a')];
    const { runner } = withHistory(jobs);
    await runner.recover();
    await runner.remove('a');
    const next = withHistory(jobs);
    await next.runner.recover();
    expect(next.unfinishedJobs).not.toHaveBeenCalled();
    expect(next.store.get('a')).toBeUndefined();
  });

  it('lets wait what waited for a connection, also for the next worker', async () => {
    const { runner } = withHistory([left({ status: 'waiting' }, 'a')]);
    await runner.recover();
    expect(await inSession('a')).toMatchObject({ status: 'waiting' });
    const next = withHistory([], [() => words('A dog.')]);
    await next.runner.recover();
    expect(await next.runner.resumeWaiting()).toEqual(['a']);
    await next.settled('a', 'done');
  });

  it('leaves alone what was clicked meanwhile', async () => {
    const { runner, settled, unfinishedJobs, store } = withHistory([], [endless]);
    const { job } = runner.start(request);
    // The history has it already, without its tab.
    unfinishedJobs.mockResolvedValue([left(RUNNING, job.id)]);
    await runner.recover();
    await settled(job.id, 'running');
    expect(store.get(job.id)?.tabId).toBe(7);
  });

  it('begins where the history cannot be read', async () => {
    const { runner, unfinishedJobs, store } = withHistory([]);
    unfinishedJobs.mockRejectedValue(new AppError('historyBlocked'));
    await runner.recover();
    expect(store.list()).toEqual([]);
  });
});

describe('a job of the history', () => {
  it('is taken up as it was left', async () => {
    const { runner, store, log } = withHistory([left(DONE, 'a')]);
    expect(await runner.reopen('a')).toBe(true);
    expect(store.get('a')).toEqual(left(DONE, 'a'));
    expect(log).toEqual(['stored done', 'told done']);
  });

  it('that is here stays as it is here', async () => {
    const { runner, store } = withHistory([left(DONE, 'a')]);
    await store.put(jobIn(RUNNING, { id: 'a' }));
    expect(await runner.reopen('a')).toBe(true);
    expect(answerAt(store, 'a')?.state).toEqual(RUNNING);
  });

  it('at which nobody is at work is interrupted', async () => {
    const { runner, store } = withHistory([left(RUNNING, 'a')]);
    expect(await runner.reopen('a')).toBe(true);
    expect(answerAt(store, 'a')?.state).toMatchObject({ ...INTERRUPTED, text: 'A dog' });
  });

  it('that is gone is not taken up', async () => {
    const { runner } = withHistory([]);
    expect(await runner.reopen('a')).toBe(false);
  });
});
