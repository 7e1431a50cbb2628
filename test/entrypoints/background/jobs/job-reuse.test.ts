import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ImageSource } from '../../../../entrypoints/background/images/acquire-image';
import type { OpenConnection } from '../../../../entrypoints/background/connections/open-connection';
import type { JobRunnerOptions } from '../../../../entrypoints/background/jobs/job-runner';
import { AppError } from '../../../../utils/core/errors';
import type { CachedAnswer } from '../../../../utils/browser/history/history';
import {
  endless,
  image,
  refuses,
  request,
  setUp,
  words,
  type Answer,
} from '../../../fixtures/job-runner';
import type { Job } from '../../../../utils/core/jobs/job';
import { presentAnswer } from '../../../../utils/core/jobs/turns';
import { hashOf } from '../../../../utils/core/jobs/content-key';
import { DONE } from '../../../fixtures/job-states';
import { answerAt, stateIn } from '../../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.useRealTimers());

/** On the person's own network: its bytes go, not its address. */
const ofBytes = { ...request, image: { ...image, srcUrl: 'http://localhost/dog.jpg' } };
const KNOWN: CachedAnswer = {
  answer: DONE,
  thumbnail: 'data:image/png;base64,AAAA',
  imageHash: undefined,
};
const bytes = new Blob(['dog']);

const lastWritten = (written: readonly Job[]) => {
  const job = written.at(-1);
  return job && presentAnswer(job);
};

function knowing(
  found: CachedAnswer | undefined,
  answers: Answer[],
  more: Partial<Pick<JobRunnerOptions, 'images' | 'onImage'>> = {},
) {
  const answerTo = vi.fn<JobRunnerOptions['history']['answerTo']>().mockResolvedValue(found);
  const base = setUp([]);
  const history = { ...base.options.history, answerTo };
  return { ...setUp(answers, { history, ...more }), answerTo };
}

