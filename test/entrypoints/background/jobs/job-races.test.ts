import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../../utils/core/jobs/job';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { wait } from '../../../../entrypoints/background/jobs/retry-policy';
import { AppError } from '../../../../utils/core/errors';
import type { VisionEvent, VisionRequest } from '../../../../utils/core/vision/provider';
import { endless, refuses, request, setUp, words } from '../../../fixtures/job-runner';
import { answerAt, jobIn } from '../../../fixtures/jobs';
import { openJobStore } from '../../../../utils/browser/jobs/job-store';
import { answersOf } from '../../../../utils/core/jobs/turns';

/** As it was before a test takes the clock over. */
const realTimeout = setTimeout;

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.useRealTimers());

const another = (at: number) => ({
  ...request,
  preset: { ...request.preset, id: `preset-${at}` },
});

/** A busy machine is late. */
const WAIT = { timeout: 5_000 };

describe('of many jobs at once', () => {
  /** Each stands where it will before the next one comes: what they wait for has no order. */
  async function many() {
    const ends: (() => void)[] = [];
    async function* open(): AsyncGenerator<VisionEvent> {
      await new Promise<void>((resolve) => ends.push(resolve));
      yield* words('A dog');
    }
    const base = setUp(Array.from({ length: 9 }, () => open));
    const isWaitingForSlot = ({ id }: Job) => {
      const state = answerAt(base.store, id)?.state;
      return state?.status === 'running' && state.waitingForSlot === true;
    };
    const jobs: Job[] = [];
    for (let at = 0; at < 8; at += 1) {
      const { job } = base.runner.start(another(at));
      jobs.push(job);
      const isThere = () => (at < 6 ? base.asked.length === at + 1 : isWaitingForSlot(job));
      await vi.waitFor(() => expect(isThere()).toBe(true), WAIT);
    }
    return { ...base, jobs, ends, isWaitingForSlot };
  }

  it('six ask, and the others when these are through', async () => {
    const { asked, ends, settled, jobs, isWaitingForSlot } = await many();
    const waitingForSlot = () => jobs.map(isWaitingForSlot);
    const waiting = [false, false, false, false, false, false, true, true];
    await vi.waitFor(() => expect(waitingForSlot()).toEqual(waiting), WAIT);
    await vi.waitFor(() => expect(asked).toHaveLength(6), WAIT);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(6);
    ends[0]?.();
    await settled(jobs[0]?.id ?? '', 'done');
    await vi.waitFor(() => expect(asked).toHaveLength(7), WAIT);
    await vi.waitFor(() => expect(waitingForSlot().slice(6)).toEqual([false, true]), WAIT);
  });

  it.each(['stop', 'remove'] as const)(
    'one that waits for its turn is not asked after %s',
    async (end) => {
      const { asked, ends, settled, jobs, runner, held } = await many();
      await vi.waitFor(() => expect(asked).toHaveLength(6));
      await runner[end](jobs[6]?.id ?? '');
      for (const each of ends.splice(0)) each();
      await vi.waitFor(() => expect(asked).toHaveLength(7));
      ends[0]?.();
      await settled(jobs[7]?.id ?? '', 'done');
      await vi.waitFor(() => expect(held.now).toBe(0));
      expect(asked).toHaveLength(7);
    },
  );

  it('one that was stopped before its turn, and asked again, can be stopped again', async () => {
    const { asked, ends, jobs, runner, store, held } = await many();
    await vi.waitFor(() => expect(asked).toHaveLength(6));
    const id = jobs[6]?.id ?? '';
    await runner.stop(id);
    await runner.retry(id, {});
    // The first try ends only now, and must not take the second one's end away.
    for (const each of ends.splice(0)) each();
    await vi.waitFor(() => expect(asked).toHaveLength(8));
    await runner.stop(id);
    expect(answerAt(store, id)?.state.status).toBe('stopped');
    for (const each of ends.splice(0)) each();
    await vi.waitFor(() => expect(held.now).toBe(0));
    expect(answerAt(store, id)?.state).toMatchObject({ status: 'stopped', text: '' });
  });
});

it('the end of a stopped try leaves the next one in hand', async () => {
  const late = Promise.withResolvers<void>();
  let aborted = 0;
  async function* deaf(): AsyncGenerator<VisionEvent> {
    await late.promise;
    yield* words('Late');
  }
  async function* second(_: VisionRequest, signal: AbortSignal): AsyncGenerator<VisionEvent> {
    signal.addEventListener('abort', () => (aborted += 1));
    yield* endless(_, signal);
  }
  const { runner, asked, held } = setUp([deaf, second]);
  const { job } = runner.start(request);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await runner.stop(job.id);
  await runner.retry(job.id, {});
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  late.resolve();
  await vi.waitFor(() => expect(held.now).toBe(1));
  await runner.stop(job.id);
  expect(aborted).toBe(1);
});

