import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { captureImage } from '../../../../entrypoints/background/images/screenshot';
import type { JobImage } from '../../../../utils/core/jobs/job-image';

const HERE = 'https://pages.example.com/here';
const VIEW = { kind: 'view', srcUrl: '', documentUrl: HERE, pageUrl: HERE, frameId: 0 } as const;
const ELEMENT = { ...VIEW, kind: 'element', srcUrl: `${HERE}/a.png` } as const;
const NOBODY = Promise.resolve(false);
const SCRIPT = Promise.resolve(true);
const WHOLE = { left: 0, top: 0, width: 1, height: 1, whole: true };
const PIXELS = 'data:image/png;base64,AAAA';

type Answer = (answer: { res: unknown }) => void;

/** What the browser is asked for; it has no screen in these tests. */
const photograph = vi.fn<() => Promise<string>>();
/** What the page is asked for. */
const prepare = vi.fn<() => Promise<unknown>>();
/** Which tabs are in front of a window, and where they are. */
let front = { tabIds: [7], windowId: 1, url: HERE };
/** The browser's limit counts on from one test to the next. */
let clock = 0;

beforeEach(() => {
  fakeBrowser.reset();
  front = { tabIds: [7], windowId: 1, url: HERE };
  photograph.mockReset().mockResolvedValue(PIXELS);
  prepare.mockReset().mockImplementation(() => {
    return Promise.resolve({ ok: true, value: { ...WHOLE, address: HERE } });
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  vi.advanceTimersByTime((clock += 1_000_000));
  Object.assign(fakeBrowser.tabs, {
    get: (id: number) => {
      const { tabIds, windowId, url } = front;
      return Promise.resolve({ id, windowId, url, active: tabIds.includes(id) });
    },
    captureVisibleTab: photograph,
    sendMessage: (_: number, { type }: { type: string }, _to: object, answer: Answer) => {
      const asked = type === 'screen.prepare' ? prepare() : Promise.resolve({ ok: true });
      void asked.then((res) => answer({ res }));
    },
  });
  // There is no canvas here; whether an image was taken at all is what these tests are about.
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width: 10, height: 10, close: () => undefined }),
  );
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => null;
      convertToBlob = () => Promise.resolve(new Blob(['cut']));
    },
  );
});