describe('the same question about the same image', () => {
  it('is answered from the history: nothing is sent, and nothing spent', async () => {
    const { runner, settled, asked, answerTo, store, log } = knowing(KNOWN, []);
    const { job } = runner.start(ofBytes);
    expect(await settled(job.id, 'done')).toEqual({ ...DONE, reusedFrom: DONE.finishedAt });
    expect(asked).toEqual([]);
    expect(answerTo).toHaveBeenCalledOnce();
    expect(store.get(job.id)).toMatchObject({ thumbnail: KNOWN.thumbnail });
    expect(answerAt(store, job.id)?.contentKey).toBe(answerTo.mock.lastCall?.[0]);
    await vi.waitFor(() => expect(log).toContain('told done'));
  });

  it('has a small image, also where the history has none', async () => {
    const none = { ...KNOWN, thumbnail: undefined };
    const images: ImageSource = {
      acquire: () => Promise.resolve({ url: 'data:dog', sent: { route: 'page' }, file: bytes }),
      bytesOf: () => Promise.resolve(bytes),
      asBefore: () => Promise.resolve(undefined),
    };
    const { runner, settled, options } = knowing(none, [], { images });
    const { job } = runner.start(ofBytes);
    await settled(job.id, 'done');
    await vi.waitFor(() => expect(options.onImage).toHaveBeenCalledWith(job.id, bytes));
  });

  it('is asked where the answer is not known, and is known by its key from then on', async () => {
    const { runner, settled, asked, answerTo, written } = knowing(undefined, [
      () => words('A dog'),
    ]);
    const { job } = runner.start(ofBytes);
    await settled(job.id, 'done');
    expect(asked).toHaveLength(1);
    await vi.waitFor(() => expect(stateIn(written.at(-1))?.status).toBe('done'));
    expect(lastWritten(written)?.contentKey).toBe(answerTo.mock.lastCall?.[0]);
  });

  it('is asked where the history is broken, or does not answer in time', async () => {
    const { runner, settled, answerTo } = knowing(undefined, [() => words('A'), () => words('B')]);
    answerTo.mockRejectedValueOnce(new AppError('historyBroken'));
    const first = runner.start(ofBytes);
    expect(await settled(first.job.id, 'done')).toMatchObject({ text: 'A' });
    answerTo.mockReturnValueOnce(new Promise(() => {}));
    const second = runner.start(ofBytes);
    expect(await settled(second.job.id, 'done')).toMatchObject({ text: 'B' });
  });

  it.each([
    ['nobody knows which image was behind the address', undefined],
    ['another image was behind the address', 'another'],
  ])('is asked where %s', async (_, imageHash) => {
    const { runner, settled, asked } = knowing({ ...KNOWN, imageHash }, [() => words('A dog')]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    expect(asked).toHaveLength(1);
  });

  it('is asked where its page does not say what is behind the address', async () => {
    const known = { ...KNOWN, imageHash: await hashOf(await bytes.arrayBuffer()) };
    const { runner, settled, asked, options } = knowing(known, [() => words('A dog')]);
    vi.spyOn(options.images, 'bytesOf').mockRejectedValue(new AppError('imageUnreadable'));
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    expect(asked).toHaveLength(1);
  });

  it('is answered where the address leads to the same bytes', async () => {
    const known = { ...KNOWN, imageHash: await hashOf(await bytes.arrayBuffer()) };
    const { runner, settled, asked } = knowing(known, []);
    const { job } = runner.start(request);
    expect(await settled(job.id, 'done')).toMatchObject({ reusedFrom: DONE.finishedAt });
    expect(asked).toEqual([]);
  });

  const DRAWN = { thumbnail: 'data:image/png;base64,AAAA' };
  it.each([
    ['that the card could draw', DRAWN, true],
    ['that it could not', {}, false],
    ['of a large image, which it does not try', { size: { width: 4000, height: 3000 } }, true],
  ] as const)('keeps what was behind an address %s', async (_what, seen, isKept) => {
    vi.useFakeTimers();
    const onImage = vi.fn();
    const answers = [() => words('A dog')];
    const { runner, store, settled, written } = knowing(undefined, answers, { onImage });
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    await runner.see(job.id, seen);
    await vi.advanceTimersByTimeAsync(1_500);
    vi.useRealTimers();
    const hash = isKept ? await hashOf(await bytes.arrayBuffer()) : undefined;
    await vi.waitFor(() => expect(answerAt(store, job.id)?.imageHash).toBe(hash));
    expect(lastWritten(written)?.imageHash).toBe(hash);
    // For a thumbnail, where there is none yet.
    expect(onImage).toHaveBeenCalledTimes(isKept ? 1 : 0);
  });

  it('keeps what was behind the address at the first question, whatever is behind it later', async () => {
    vi.useFakeTimers();
    const answers = [() => words('A dog'), () => words('A pug')];
    const { runner, store, settled, asked, options } = knowing(undefined, answers);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    const done = store.get(job.id);
    if (done) await store.put({ ...done, thumbnail: 'data:image/png;base64,AAAA' });
    await vi.advanceTimersByTimeAsync(1_500);
    const hash = await hashOf(await bytes.arrayBuffer());
    await vi.waitFor(() => expect(answerAt(store, job.id)?.imageHash).toBe(hash));
    const read = vi.spyOn(options.images, 'bytesOf').mockResolvedValue(new Blob(['cat']));
    await runner.ask(job.id, 'What breed?');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await settled(job.id, 'done');
    await vi.advanceTimersByTimeAsync(1_500);
    expect(read).not.toHaveBeenCalled();
    expect(store.get(job.id)?.turns[0].answers[0].imageHash).toBe(hash);
  });

  it('is asked when it is asked again, also of an answer from the history', async () => {
    const { runner, settled, asked } = knowing(KNOWN, [() => words('A pug.')]);
    const { job } = runner.start(ofBytes);
    await settled(job.id, 'done');
    await runner.retry(job.id, {});
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const state = await settled(job.id, 'done');
    expect(state).toMatchObject({ text: 'A pug.' });
    expect(state).not.toHaveProperty('reusedFrom');
  });

  it('keeps the answer from the history when asking again fails', async () => {
    const { runner, settled } = knowing(KNOWN, [() => refuses(new AppError('keyRefused'))]);
    const { job } = runner.start(ofBytes);
    await settled(job.id, 'done');
    await runner.retry(job.id, {});
    expect(await settled(job.id, 'failed')).toMatchObject({ text: DONE.text, whole: true });
  });

  it.each(['opinion', 'ask'] as const)('is asked as a question of its own: %s', async (how) => {
    const { runner, settled, asked } = knowing(KNOWN, [() => words('A pug.')]);
    const { job } = runner.start(ofBytes);
    await settled(job.id, 'done');
    if (how === 'ask') await runner.ask(job.id, 'What breed?');
    else await runner.opinion(job.id, undefined);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
  });

  it('does not answer a try that came after the one that was stopped', async () => {
    const { runner, settled, answerTo, store } = knowing(undefined, [endless]);
    const found = Promise.withResolvers<CachedAnswer>();
    answerTo.mockReturnValueOnce(found.promise);
    const { job } = runner.start(ofBytes);
    await vi.waitFor(() => expect(answerTo).toHaveBeenCalledOnce());
    await runner.stop(job.id);
    await runner.retry(job.id, {});
    await settled(job.id, 'running');
    found.resolve(KNOWN);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answerAt(store, job.id)?.state.status).toBe('running');
  });
});

