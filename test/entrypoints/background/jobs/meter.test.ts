import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { metered } from '../../../../entrypoints/background/jobs/meter';
import { AppError } from '../../../../utils/core/errors';
import { forgetListedPrices } from '../../../../utils/browser/settings/listed-prices';
import {
  answering,
  CAPPED,
  END,
  failing,
  holds,
  signal,
  spend,
  spent,
  UNPRICED,
  written,
} from '../../../fixtures/metering';
import { all, request } from '../../../fixtures/openai-server';

beforeEach(() => fakeBrowser.reset());

describe('what answers cost', () => {
  it('is said with them, and added to their month', async () => {
    const { provider } = answering({ type: 'words', text: 'A dog.' }, END);
    const events = await all(metered(CAPPED, provider).describe(request, signal));
    expect(events.at(-1)).toMatchObject({ usage: { cost: 0.00015, estimated: true } });
    await all(metered(CAPPED, provider).describe(request, signal));
    await written();
    expect(await spent()).toMatchObject({ answers: 2, inputTokens: 2000, cost: 0.0003 });
  });

  it('of words without a count is what was held for the question, and the words', async () => {
    const { provider } = answering({ type: 'words', text: 'A do' });
    await all(metered(CAPPED, provider).describe(request, signal));
    await written();
    const counted = await spent();
    expect(counted).toMatchObject({ answers: 1, unpriced: 0, outputTokens: 4 });
    // Its image alone may be looked at with 1,105 tokens.
    expect(counted.inputTokens).toBeGreaterThan(1000);
    expect(counted.cost).toBeCloseTo((counted.inputTokens * 0.1 + 4 * 0.5) / 1e6, 10);
  });

  it('of words without a count or a price is known to be unknown', async () => {
    const { provider } = answering({ type: 'words', text: 'A do' });
    await all(metered(UNPRICED, provider).describe(request, signal));
    await written();
    expect(await spent()).toMatchObject({ answers: 1, unpriced: 1, cost: 0 });
  });

  it.each([
    ['answerBroken', 1],
    ['timedOut', 1],
    ['keyRefused', 0],
    ['unreachable', 0],
    ['unexpected', 0],
  ] as const)(
    'of an answer that never came is counted where a server worked: %s',
    async (code, answers) => {
      const metering = metered(
        CAPPED,
        failing(() => Promise.reject(new AppError(code))),
      );
      await expect(all(metering.describe(request, signal))).rejects.toMatchObject({ code });
      await written();
      const { cost, ...counted } = await spent();
      expect(counted).toMatchObject({ answers, unpriced: 0 });
      expect(cost > 0).toBe(answers > 0);
    },
  );

  it('of an answer that a fault of ours kept back is not counted, and holds nothing', async () => {
    const ours = failing(() => Promise.reject(new TypeError('planted')));
    await expect(all(metered(CAPPED, ours).describe(request, signal))).rejects.toThrow('planted');
    await written();
    expect(await spent()).toMatchObject({ answers: 0, cost: 0 });
    expect(await holds()).toEqual([]);
  });

  it('of an answer that was stopped before its first word is counted', async () => {
    const stop = new AbortController();
    const asked = failing(() => {
      stop.abort();
      return Promise.reject(stop.signal.reason as Error);
    });
    await expect(all(metered(CAPPED, asked).describe(request, stop.signal))).rejects.toThrow(
      'aborted',
    );
    await written();
    expect(await spent()).toMatchObject({ answers: 1, unpriced: 0 });
    // What was stopped before it was asked cost nothing, and holds nothing.
    await expect(all(metered(CAPPED, asked).describe(request, stop.signal))).rejects.toThrow(
      'aborted',
    );
    await written();
    expect(await spent()).toMatchObject({ answers: 1 });
    expect(await holds()).toEqual([]);
  });
});

describe('a cap', () => {
  it('stops what might pass it, and sends nothing', async () => {
    await spend(0.009);
    const { provider, asked } = answering(END);
    const refused = all(metered(CAPPED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
    expect(asked()).toBe(0);
  });

  it('counts what is under way: several at once do not pass it unseen', async () => {
    // One may cost 0.0024 dollars at most, by its room for 4,000 tokens and its image.
    await spend(0.005);
    const { provider, asked, hold } = answering({ type: 'words', text: 'A' }, END);
    const resume = hold();
    const asking = Promise.allSettled(
      Array.from({ length: 5 }, () => all(metered(CAPPED, provider).describe(request, signal))),
    );
    await written();
    expect(asked()).toBe(2);
    resume();
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
    const { provider, asked } = answering(END);
    await spend(0.009);
    await all(metered(UNPRICED, provider).describe(request, signal));
    expect(asked()).toBe(1);
    await spend(0.0011);
    const refused = all(metered(UNPRICED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
  });

  it('of a model whose price the server’s list gave is held by that', async () => {
    const { provider, asked } = answering(END);
    const price = { input: 5, output: 20 };
    provider.listModels = () => Promise.resolve([{ id: request.model, price }, { id: 'toString' }]);
    await metered(UNPRICED, provider).listModels(signal);
    // Room for 4,000 tokens is 0.08 dollars.
    const refused = all(metered(UNPRICED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
    const roomy = { ...UNPRICED, monthlyCap: 1 };
    const events = await all(metered(roomy, provider).describe(request, signal));
    expect(events.at(-1)).toMatchObject({ usage: { cost: 0.007, estimated: true } });
    await written();
    await all(metered(UNPRICED, provider).describe({ ...request, model: 'other' }, signal));
    expect(asked()).toBe(2);
    await forgetListedPrices(UNPRICED.id);
    await all(metered(UNPRICED, provider).describe(request, signal));
    expect(asked()).toBe(3);
  });

  it('counts what an answer goes on from, which is asked with it', async () => {
    const { provider, asked } = answering(END);
    // A token for each of its characters is more than the cap has.
    const resumeFrom = 'A'.repeat(100_000);
    const refused = all(metered(CAPPED, provider).describe({ ...request, resumeFrom }, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
    expect(asked()).toBe(0);
  });

  it('begins anew each month', async () => {
    await spend(5, '2020-01');
    const { provider, asked } = answering(END);
    await all(metered(CAPPED, provider).describe(request, signal));
    expect(asked()).toBe(1);
  });
});
