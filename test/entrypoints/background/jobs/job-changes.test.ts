import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openJobStore } from '../../../../utils/browser/jobs/job-store';
import { withMessage, type LiveJobs } from '../../../../utils/browser/messaging/live-jobs';
import { createJobChanges } from '../../../../entrypoints/background/jobs/job-changes';
import type { Job } from '../../../../utils/core/jobs/job';
import { DONE } from '../../../fixtures/job-states';
import { RUNNING, SENT, jobIn, stateIn } from '../../../fixtures/jobs';
import { stateOf } from '../../../../utils/core/jobs/turns';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A store that does with a job, once it is stored, what a test says. */
function setUp(stored: (jobs: Map<string, Job>, job: Job) => void = () => undefined) {
  const jobs = new Map<string, Job>();
  const put = vi.fn<(job: Job) => Promise<void>>(async (job) => {
    jobs.set(job.id, job);
    await Promise.resolve();
    stored(jobs, job);
  });
  const told: Job[] = [];
  const words = vi.fn<(job: Job, words: { at: number; text: string }) => void>();
  const store = {
    get: (id: string) => jobs.get(id),
    hold: (job: Job) => void jobs.set(job.id, job),
    put,
  };
  const changes = createJobChanges(store, { changed: (job) => void told.push(job), words });
  return { ...changes, jobs, put, told, words };
}

it('says that there was no room for a job, from the first', async () => {
  const { add, told } = setUp((jobs, job) => void jobs.set(job.id, { ...job, unsaved: true }));
  await add(jobIn(DONE));
  expect(told).toEqual([jobIn(DONE, { unsaved: true })]);
});

it('says that there is room again', async () => {
  const { add, told } = setUp((jobs, { unsaved: _unsaved, ...job }) => void jobs.set(job.id, job));
  await add(jobIn(DONE, { unsaved: true }));
  expect(told).toEqual([jobIn(DONE)]);
});

it('tells nobody of a job that was removed while it was stored', async () => {
  const { add, told } = setUp((jobs) => jobs.clear());
  await add(jobIn(DONE));
  expect(told).toEqual([]);
});

it('tells the words that came while a running job was stored, and not of a state before its time', async () => {
  const later = jobIn({ ...RUNNING, text: 'A dog runs' });
  const { add, told } = setUp((jobs, job) => {
    if (stateOf(job).status === 'queued') jobs.set(job.id, jobIn(RUNNING));
    else jobs.set(job.id, later);
  });
  await add(jobIn({ status: 'queued' }));
  await add(jobIn(RUNNING));
  expect(told).toEqual([jobIn({ status: 'queued' }), later]);
});

it('stores words every 400 ms, and a state at once and for good', async () => {
  const { add, apply, addWords, put, jobs, words } = setUp();
  await add(jobIn({ status: 'running', text: '', startedAt: 1, sent: SENT }));
  for (const text of ['A', ' dog', ' runs']) addWords('job-1', '1', text);
  expect(words.mock.calls.map(([, { at, text }]) => [at, text])).toEqual([
    [0, 'A'],
    [1, ' dog'],
    [5, ' runs'],
  ]);
  expect(put).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(400);
  expect(stateIn(put.mock.lastCall?.[0])).toMatchObject({ text: 'A dog runs' });
  addWords('job-1', '1', '.');
  await apply('job-1', { type: 'finished', answerId: '1', at: 2, model: 'm', cut: false });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(put).toHaveBeenCalledTimes(3);
  expect(stateIn(jobs.get('job-1'))).toMatchObject({ status: 'done', text: 'A dog runs.' });
});

it('stores no words of a job that is gone', async () => {
  const { add, addWords, put, jobs } = setUp();
  await add(jobIn(RUNNING));
  addWords('job-1', '1', ' runs');
  jobs.clear();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(put).toHaveBeenCalledTimes(1);
});

describe('with the real store, on a busy disk', () => {
  beforeEach(() => fakeBrowser.reset());

  function onBusyDisk() {
    const disk: (() => void)[] = [];
    const store = openJobStore({
      journal: () => new Promise((resolve) => disk.push(() => resolve(true))),
      makeRoom: () => Promise.resolve(),
    });
    let page: LiveJobs = new Map();
    const changes = createJobChanges(store, {
      changed: (job) => void (page = withMessage(page, { type: 'job', job })),
      words: (job, words) =>
        void (page = withMessage(page, { type: 'words', jobId: job.id, ...words })),
    });
    const pass = () => vi.advanceTimersByTimeAsync(1);
    return { ...changes, store, disk, pass, shown: () => page.get('job-1') };
  }
  const finished = { type: 'finished', at: 5, model: 'm', cut: false } as const;

  it('an end that waits for it takes no later question back', async () => {
    const { store, apply, addWords, disk, pass, shown } = onBusyDisk();
    store.hold(jobIn(DONE, { opinions: [{ state: RUNNING }] }));
    void apply('job-1', { ...finished, answerId: '2' });
    await pass();
    void apply('job-1', { type: 'questionAsked', question: 'And?' });
    void apply('job-1', { type: 'started', answerId: '3', at: 6 });
    await pass();
    addWords('job-1', '3', 'Hello');
    for (const write of disk) write();
    await pass();
    expect(shown()?.turns).toHaveLength(2);
    expect(stateIn(shown())).toMatchObject({ status: 'running', text: 'Hello' });
  });

  it('an answer is said to be whole once it is there, also while an opinion runs', async () => {
    const { store, apply, disk, pass, shown } = onBusyDisk();
    store.hold(jobIn(RUNNING, { opinions: [{ state: RUNNING }] }));
    void apply('job-1', { ...finished, answerId: '1' });
    await pass();
    expect(shown()).toBeUndefined();
    for (const write of disk) write();
    await pass();
    expect(stateIn(shown())?.status).toBe('done');
  });

  it('an answer is said to be whole all the same where that takes long', async () => {
    const { store, apply, pass, shown } = onBusyDisk();
    store.hold(jobIn(RUNNING));
    void apply('job-1', { ...finished, answerId: '1' });
    await pass();
    expect(shown()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(500);
    expect(stateIn(shown())?.status).toBe('done');
  });
});
