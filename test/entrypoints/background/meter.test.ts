import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { metered } from '../../../entrypoints/background/meter';
import { addSpending, monthOf, readSpending, spentIn } from '../../../utils/settings/spending';
import type { Connection } from '../../../utils/vision/connection';
import type { VisionEvent, VisionProvider } from '../../../utils/vision/provider';
import { all, request } from '../../fixtures/openai-server';

const CAPPED: Connection = {
  id: 'capped',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-6-luna',
  monthlyCap: 0.01,
};
const signal = new AbortController().signal;
const END: VisionEvent = {
  type: 'end',
  model: 'gpt-6-luna',
  cut: false,
  streamed: true,
  usage: { inputTokens: 1000, outputTokens: 100 },
};

beforeEach(() => fakeBrowser.reset());

function answering(...events: VisionEvent[]) {
  let asked = 0;
  let gate = Promise.resolve();
  const provider: VisionProvider = {
    async *describe() {
      asked += 1;
      await gate;
      yield* events;
    },
    listModels: () => Promise.resolve([]),
  };
  /** Keeps every answer back until it is called. */
  function hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  }
  return { provider, asked: () => asked, hold };
}

const spent = async () => spentIn(await readSpending(), CAPPED.id, monthOf(Date.now()));

/** Spending is written beside the answer. */
const written = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('what answers cost', () => {
  it('is said with them, and added to their month', async () => {
    const { provider } = answering({ type: 'words', text: 'A dog.' }, END);
    const events = await all(metered(CAPPED, provider).describe(request, signal));
    expect(events.at(-1)).toMatchObject({ usage: { cost: 0.00015, estimated: true } });
    await all(metered(CAPPED, provider).describe(request, signal));
    await written();
    expect(await spent()).toMatchObject({ answers: 2, inputTokens: 2000, cost: 0.0003 });
  });

  it('of words without a count is known to be unknown', async () => {
    const { provider } = answering({ type: 'words', text: 'A do' });
    await all(metered(CAPPED, provider).describe(request, signal));
    await written();
    expect(await spent()).toMatchObject({ answers: 1, unpriced: 1, cost: 0 });
  });
});

describe('a cap', () => {
  const month = monthOf(Date.now());

  it('stops what might pass it, and sends nothing', async () => {
    await addSpending(CAPPED.id, month, { inputTokens: 1, outputTokens: 1, cost: 0.009 });
    const { provider, asked } = answering(END);
    const refused = all(metered(CAPPED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
    expect(asked()).toBe(0);
  });

  it('counts what is under way: several at once do not pass it unseen', async () => {
    // One may cost 0.0024 dollars at most, by its room for 4,000 tokens and its picture.
    await addSpending(CAPPED.id, month, { inputTokens: 1, outputTokens: 1, cost: 0.005 });
    const { provider, asked, hold } = answering({ type: 'words', text: 'A' }, END);
    const goOn = hold();
    const asking = Promise.allSettled(
      Array.from({ length: 5 }, () => all(metered(CAPPED, provider).describe(request, signal))),
    );
    await written();
    expect(asked()).toBe(2);
    goOn();
    const results = await asking;
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });

  it('lets go again what was not used', async () => {
    const { provider, asked } = answering(END);
    for (let at = 0; at < 10; at += 1) {
      await all(metered(CAPPED, provider).describe(request, signal));
    }
    expect(asked()).toBe(10);
  });

  it('of a model without a price stops once it is reached', async () => {
    const unknown = { ...CAPPED, provider: 'custom' as const };
    const { provider, asked } = answering(END);
    await addSpending(CAPPED.id, month, { inputTokens: 1, outputTokens: 1, cost: 0.009 });
    await all(metered(unknown, provider).describe(request, signal));
    expect(asked()).toBe(1);
    await addSpending(CAPPED.id, month, { inputTokens: 1, outputTokens: 1, cost: 0.0011 });
    const refused = all(metered(unknown, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
  });

  it('begins anew each month', async () => {
    await addSpending(CAPPED.id, '2020-01', { inputTokens: 1, outputTokens: 1, cost: 5 });
    const { provider, asked } = answering(END);
    await all(metered(CAPPED, provider).describe(request, signal));
    expect(asked()).toBe(1);
  });
});