describe('asked again and stopped at once', () => {
  it.each(['retry', 'resume', 'ask', 'opinion'] as const)('%s sends nothing', async (how) => {
    const { runner, jobRunner, settled, asked, store, held } = setUp([
      endless,
      () => words('Too much'),
    ]);
    const { job } = runner.start(request);
    await vi.waitFor(() => expect(answerAt(store, job.id)?.state).toMatchObject({ text: 'A dog' }));
    await runner.stop(job.id);
    await settled(job.id, 'stopped');
    const calls = {
      retry: () => runner.retry(job.id, {}),
      resume: () => runner.resume(job.id),
      ask: () => runner.ask(job.id, 'What breed?'),
      opinion: () => runner.opinion(job.id, undefined),
    };
    const done = calls[how]();
    const queued = () =>
      store
        .list()
        .flatMap(answersOf)
        .find(({ state }) => state.status === 'queued');
    const answerId = queued()?.id ?? '';
    await jobRunner.stop({ jobId: job.id, answerId });
    await done;
    await vi.waitFor(() => expect(held.now).toBe(0));
    expect(asked).toHaveLength(1);
    const last = store
      .list()
      .flatMap(answersOf)
      .find(({ id }) => id === answerId);
    expect(last?.state.status).toBe('stopped');
  });
});

it('a worker that recovers does not interrupt what was asked again this moment', async () => {
  const { runner, settled, store } = setUp([() => refuses(new AppError('keyRefused')), endless]);
  const { job } = runner.start(request);
  await settled(job.id, 'failed');
  const again = runner.retry(job.id, {});
  await runner.recover();
  await again;
  await settled(job.id, 'running');
  expect(answerAt(store, job.id)?.state).not.toHaveProperty('failure');
});

it('a wait that was stopped before it began is over at once', async () => {
  vi.useFakeTimers();
  const reason = new Error('stopped');
  await expect(wait(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});

describe('the person’s own words', () => {
  async function edited(...answers: Parameters<typeof setUp>[0]) {
    const base = setUp([() => words('A dog.'), ...answers]);
    const { job } = base.runner.start(request);
    await base.settled(job.id, 'done');
    await base.runner.edit(job.id, 'My dog.');
    await base.runner.retry(job.id, {});
    return { ...base, id: job.id };
  }

  it('stay when another try fails', async () => {
    const { settled, id, store } = await edited(() => refuses(new AppError('keyRefused')));
    expect(await settled(id, 'failed')).toMatchObject({ text: 'My dog.', whole: true });
    expect(answerAt(store, id)).not.toHaveProperty('edited');
  });

  it('go for new ones of the model', async () => {
    const { settled, id, store } = await edited(() => words('A pug.'));
    expect(await settled(id, 'done')).toMatchObject({ text: 'A pug.' });
    expect(answerAt(store, id)).not.toHaveProperty('edited');
  });
});

it('what found the keys locked goes on from where it was to go on', async () => {
  const { runner, settled, asked, options, store } = setUp([endless, () => words('A cat.')]);
  const { job } = runner.start(request);
  await vi.waitFor(() => expect(answerAt(store, job.id)?.state).toMatchObject({ text: 'A dog' }));
  await runner.stop(job.id);
  vi.spyOn(options.connections, 'choose').mockRejectedValueOnce(new AppError('keysLocked'));
  await runner.resume(job.id);
  expect(await settled(job.id, 'failed')).toMatchObject({ text: 'A dog' });
  await runner.resumeLocked();
  expect(answerAt(store, job.id)).toHaveProperty('resumes', true);
  await settled(job.id, 'done');
  expect(asked).toHaveLength(2);
});

it('a slot is free while the end of another answer waits for the disk', async () => {
  const store = openJobStore({
    journal: () => new Promise(() => {}),
    makeRoom: () => Promise.resolve(),
  });
  const answers = [...Array.from({ length: 5 }, () => endless), () => words('a'), endless];
  const { runner, asked } = setUp(answers, { store });
  vi.useFakeTimers();
  for (let at = 0; at < 7; at += 1) runner.start(another(at));
  for (let at = 0; at < 100 && asked.length < 7; at += 1) {
    await new Promise((resolve) => realTimeout(resolve, 1));
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(asked).toHaveLength(7);
});

it('unlocking asks again for what is asked now, not for the questions before', async () => {
  const locked = { status: 'failed', failure: { code: 'keysLocked' }, text: '' } as const;
  const { runner, store, settled, asked, held } = setUp([() => words('a'), () => words('b')]);
  store.hold(jobIn(locked, { question: 'B?', earlier: [{ state: locked }] }));
  await runner.resumeLocked();
  await settled('job-1', 'done');
  await vi.waitFor(() => expect(held.now).toBe(0));
  expect(asked).toHaveLength(1);
});

it('what waited for a connection is asked once, however often it is resumed', async () => {
  const { runner, store, settled, asked, held } = setUp([() => words('a'), () => words('b')]);
  store.hold(jobIn({ status: 'waiting' }));
  await Promise.all([runner.resumeWaiting(), runner.resumeWaiting()]);
  await settled('job-1', 'done');
  await vi.waitFor(() => expect(held.now).toBe(0));
  expect(asked).toHaveLength(1);
});
