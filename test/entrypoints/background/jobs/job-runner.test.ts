import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ImageSource } from '../../../../entrypoints/background/images/acquire-image';
import { AppError } from '../../../../utils/core/errors';
import {
  endless,
  image,
  imagesOf,
  preset,
  refuses,
  request,
  setUp,
  words,
} from '../../../fixtures/job-runner';
import { answerAt, jobIn, RUNNING, SENT } from '../../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.useRealTimers());

describe('a job', () => {
  it('streams its answer and ends stored before it is told', async () => {
    const { runner, settled, log, asked, held } = setUp([() => words('A dog', ' runs.')]);
    const { job } = runner.start(request);
    expect(await settled(job.id, 'done')).toMatchObject({
      text: 'A dog runs.',
      model: 'gpt-6-luna',
    });
    await vi.waitFor(() => expect(log.at(-1)).toBe('told done'));
    expect(log).toContain('words 0 A dog');
    expect(log).toContain('words 5  runs.');
    for (const status of ['queued', 'running', 'done']) {
      expect(log.indexOf(`stored ${status}`)).toBeGreaterThanOrEqual(0);
      expect(log.indexOf(`stored ${status}`)).toBeLessThan(log.indexOf(`told ${status}`));
    }
    expect(asked[0]).toMatchObject({
      messages: [
        {
          role: 'user',
          parts: [
            { type: 'text', text: preset.prompt },
            { type: 'image', url: image.srcUrl },
          ],
        },
      ],
      instructions: expect.stringContaining('German') as string,
    });
    expect(held).toEqual({ now: 0, ever: 1 });
  });

  it('is on its way before it is stored', () => {
    const { runner, asked, log } = setUp([() => words('A dog')]);
    runner.start(request);
    expect(log).toEqual([]);
    return vi.waitFor(() => expect(asked).toHaveLength(1));
  });

  it('is shown instead of asked twice while it runs', async () => {
    const { runner, asked, settled } = setUp([endless, () => words('Again')]);
    const first = runner.start(request);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(runner.start(request).job.id).toBe(first.job.id);
    const other = runner.start({ ...request, preset: { ...preset, id: 'detailed' } });
    expect(other.job.id).not.toBe(first.job.id);
    await settled(other.job.id, 'done');
    expect(asked).toHaveLength(2);
  });

  it('waits for a connection, and goes on when there is one', async () => {
    let connected = false;
    const base = setUp([() => words('A dog')]);
    const { runner, options, settled } = setUp([() => words('A dog')], {
      connections: {
        ...base.options.connections,
        choose: async () => (connected ? await base.options.connections.choose({}) : undefined),
      },
    });
    const { job } = runner.start(request);
    await settled(job.id, 'waiting');
    await vi.waitFor(() => expect(options.onWaiting).toHaveBeenCalledOnce());
    connected = true;
    expect(await runner.resumeWaiting()).toEqual([job.id]);
    await settled(job.id, 'done');
  });

  it('stops with the words it has, and releases the worker', async () => {
    const { runner, settled, log, held } = setUp([endless]);
    const { job } = runner.start(request);
    await vi.waitFor(() => expect(log).toContain('words 0 A dog'));
    await runner.stop(job.id);
    expect(await settled(job.id, 'stopped')).toMatchObject({ text: 'A dog' });
    await vi.waitFor(() => expect(held.now).toBe(0));
  });

  it('releases the worker when it is stopped, though its image never comes', async () => {
    const acquire = vi.fn(() => new Promise<never>(() => {}));
    const base = setUp([]);
    const images = { ...base.options.images, acquire };
    const { runner, settled, held } = setUp([], { images });
    const { job } = runner.start(request);
    await vi.waitFor(() => expect(acquire).toHaveBeenCalledOnce());
    await runner.stop(job.id);
    await settled(job.id, 'stopped');
    await vi.waitFor(() => expect(held).toEqual({ now: 0, ever: 1 }));
  });

  it('can be asked again, with more room', async () => {
    const { runner, settled, asked } = setUp([
      () => refuses(new AppError('keyRefused')),
      () => words('A dog'),
    ]);
    const { job } = runner.start(request);
    await settled(job.id, 'failed');
    await runner.retry(job.id, { longer: true });
    await settled(job.id, 'done');
    expect(asked.map(({ maxTokens }) => maxTokens)).toEqual([4_000, 8_000]);
  });
});

