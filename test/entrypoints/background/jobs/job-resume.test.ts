import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { MAX_ANSWER_LENGTH } from '../../../../entrypoints/background/jobs/job-answer';
import { AppError, type ErrorCode } from '../../../../utils/core/errors';
import type { ProviderId } from '../../../../utils/core/vision/provider-kind';
import type { VisionEvent, VisionRequest } from '../../../../utils/core/vision/provider';
import { refuses, request, setUp, words, type Answer } from '../../../fixtures/job-runner';
import { answerAt } from '../../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.useRealTimers());

const PART = 'A brown dog runs along a beach';

const { setTimeout: realTimeout } = globalThis;

/**
 * Passes fake time, and real time for hashes, which have no timers: a busy machine takes long for
 * one, and then no retry must be due. Ends once it is so.
 */
async function passTimeUntil(isSo: () => boolean, step = 100): Promise<void> {
  while (!isSo()) {
    await vi.advanceTimersByTimeAsync(step);
    await new Promise((resolve) => realTimeout(resolve, 1));
  }
}

/** Says so much and then breaks. */
const breaks = (...texts: string[]): Answer =>
  async function* broken(): AsyncGenerator<VisionEvent> {
    for (const text of texts) yield { type: 'words', text };
    await Promise.reject(new AppError('answerBroken'));
  };

/** A job of which a part has arrived, by a server of some kind; then it goes on. */
async function resumeAnswer(provider: ProviderId, part: string, ...answers: Answer[]) {
  const base = setUp([]);
  const open = await base.options.connections.choose({});
  if (!open) throw new Error('no connection');
  const asked: VisionRequest[] = [];
  const left = [breaks(part), ...answers];
  const describeWith = (vision: VisionRequest, signal: AbortSignal) => {
    asked.push(vision);
    return (left.shift() ?? (() => refuses(new Error('asked too often'))))(vision, signal);
  };
  const connection = { ...open.connection, provider };
  const connected = { connection, provider: { ...open.provider, describe: describeWith } };
  const run = setUp([], {
    connections: { ...base.options.connections, choose: () => Promise.resolve(connected) },
  });
  const { job } = run.runner.start(request);
  await run.settled(job.id, 'failed');
  const resume = run.runner.resume(job.id);
  return { ...run, asked, id: job.id, resume };
}

describe('"Continue"', () => {
  it('sends what had arrived where the server goes on, and adds what comes', async () => {
    const { settled, asked, id, log } = await resumeAnswer('ollama', PART, () =>
      words(' in', ' the sun.'),
    );
    expect(await settled(id, 'done')).toMatchObject({ text: `${PART} in the sun.` });
    expect(asked.map(({ resumeFrom }) => resumeFrom)).toEqual([undefined, PART]);
    expect(log).toContain(`words ${PART.length}  in`);
  });

  it('begins anew where the server does not go on, and keeps the part until then', async () => {
    const gate = Promise.withResolvers<void>();
    const { settled, asked, id, store } = await resumeAnswer('openai', PART, async function* () {
      await gate.promise;
      yield* words('A cat.');
    });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(answerAt(store, id)?.state).toMatchObject({ text: '', before: { text: PART } });
    gate.resolve();
    expect(await settled(id, 'done')).toMatchObject({ text: 'A cat.' });
    expect(asked[1]).not.toHaveProperty('resumeFrom');
  });

  it.each([400, 422])(
    'begins anew where the model refuses to with %i, which is no try that failed',
    async (status) => {
      vi.useFakeTimers();
      const no = () => refuses(new AppError('requestRefused', { status }));
      const down = () => refuses(new AppError('serverError'));
      const { asked, id, store } = await resumeAnswer('mistral', PART, no, down, down, () =>
        words('A cat.'),
      );
      await passTimeUntil(() => answerAt(store, id)?.state.status === 'done');
      expect(asked.map(({ resumeFrom }) => resumeFrom)).toEqual([
        undefined,
        PART,
        undefined,
        undefined,
        undefined,
      ]);
      expect(answerAt(store, id)?.state).toMatchObject({ status: 'done', text: 'A cat.' });
    },
  );

  it('fails with the part where the server refuses for another reason', async () => {
    const refused = () => refuses(new AppError('keyRefused', { status: 401 }));
    const { settled, asked, id } = await resumeAnswer('mistral', PART, refused);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(await settled(id, 'failed')).toMatchObject({ text: PART });
  });

  it('takes the answer of a model that starts over for what it is', async () => {
    const { settled, id } = await resumeAnswer('mistral', PART, () =>
      words(`${PART}, `, 'and barks.'),
    );
    expect(await settled(id, 'done')).toMatchObject({ text: `${PART}, and barks.` });
  });

  it('goes on from the part in each of three tries', async () => {
    vi.useFakeTimers();
    const down = () => refuses(new AppError('serverError'));
    const { asked, id, store } = await resumeAnswer('ollama', PART, down, down, () =>
      words(' now.'),
    );
    const isIn = (status: string) => () => answerAt(store, id)?.state.status === status;
    await passTimeUntil(isIn('retrying'), 0);
    expect(answerAt(store, id)?.state).toMatchObject({ before: { text: PART } });
    await passTimeUntil(isIn('done'));
    expect(asked.map(({ resumeFrom }) => resumeFrom)).toEqual([undefined, PART, PART, PART]);
    expect(answerAt(store, id)?.state).toMatchObject({ status: 'done', text: `${PART} now.` });
  });

  it('breaks off again with all that has arrived by then', async () => {
    const { settled, id, asked } = await resumeAnswer('ollama', PART, breaks(' in'));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await vi.waitFor(async () =>
      expect(await settled(id, 'failed')).toMatchObject({ text: `${PART} in` }),
    );
  });

  it('leaves out the space at the end, which some servers refuse', async () => {
    const { settled, id, asked } = await resumeAnswer('ollama', `${PART} \n`, () => words(' in'));
    expect(await settled(id, 'done')).toMatchObject({ text: `${PART} in` });
    expect(asked[1]).toHaveProperty('resumeFrom', PART);
  });

  it('is nothing for a whole answer', async () => {
    const { runner, settled, asked } = setUp([() => words(PART)]);
    const { job } = runner.start(request);
    await settled(job.id, 'done');
    await runner.resume(job.id);
    expect(asked).toHaveLength(1);
  });
});

