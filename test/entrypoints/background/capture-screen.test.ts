import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { captureImage } from '../../../entrypoints/background/capture-screen';

const VIEW = { kind: 'view', srcUrl: '', documentUrl: '', pageUrl: '', frameId: 0 } as const;
const NOBODY = Promise.resolve(false);

/** What the browser is asked for; it has no screen in these tests. */
const photograph = vi.fn<() => Promise<string>>();

beforeEach(() => {
  fakeBrowser.reset();
  photograph.mockReset().mockResolvedValue('data:image/png;base64,AAAA');
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
  Object.assign(fakeBrowser.tabs, {
    get: (id: number) => Promise.resolve({ id, windowId: 1, active: id === 7 }),
    captureVisibleTab: photograph,
    sendMessage: () => new Promise(() => {}),
  });
});

afterEach(async () => {
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

const capture = (tabId = 7) => captureImage(tabId, VIEW, NOBODY, new AbortController().signal);

/** What a picture fails with, once all the waiting is over. */
async function failureOf(picture: Promise<unknown>): Promise<unknown> {
  const failure = picture.then(
    () => undefined,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return await failure;
}

describe('captureImage', () => {
  it('photographs no more often than the browser allows', async () => {
    const times: number[] = [];
    photograph.mockImplementation(() => {
      times.push(Date.now());
      return Promise.resolve('data:image/png;base64,AAAA');
    });
    const all = Promise.all([capture(), capture(), capture()]);
    await vi.runAllTimersAsync();
    expect(await all).toHaveLength(3);
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
  });

  it('tries again where the browser says it was too often', async () => {
    photograph.mockRejectedValueOnce(new Error('MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND'));
    const picture = capture();
    await vi.runAllTimersAsync();
    expect((await picture).partial).toBe(false);
    expect(photograph).toHaveBeenCalledTimes(2);
  });

  it('gives up in words where the browser never lets it', async () => {
    photograph.mockRejectedValue(new Error('no'));
    expect(await failureOf(capture())).toMatchObject({ code: 'imageUnreadable' });
  });

  it('never photographs another tab that is in front', async () => {
    expect(await failureOf(capture(8))).toMatchObject({ code: 'imageNotInView' });
    expect(photograph).not.toHaveBeenCalled();
  });
});

it('a page that never answers does not keep the others waiting', async () => {
  const element = { ...VIEW, kind: 'element' } as const;
  const stuck = captureImage(7, element, Promise.resolve(true), new AbortController().signal);
  const next = capture();
  expect(await failureOf(stuck)).toMatchObject({ code: 'imageUnreadable' });
  expect((await next).partial).toBe(false);
});
