import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { metered, settleLeftHolds } from '../../../../entrypoints/background/jobs/meter';
import { AppError } from '../../../../utils/core/errors';
import { discardUnknown, readUnknownParts } from '../../../../utils/browser/settings/settings';
import { forgetSpending } from '../../../../utils/browser/settings/spending';
import type { VisionProvider } from '../../../../utils/core/vision/provider';
import {
  answering,
  CAPPED,
  dieInMidStream,
  END,
  failing,
  holds,
  month,
  signal,
  spend,
  spent,
  stored,
  UNPRICED,
  written,
} from '../../../fixtures/metering';
import { all, request } from '../../../fixtures/openai-server';

beforeEach(() => fakeBrowser.reset());

describe('what a request may cost at most', () => {
  it('is written down before it leaves, and settled when its answer ends', async () => {
    let before: unknown;
    const { provider } = answering(END);
    const asking: VisionProvider = {
      ...provider,
      async *describe(...asked) {
        before = await holds();
        yield* provider.describe(...asked);
      },
    };
    await all(metered(CAPPED, asking).describe(request, signal));
    expect(before).toMatchObject([
      { connectionId: CAPPED.id, month, most: { outputTokens: request.maxTokens } },
    ]);
    await written();
    expect(await holds()).toEqual([]);
    expect(await spent()).toMatchObject({ answers: 1, outputTokens: 100 });
  });

  it('is on the disk before the request leaves, however long that takes', async () => {
    const { promise: disk, resolve: write } = Promise.withResolvers<void>();
    const local: { set(items: object): Promise<void> } = fakeBrowser.storage.local;
    const slow = vi.spyOn(local, 'set').mockReturnValueOnce(disk);
    onTestFinished(() => slow.mockRestore());
    const { provider, asked } = answering(END);
    const asking = all(metered(CAPPED, provider).describe(request, signal));
    await vi.waitFor(() => expect(slow).toHaveBeenCalled());
    await written();
    expect(asked()).toBe(0);
    write();
    await asking;
    expect(asked()).toBe(1);
  });

  it('keeps no request waiting for the disk without a cap, and is counted once', async () => {
    const { promise: disk, resolve: write } = Promise.withResolvers<void>();
    const local = fakeBrowser.storage.local as { set(items: object): Promise<void> };
    const set = local.set.bind(local);
    const slow = vi.spyOn(local, 'set').mockImplementationOnce(async (items) => {
      await disk;
      await set(items);
    });
    onTestFinished(() => slow.mockRestore());
    const { monthlyCap: _cap, ...uncapped } = CAPPED;
    const { provider, asked } = answering(END);
    await all(metered(uncapped, provider).describe(request, signal));
    expect(asked()).toBe(1);
    write();
    await vi.waitFor(async () => expect(await spent()).toMatchObject({ answers: 1 }));
    expect(await holds()).toEqual([]);
  });

  it('is let go where no server has worked', async () => {
    const unreachable = failing(() => Promise.reject(new AppError('unreachable')));
    const asking = all(metered(CAPPED, unreachable).describe(request, signal));
    await expect(asking).rejects.toThrow('unreachable');
    await written();
    expect(await holds()).toEqual([]);
    expect(await spent()).toMatchObject({ answers: 0, cost: 0 });
  });

  it('counts as spent where the background died, once, at the next start', async () => {
    const died = await dieInMidStream();
    // One that is under way here is nobody else's to settle.
    const { provider, hold } = answering(END);
    const resume = hold();
    const here = all(metered(CAPPED, provider).describe(request, signal));
    await written();
    await Promise.all([settleLeftHolds(), settleLeftHolds()]);
    const counted = await spent();
    expect(counted).toMatchObject({ answers: 1, unpriced: 0, outputTokens: request.maxTokens });
    expect(counted.cost).toBeCloseTo((counted.inputTokens * 0.1 + 4_000 * 0.5) / 1e6, 10);
    expect(await holds()).toHaveLength(1);
    // Were it not dead at all, it would not count its answer again.
    await died.return?.();
    await written();
    expect(await spent()).toEqual(counted);
    resume();
    await here;
    await written();
    expect(await spent()).toMatchObject({ answers: 2 });
    expect(await holds()).toEqual([]);
  });

  it('counts against the cap until then', async () => {
    // One may cost 0.0024 dollars at most.
    await spend(0.006);
    await dieInMidStream();
    const { provider, asked } = answering(END);
    const refused = all(metered(CAPPED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'capReached' });
    expect(asked()).toBe(0);
  });

  it('is not known of a model without a price, and its answer is counted', async () => {
    await dieInMidStream(UNPRICED);
    await settleLeftHolds();
    expect(await spent()).toMatchObject({ answers: 1, unpriced: 1, cost: 0 });
  });

  it('is forgotten with its connection', async () => {
    const died = await dieInMidStream();
    await forgetSpending(CAPPED.id);
    await settleLeftHolds();
    await died.return?.();
    await written();
    expect(await stored()).toEqual({ spending: {}, spendingHolds: [] });
  });
});

