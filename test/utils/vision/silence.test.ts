import { describe, expect, it } from 'vitest';
import type { VisionEvent, VisionProvider } from '../../../utils/vision/provider';
import { givenUpWhenSilent } from '../../../utils/vision/silence';
import { all, request } from '../../fixtures/openai-server';

const SILENCE_MS = 40;
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

describe('a provider that is given up when silent', () => {
  it('is waited for as long as it says a word now and then', async () => {
    const asked = givenUpWhenSilent(saying(20, 20, 20), SILENCE_MS);
    expect(await all(asked.describe(request, signal))).toHaveLength(3);
  });

  it.each([[[5_000]], [[1, 5_000]]])('is given up after words at %j', async (waits) => {
    const asked = givenUpWhenSilent(saying(...waits), SILENCE_MS);
    await expect(all(asked.describe(request, signal))).rejects.toMatchObject({ code: 'timedOut' });
  });

  it('ends at once when it is stopped, with the reason of that', async () => {
    const stop = new AbortController();
    const asked = all(givenUpWhenSilent(saying(5_000), 4_000).describe(request, stop.signal));
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
    const asked = givenUpWhenSilent(failing, SILENCE_MS).describe(request, signal);
    await expect(all(asked)).rejects.toThrow('its own');
  });
});
