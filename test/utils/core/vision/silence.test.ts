import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VisionEvent, VisionProvider } from '../../../../utils/core/vision/provider';
import { withSilenceLimit, startSilenceTimer } from '../../../../utils/core/vision/silence';
import { all, request } from '../../../fixtures/openai-server';

const SILENCE_MS = 40_000;
const WORD: VisionEvent = { type: 'words', text: 'A' };
const signal = new AbortController().signal;

/** Says a word after each of these times, and hears no abort. */
function saying(...waits: number[]): VisionProvider {
  return {
    async *describe() {
      for (const wait of waits) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        yield WORD;
      }
    },
    listModels: () => Promise.resolve([]),
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a provider that is given up when silent', () => {
  it('is waited for as long as it says a word now and then', async () => {
    const asked = withSilenceLimit(saying(30_000, 30_000, 30_000), SILENCE_MS);
    const words = all(asked.describe(request, signal));
    await vi.advanceTimersByTimeAsync(90_000);
    expect(await words).toHaveLength(3);
  });

  it.each([[[50_000]], [[1, 50_000]]])('is given up after words at %j', async (waits) => {
    const asked = withSilenceLimit(saying(...waits), SILENCE_MS);
    await Promise.all([
      expect(all(asked.describe(request, signal))).rejects.toMatchObject({ code: 'timedOut' }),
      vi.advanceTimersByTimeAsync(SILENCE_MS + 1),
    ]);
  });

  it('ends at once when it is stopped, with the reason of that', async () => {
    const stop = new AbortController();
    const asked = all(withSilenceLimit(saying(5_000), 4_000).describe(request, stop.signal));
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });

  it('fails as it fails', async () => {
    const failing: VisionProvider = {
      ...saying(),
      // oxlint-disable-next-line require-yield -- it comes to none
      async *describe() {
        await Promise.reject(new Error('its own'));
      },
    };
    const asked = withSilenceLimit(failing, SILENCE_MS).describe(request, signal);
    await expect(all(asked)).rejects.toThrow('its own');
  });
});

describe('the network', () => {
  /** A timer of two minutes, and what is known of the network. */
  function listening() {
    const network = { isOffline: false };
    const silence = startSilenceTimer(120_000, () => network.isOffline);
    return { silence, network };
  }

  it('is missed after three seconds without it, not after two minutes', () => {
    const { silence, network } = listening();
    vi.advanceTimersByTime(10_000);
    network.isOffline = true;
    vi.advanceTimersByTime(2_900);
    expect(silence.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(silence.signal.reason).toMatchObject({ code: 'offline' });
  });

  it('may be away for a moment', () => {
    const { silence, network } = listening();
    for (let at = 0; at < 20; at += 1) {
      network.isOffline = !network.isOffline;
      vi.advanceTimersByTime(2_000);
    }
    expect(silence.signal.aborted).toBe(false);
  });

  it('is not missed while something is heard', () => {
    const { silence, network } = listening();
    network.isOffline = true;
    for (let at = 0; at < 20; at += 1) {
      vi.advanceTimersByTime(2_000);
      silence.restart();
    }
    expect(silence.signal.aborted).toBe(false);
  });

  it('is asked about no more once it is over', () => {
    const { silence, network } = listening();
    silence.stop();
    network.isOffline = true;
    vi.advanceTimersByTime(300_000);
    expect(silence.signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