describe('a count', () => {
  it.each([{ cost: Number.NaN }, { cost: -100 }, { inputTokens: -1 }, { outputTokens: Infinity }])(
    'that can be none is taken for the most that it can be: %o',
    async (wrong) => {
      const usage = { inputTokens: 1, outputTokens: 1, ...wrong };
      const { provider } = answering({ ...END, usage });
      await all(metered(CAPPED, provider).describe(request, signal));
      await written();
      const counted = await spent();
      expect(counted).toMatchObject({ answers: 1, outputTokens: request.maxTokens });
      expect(counted.cost).toBeGreaterThan(0);
    },
  );
});

describe('spending that cannot be read', () => {
  it.each<Record<string, unknown>>([
    { spending: 'of a newer version' },
    { spending: { capped: { [month]: { answers: 1, cost: -5 } } } },
    { spendingHolds: [{ of: 'a newer version' }] },
    { spending: {}, spending$: { v: 2 } },
    { spendingHolds: [], spendingHolds$: { v: 2 } },
  ])('is left as it is, and a cap lets nothing pass: %o', async (unreadable) => {
    await fakeBrowser.storage.local.set(unreadable);
    const { provider, asked } = answering({ type: 'words', text: 'A dog.' }, END);
    const refused = all(metered(CAPPED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'spendingUnreadable' });
    expect(asked()).toBe(0);
    // Without a cap, there is none to pass.
    const { monthlyCap: _cap, ...uncapped } = CAPPED;
    await all(metered(uncapped, provider).describe(request, signal));
    expect(asked()).toBe(1);
    await settleLeftHolds();
    await forgetSpending(CAPPED.id);
    await written();
    expect(await stored()).toEqual(unreadable);
    // Told in settings, where it can be discarded.
    expect(await readUnknownParts()).toEqual(['spending']);
    await discardUnknown('spending');
    expect(await readUnknownParts()).toEqual([]);
    await all(metered(CAPPED, provider).describe(request, signal));
    await written();
    expect(await spent()).toMatchObject({ answers: 1 });
  });

  it('is discarded without what can be read', async () => {
    await spend(0.006);
    await fakeBrowser.storage.local.set({ spendingHolds: 'of a newer version' });
    await discardUnknown('spending');
    expect(await spent()).toMatchObject({ answers: 1, cost: 0.006 });
  });

  it('in part keeps the fields that a newer version added', async () => {
    const inMonth = { answers: 1, inputTokens: 1, outputTokens: 1, cost: 0.001, unpriced: 0 };
    const most = { inputTokens: 1, outputTokens: 1, thinking: 7 };
    const hold = { id: 'h', connectionId: 'b', month, life: 'other', most, mood: 'good' };
    await fakeBrowser.storage.local.set({
      spending: { [CAPPED.id]: { [month]: { ...inMonth, images: 3 } } },
      spendingHolds: [hold],
    });
    const { provider } = answering(END);
    await all(metered(CAPPED, provider).describe(request, signal));
    await written();
    expect(await stored()).toMatchObject({
      spending: { [CAPPED.id]: { [month]: { answers: 2, images: 3 } } },
      spendingHolds: [hold],
    });
  });

  it('is not made by writing that fails: with a cap nothing is sent, without one it is', async () => {
    const full = vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('QUOTA'));
    onTestFinished(() => full.mockRestore());
    const { provider, asked } = answering(END);
    const refused = all(metered(CAPPED, provider).describe(request, signal));
    await expect(refused).rejects.toMatchObject({ code: 'storageFailed' });
    expect(asked()).toBe(0);
    const { monthlyCap: _cap, ...uncapped } = CAPPED;
    await all(metered(uncapped, provider).describe(request, signal));
    expect(asked()).toBe(1);
  });
});