describe('an answer without end', () => {
  const half = 'A'.repeat(MAX_ANSWER_LENGTH / 2);

  it('ends at its most as cut, and the server is let go', async () => {
    let ended = false;
    async function* forEver(): AsyncGenerator<VisionEvent> {
      try {
        for (;;) yield { type: 'words', text: half };
      } finally {
        ended = true;
        await Promise.resolve();
      }
    }
    const { runner, settled, store } = setUp([forEver]);
    const { job } = runner.start(request);
    expect(await settled(job.id, 'done')).toMatchObject({ cut: true });
    expect(answerAt(store, job.id)?.state).toHaveProperty('text.length', MAX_ANSWER_LENGTH);
    expect(ended).toBe(true);
  });

  it('counts what it goes on from', async () => {
    const { settled, id, store } = await resumeAnswer('ollama', half, () => words('B', half, half));
    expect(await settled(id, 'done')).toMatchObject({ cut: true });
    expect(answerAt(store, id)?.state).toHaveProperty('text.length', MAX_ANSWER_LENGTH);
  });

  it('has all its room where it begins anew', async () => {
    const { settled, id } = await resumeAnswer('ollama', half, () => words(half, 'B'));
    expect(await settled(id, 'done')).toMatchObject({ text: `${half}B`, cut: false });
  });
});

describe('before the first word', () => {
  it.each<ErrorCode>(['unreachable', 'serverError', 'rateLimited', 'answerBroken'])(
    '%s is tried three times',
    async (code) => {
      vi.useFakeTimers();
      const down = () => refuses(new AppError(code));
      const { runner, store, asked } = setUp([down, down, () => words('A dog')]);
      const { job } = runner.start(request);
      await passTimeUntil(() => answerAt(store, job.id)?.state.status === 'done');
      expect(asked).toHaveLength(3);
      expect(answerAt(store, job.id)?.state.status).toBe('done');
    },
  );

  it.each<ErrorCode>(['keyRefused', 'timedOut', 'offline', 'contentRefused', 'capReached'])(
    '%s is told at once',
    async (code) => {
      const { runner, settled, asked } = setUp([() => refuses(new AppError(code))]);
      const { job } = runner.start(request);
      await settled(job.id, 'failed');
      expect(asked).toHaveLength(1);
    },
  );

  it('a wait of more than a minute is the person’s to decide', async () => {
    const busy = () => refuses(new AppError('rateLimited', { retryAfterMs: 61_000 }));
    const { runner, settled, asked } = setUp([busy]);
    const { job } = runner.start(request);
    await settled(job.id, 'failed');
    expect(asked).toHaveLength(1);
  });

  it('an empty line is no word', async () => {
    vi.useFakeTimers();
    const { runner, store, asked } = setUp([breaks('\n\n'), () => words('A dog')]);
    const { job } = runner.start(request);
    await passTimeUntil(() => answerAt(store, job.id)?.state.status === 'done');
    expect(asked).toHaveLength(2);
    expect(answerAt(store, job.id)?.state).toMatchObject({ status: 'done', text: 'A dog' });
  });
});
