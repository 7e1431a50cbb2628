import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createImageSource } from '../../../../entrypoints/background/images/acquire-image';
import type { StoredImages } from '../../../../entrypoints/background/images/stored-images';
import type { ErrorCode, Result } from '../../../../utils/core/errors';
import { dataUrlOf } from '../../../../utils/core/image/base64';
import type { ReadImage } from '../../../../utils/browser/messaging/page-calls';
import { plainPng } from '../../../e2e/harness/png';
import { image } from '../../../fixtures/job-runner';

const PNG = new Uint8Array(plainPng(20, 10));
const NO_IMAGE = new Uint8Array([1, 2, 3]);
const LIMITS = {
  imageTypes: ['image/png', 'image/jpeg'],
  maxImageBytes: 1_000_000,
  rule: { kind: 'unknown', maxSide: 1024 },
} as const;

const failed = (code: ErrorCode): Result<ReadImage> => ({ ok: false, code });
const read = (file: ReadImage['file'], drawn = false): Result<ReadImage> => ({
  ok: true,
  value: { file, drawn },
});

interface Sent {
  type: string;
  data: { asShown?: boolean };
}
type Answer = (answer: { res: unknown }) => void;

/** What the page answers, and what the image's server. */
let inPage: Result<ReadImage>;
/** What it answers when it is asked to draw; the same by default. */
let asShown: Result<ReadImage> | undefined;
let onServer: Response;
/** What the page was asked for. */
let asked: string[];
/** The addresses that it fetched before our script was there. */
let early: unknown[];

beforeEach(() => {
  fakeBrowser.reset();
  inPage = failed('imageUnreadable');
  asShown = undefined;
  onServer = new Response(null, { status: 404 });
  asked = [];
  early = [];
  keep.mockClear();
  Object.assign(fakeBrowser.scripting, {
    executeScript({ args }: { args: unknown[] }) {
      early.push(args[0]);
      return Promise.reject(new Error('no page'));
    },
  });
  Object.assign(fakeBrowser.tabs, {
    // Behind another tab: a screenshot fails by a name of its own.
    get: (id: number) => Promise.resolve({ id, windowId: 1, url: image.pageUrl, active: false }),
    sendMessage: (_: number, { type, data }: Sent, _to: object, answer: Answer) => {
      asked.push(type);
      answer({ res: (data.asShown ? asShown : undefined) ?? inPage });
    },
  });
  vi.stubGlobal('fetch', () => Promise.resolve(onServer));
});

/** Of the tab's own site. */
const own = { ...image, srcUrl: new URL('/dog.png', image.pageUrl).href };

const keep = vi.fn<StoredImages['keep']>(() => Promise.resolve());

function acquire({
  takesUrls = false,
  srcUrl = own.srcUrl,
  limits = LIMITS,
  signal = new AbortController().signal,
} = {}) {
  const storedImages: StoredImages = {
    keep,
    get: () => Promise.resolve(undefined),
    remove: () => Promise.resolve(),
    makeRoom: () => Promise.resolve(),
    unpin: () => Promise.resolve(),
  };
  return createImageSource(storedImages).acquire({
    image: { ...own, srcUrl },
    tabId: 7,
    keepAs: 'a',
    limits,
    takesUrls,
    pageReady: Promise.resolve(true),
    signal,
  });
}

describe('acquire', () => {
  it('gives the address to a server that takes one, and asks nobody', async () => {
    expect(await acquire({ takesUrls: true })).toEqual({ url: own.srcUrl, sent: { route: 'url' } });
    expect(asked).toEqual([]);
    expect(early).toEqual([]);
  });

  it('reads it in the page, which has begun before', async () => {
    inPage = read(new Blob([PNG]));
    expect(await acquire()).toMatchObject({ sent: { route: 'page', width: 20, height: 10 } });
    expect(early).toEqual([own.srcUrl]);
  });

  it('reads it in the page of a browser whose messages carry no bytes', async () => {
    inPage = read(dataUrlOf(PNG, 'image/png'));
    expect(await acquire()).toMatchObject({ sent: { route: 'page', width: 20, height: 10 } });
  });

  it('lets the page draw what it shows and nobody else can open', async () => {
    inPage = read(new Blob([NO_IMAGE]));
    // Not said to be drawn: no decoder runs here.
    asShown = read(new Blob([PNG]));
    expect(await acquire()).toMatchObject({ sent: { route: 'page', width: 20, height: 10 } });
    expect(early).toHaveLength(1);
  });

  it('photographs what the page shows and may not draw', async () => {
    inPage = read(new Blob([NO_IMAGE]));
    asShown = failed('imageUnreadable');
    await expect(acquire()).rejects.toMatchObject({ code: 'imageNotInView' });
  });

  it('calls an image broken that the page does not show either', async () => {
    inPage = read(new Blob([NO_IMAGE]));
    asShown = failed('imageNotLoaded');
    await expect(acquire()).rejects.toMatchObject({ code: 'imageBroken' });
  });

  it('stores nothing of a job that ends while its image is prepared', async () => {
    inPage = read(new Blob([PNG]));
    const controller = new AbortController();
    const limits = {
      ...LIMITS,
      // Looked at in the midst of preparing it.
      get rule() {
        controller.abort(new Error('removed'));
        return LIMITS.rule;
      },
    };
    await expect(acquire({ limits, signal: controller.signal })).rejects.toThrow('removed');
    expect(keep).not.toHaveBeenCalled();
    await acquire();
    expect(keep).toHaveBeenCalledOnce();
  });

  it('downloads what the page may not read', async () => {
    onServer = new Response(PNG);
    expect(await acquire()).toMatchObject({ sent: { route: 'background', width: 20, height: 10 } });
  });

  it.each([
    ['cannot be downloaded either', () => new Response(null, { status: 404 })],
    ['comes as something else', () => new Response(NO_IMAGE)],
  ])('takes a screenshot of what the page may not read and %s', async (_, answer) => {
    onServer = answer();
    await expect(acquire()).rejects.toMatchObject({ code: 'imageNotInView' });
  });

  it.each([
    ['has not loaded', () => failed('imageNotLoaded'), 'imageNotLoaded'],
    ['has as no image', () => read(new Blob([NO_IMAGE])), 'imageBroken'],
  ])('looks no further for what the page %s', async (_, answer, code) => {
    inPage = answer();
    onServer = new Response(PNG);
    await expect(acquire()).rejects.toMatchObject({ code });
  });
});