describe('a failure', () => {
  it('that passes is tried again by itself, where the person can see it', async () => {
    vi.useFakeTimers();
    const { runner, settled, asked } = setUp([
      () => refuses(new AppError('rateLimited', { retryAfterMs: 5_000 })),
      () => words('A dog'),
    ]);
    const { job } = runner.start(request);
    expect(await settled(job.id, 'retrying')).toMatchObject({ attempt: 2, attempts: 3 });
    await vi.advanceTimersByTimeAsync(4_800);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    await settled(job.id, 'done');
  });

  it('is given up after three tries', async () => {
    vi.useFakeTimers();
    const down = () => refuses(new AppError('serverError', { status: 503 }));
    const { runner, asked, store } = setUp([down, down, down]);
    const { job } = runner.start(request);
    const failed = { status: 'failed', failure: { code: 'serverError', status: 503 } };
    // Each look moves the clock on.
    await vi.waitFor(() => expect(answerAt(store, job.id)?.state).toMatchObject(failed), 10_000);
    expect(asked).toHaveLength(3);
  });

  it('of our own is asked once, and called that', async () => {
    const { runner, settled, asked } = setUp([
      () => refuses(new TypeError('planted')),
      () => words('A dog'),
    ]);
    const { job } = runner.start(request);
    expect(await settled(job.id, 'failed')).toMatchObject({ failure: { code: 'unexpected' } });
    expect(asked).toHaveLength(1);
  });

  it('after the first words keeps them instead of starting over', async () => {
    const { runner, settled, asked } = setUp([
      async function* () {
        yield { type: 'words', text: 'A dog' } as const;
        await Promise.resolve();
        throw new AppError('serverError');
      },
    ]);
    const { job } = runner.start(request);
    expect(await settled(job.id, 'failed')).toMatchObject({ text: 'A dog' });
    expect(asked).toHaveLength(1);
  });

  it('to download makes us send the bytes, in the same job', async () => {
    const { runner, store, settled, asked } = setUp([
      () => refuses(new AppError('imageNotDownloadable')),
      () => words('A dog'),
    ]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    expect(asked.flatMap(imagesOf)).toEqual([image.srcUrl, 'data:page']);
    expect(answerAt(store, job.id)?.state).toMatchObject({ sent: { route: 'page' } });
  });

  it('to get the image is one clear error', async () => {
    const { runner, settled, asked } = setUp([], {
      images: {
        acquire: () => Promise.reject(new AppError('imageUnreadable')),
        bytesOf: () => Promise.reject(new AppError('imageUnreadable')),
        asBefore: () => Promise.resolve(undefined),
      },
    });
    const { job } = runner.start(request);
    expect(await settled(job.id, 'failed')).toMatchObject({ failure: { code: 'imageUnreadable' } });
    expect(asked).toHaveLength(0);
  });
});

it('asks again about the image as it was, without getting it anew', async () => {
  const acquire = vi.fn<ImageSource['acquire']>(() =>
    Promise.resolve({ url: 'data:first', sent: { route: 'screenshot' } }),
  );
  const asBefore = vi.fn<ImageSource['asBefore']>(() =>
    Promise.resolve({ url: 'data:kept', sent: { route: 'screenshot' } }),
  );
  const { runner, settled, asked } = setUp([() => words('A'), () => words('B')], {
    images: { acquire, bytesOf: () => Promise.resolve(new Blob()), asBefore },
  });
  const { job } = runner.start(request);
  await settled(job.id, 'done');
  expect(asBefore).not.toHaveBeenCalled();
  await runner.retry(job.id, {});
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked.flatMap(imagesOf)).toEqual(['data:first', 'data:kept']);
  expect(acquire).toHaveBeenCalledOnce();
});

it('what an earlier worker left running is interrupted, with its words', async () => {
  await fakeBrowser.storage.session.set({
    'job:a': jobIn(RUNNING, { id: 'a' }),
    'job:b': jobIn({ status: 'waiting' }, { id: 'b' }),
    'job:c': { nonsense: true },
  });
  const { runner, store } = setUp([]);
  await runner.recover();
  expect(answerAt(store, 'a')?.state).toEqual({
    status: 'failed',
    failure: { code: 'interrupted' },
    text: 'A dog',
    sent: SENT,
  });
  expect(answerAt(store, 'b')?.state.status).toBe('waiting');
  expect(store.list()).toHaveLength(2);
});