describe('the key of a job', () => {
  async function first(...answers: Answer[]) {
    const base = knowing(undefined, [() => words('A dog.'), ...answers]);
    const { job } = base.runner.start(ofBytes);
    await base.settled(job.id, 'done');
    const keyOf = (id: string) => base.store.get(id)?.turns[0].answers[0].contentKey;
    return { ...base, id: job.id, keyOf, key: keyOf(job.id) };
  }

  it('is another one with more room for the answer, and the same for the same', async () => {
    const { runner, settled, id, keyOf, key, asked } = await first(
      () => words('B'),
      () => words('C'),
    );
    await runner.retry(id, {});
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await settled(id, 'done');
    expect(keyOf(id)).toBe(key);
    await runner.retry(id, { longer: true });
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(keyOf(id)).toMatch(/^[\da-f]{64}$/);
    expect(keyOf(id)).not.toBe(key);
  });

  it('is another one for an opinion of another model', async () => {
    const { runner, store, id, keyOf, key, options } = await first(() => words('A pug.'));
    const open = (await options.connections.choose({})) as OpenConnection;
    vi.spyOn(options.connections, 'choose').mockResolvedValue({
      ...open,
      connection: { ...open.connection, model: 'other' },
    });
    await runner.opinion(id, { connectionId: 'c1', model: 'other' });
    const opinion = () => store.get(id)?.turns[0].answers[1];
    await vi.waitFor(() => expect(opinion()?.state.status).toBe('done'));
    expect(opinion()?.contentKey).toMatch(/^[\da-f]{64}$/);
    expect(opinion()?.contentKey).not.toBe(key);
    expect(keyOf(id)).toBe(key);
  });

  it('is another one where another try is about an address', async () => {
    const { runner, settled, id, keyOf, key, options, asked } = await first(() => words('A cat.'));
    vi.spyOn(options.images, 'asBefore').mockResolvedValue({
      url: 'https://images.example.com/cat.jpg',
      sent: { route: 'url' },
    });
    await runner.retry(id, {});
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await settled(id, 'done');
    expect(keyOf(id)).toMatch(/^[\da-f]{64}$/);
    expect(keyOf(id)).not.toBe(key);
  });

  it('stays that of the first question when another one follows', async () => {
    const { runner, settled, id, keyOf, key, asked } = await first(() => words('A pug.'));
    await runner.ask(id, 'What breed?');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await settled(id, 'done');
    expect(keyOf(id)).toBe(key);
  });

  it.each([
    ['stays', 'gpt-6-luna', true],
    ['goes', 'other', false],
  ])('%s where an answer is gone on from by %s', async (_, model, stays) => {
    const { runner, settled, store, options, asked } = knowing(undefined, [
      endless,
      () => words(' x'),
    ]);
    const { job } = runner.start(ofBytes);
    await vi.waitFor(() => expect(answerAt(store, job.id)?.state).toMatchObject({ text: 'A dog' }));
    await runner.stop(job.id);
    const key = answerAt(store, job.id)?.contentKey;
    expect(key).toBeDefined();
    const open = (await options.connections.choose({})) as OpenConnection;
    vi.spyOn(options.connections, 'choose').mockResolvedValue({
      ...open,
      connection: { ...open.connection, model },
    });
    await runner.resume(job.id);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await settled(job.id, 'done');
    expect(answerAt(store, job.id)?.contentKey).toBe(stays ? key : undefined);
  });
});