afterEach(async () => {
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

const capture = (image: JobImage = VIEW, pageReady = NOBODY, tabId = 7) =>
  captureImage(tabId, image, pageReady, new AbortController().signal);

/** What a screenshot ends as, once all the waiting is over. */
async function endOf(image: Promise<unknown>): Promise<unknown> {
  const end = image.then(
    () => 'taken',
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return await end;
}

async function activate(tabId: number): Promise<void> {
  front.tabIds = [tabId];
  await fakeBrowser.tabs.onActivated.trigger({ tabId, windowId: 1 });
}

describe('captureImage', () => {
  it('photographs no more often than the browser allows', async () => {
    const times: number[] = [];
    photograph.mockImplementation(() => {
      times.push(Date.now());
      return Promise.resolve(PIXELS);
    });
    const all = Promise.all([capture(), capture(), capture()]);
    await vi.runAllTimersAsync();
    expect(await all).toHaveLength(3);
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
  });

  it('waits no longer where the clock is set back', async () => {
    expect(await endOf(capture())).toBe('taken');
    vi.setSystemTime(Date.now() - 86_400_000);
    const next = capture();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(photograph).toHaveBeenCalledTimes(2);
    await next;
  });

  it('tries again where the browser says it was too often', async () => {
    photograph.mockRejectedValueOnce(new Error('MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND'));
    expect(await endOf(capture())).toBe('taken');
    expect(photograph).toHaveBeenCalledTimes(2);
  });

  it('gives up in words where the browser never lets it', async () => {
    photograph.mockRejectedValue(new Error('no'));
    expect(await endOf(capture())).toMatchObject({ code: 'imageUnreadable' });
  });

  it('never photographs another tab that is in front', async () => {
    expect(await endOf(capture(VIEW, NOBODY, 8))).toMatchObject({ code: 'imageNotInView' });
    expect(photograph).not.toHaveBeenCalled();
  });

  it('cuts out the part of the screen that the page names', async () => {
    const part = { ...WHOLE, left: 0.5, width: 0.5, whole: false, address: HERE };
    prepare.mockResolvedValue({ ok: true, value: part });
    const taken = capture(ELEMENT, SCRIPT);
    await vi.runAllTimersAsync();
    expect(await taken).toEqual({ file: new Blob(['cut']), partial: true });
  });

  it('leaves the whole window as the browser gave it', async () => {
    const taken = capture(VIEW, SCRIPT);
    await vi.runAllTimersAsync();
    expect(await taken).toEqual({ file: PIXELS, partial: false });
  });

  it('takes no other tab that comes to the front while the page prepares', async () => {
    prepare.mockImplementation(async () => {
      await activate(8);
      return { ok: true, value: { ...WHOLE, address: HERE } };
    });
    expect(await endOf(capture(ELEMENT, SCRIPT))).toMatchObject({ code: 'imageNotInView' });
    expect(photograph).not.toHaveBeenCalled();
  });
});

describe('a screenshot is thrown away where', () => {
  const LEAVES = {
    'another tab came to the front': () => activate(8),
    'another tab was in front for a moment': async () => {
      await activate(8);
      await activate(7);
    },
    'the tab was moved to another window': () => void (front.windowId = 2),
    'the tab went to another page': () => void (front.url = 'https://pages.example.com/there'),
    'the tab went where we may not look': () => void (front.url = ''),
    'the tab went to another page for a moment': async () => {
      await fakeBrowser.tabs.onUpdated.trigger(7, { url: 'https://elsewhere.example/' }, {
        id: 7,
      } as Browser.tabs.Tab);
    },
  };

  it.each(Object.entries(LEAVES))('%s', async (_, leave) => {
    photograph.mockImplementation(async () => {
      await leave();
      return PIXELS;
    });
    expect(await endOf(capture(ELEMENT, SCRIPT))).toMatchObject({ code: 'imageNotInView' });
  });

  it('this happens before a second try', async () => {
    photograph.mockImplementationOnce(async () => {
      await activate(8);
      throw new Error('too often');
    });
    expect(await endOf(capture(ELEMENT, SCRIPT))).toMatchObject({ code: 'imageNotInView' });
    expect(photograph).toHaveBeenCalledTimes(1);
  });

  it('the page was another one by the time it was asked', async () => {
    front.url = 'https://pages.example.com/there';
    expect(await endOf(capture())).toMatchObject({ code: 'imageNotInView' });
    expect(photograph).not.toHaveBeenCalled();
  });
});

it('a part of a page that is only scrolled to is no other page', async () => {
  front.url = `${HERE}#part-2`;
  expect(await endOf(capture(ELEMENT, SCRIPT))).toBe('taken');
});

describe('a tab that hangs', () => {
  const HANGS = {
    'before our script is in it': [ELEMENT, new Promise<boolean>(() => {})],
    'when it is to prepare': [ELEMENT, SCRIPT],
  } as const;

  it.each(Object.entries(HANGS))('%s keeps no other tab waiting', async (_, [image, pageReady]) => {
    prepare.mockReturnValue(new Promise(() => {}));
    front.tabIds = [7, 8];
    const stuck = endOf(capture(image, pageReady));
    const begun = Date.now();
    const other = capture(VIEW, NOBODY, 8).then(() => Date.now() - begun);
    expect(await stuck).toMatchObject({ code: 'imageUnreadable' });
    expect(await other).toBeLessThan(1_000);
  });

  it('while it is captured keeps no other tab waiting', async () => {
    photograph.mockReturnValueOnce(new Promise(() => {}));
    front.tabIds = [7, 8];
    const stuck = endOf(capture());
    const begun = Date.now();
    const other = capture(VIEW, NOBODY, 8).then(() => Date.now() - begun);
    expect(await stuck).toMatchObject({ code: 'imageUnreadable' });
    expect(await other).toBeLessThan(1_000);
  });

  it('is waited for no longer once the job is stopped', async () => {
    prepare.mockReturnValue(new Promise(() => {}));
    const controller = new AbortController();
    const begun = Date.now();
    const stuck = captureImage(7, ELEMENT, SCRIPT, controller.signal).catch(
      () => Date.now() - begun,
    );
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    expect(await stuck).toBe(100);
  });
});
