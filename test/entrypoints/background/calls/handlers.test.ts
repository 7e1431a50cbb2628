import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Dependencies } from '../../../../entrypoints/background/calls/dependencies';
import { backgroundListeners } from '../../../../entrypoints/background/calls/handlers';

beforeEach(() => fakeBrowser.reset());

/** The handlers over parts, asked as our own pages ask. */
function withParts(parts: object) {
  const calls = backgroundListeners({ describe: {}, ...parts } as unknown as Dependencies);
  const sender = { id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('/popup.html') };
  return async (name: string, data: object) => await calls.get(name)?.({ data, sender });
}

describe('what a page of ours names in a call', () => {
  it('is the preset that an image of a list is asked about with', async () => {
    Object.assign(fakeBrowser.tabs, {
      get: () => Promise.resolve({ url: 'https://a.example/', incognito: false }),
    });
    const picked = vi.fn<Dependencies['describe']['picked']>().mockResolvedValue('job');
    const call = withParts({ describe: { picked } });
    const image = { imageId: 'p', type: 'image', srcUrl: '', documentUrl: '' };
    await call('image.describe', { image, tabId: 7, presetId: 'long' });
    expect(picked.mock.lastCall?.[2]).toEqual({ presetId: 'long', withoutCard: true });
  });
});

describe('a list of models', () => {
  it('of a server that says nothing is given up after a minute', async () => {
    vi.useFakeTimers();
    let asked: AbortSignal | undefined;
    const listModels = async (signal: AbortSignal) => {
      asked = signal;
      return await new Promise<never>(() => undefined);
    };
    const byId = () => Promise.resolve({ provider: { listModels } });
    const call = withParts({ connections: { byId } });
    const over = vi.fn<(answer: unknown) => void>();
    void call('connection.models', { connectionId: 'a' }).then(over);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(over.mock.lastCall?.[0]).toMatchObject({ code: 'timedOut' });
    expect(asked?.aborted).toBe(true);
    vi.useRealTimers();
  });
});
