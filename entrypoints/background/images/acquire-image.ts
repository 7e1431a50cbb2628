/** The image of a job, by the first route that can get it, ready to send. */
import { browser } from 'wxt/browser';
import { AppError, errorCode } from '../../../utils/core/errors';
import { blobOfDataUrl } from '../../../utils/core/image/base64';
import {
  prepareImage,
  type ImageLimits,
  type PreparedImage,
} from '../../../utils/core/image/encode';
import type { ImageFile } from '../../../utils/core/image/open';
import { MAX_READ_MS, readImageResponse } from '../../../utils/core/image/read-response';
import { withTimeout } from '../../../utils/core/with-timeout';
import type { Route, Sent } from '../../../utils/core/jobs/job';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import { routesFor } from '../../../utils/core/jobs/routes';
import { callPage } from '../../../utils/browser/messaging/call-page';
import { captureImage } from './screenshot';
import type { StoredImages } from './stored-images';

/** Behind an image with see-through parts; white serves where a page is too busy to say. */
const BACKDROP_MS = 1_500;

/** An image as a request takes it, and what is worth saying about it. */
export interface AcquiredImage {
  /** Its public address, or a `data:` URL. */
  url: string;
  sent: Omit<Sent, 'host' | 'model' | 'texts'>;
  /** As it was found, for a thumbnail. */
  file?: ImageFile;
}

export interface Wish {
  image: JobImage;
  tabId: number;
  /** Under which the prepared image is kept. */
  keepAs: string;
  /** Kept however many come after it, until it is let go. */
  pinned?: boolean;
  limits: ImageLimits;
  /** Whether the server may be sent an address to download. */
  takesUrls: boolean;
  /** Resolves when the tab has our content script; false where it cannot have it. */
  pageReady: Promise<boolean>;
  signal: AbortSignal;
}

export interface ImageSource {
  /**
   * The image, by the first of its routes that can get it.
   *
   * @throws {AppError} whatever the last route failed with; `imageNotLoaded` where the page itself has
   *   no image there, or what `prepareImage` finds wrong with its bytes, without trying another route.
   */
  acquire(wish: Wish): Promise<AcquiredImage>;
  /**
   * The image's bytes as its page has them.
   *
   * @throws {AppError} `imageUnreadable` where the page may not read them.
   */
  bytesOf(wish: Wish): Promise<Blob>;
  /** The image as it was when it was sent before; `undefined` where none is kept. */
  asBefore(wish: Wish): Promise<AcquiredImage | undefined>;
}

/** @param kept where prepared images are kept. */
export function createImageSource(kept: StoredImages): ImageSource {
  async function asBefore({ keepAs, limits, signal }: Wish): Promise<AcquiredImage | undefined> {
    const before = await kept.get(keepAs);
    if (!before) return undefined;
    const { route, partial, dataUrl: file } = before;
    const prepared = await prepareImage(file, limits, signal);
    const original = before.original ?? prepared.original;
    return { url: prepared.dataUrl, file, sent: sentAs(route, prepared, { original, partial }) };
  }

  async function acquire(wish: Wish): Promise<AcquiredImage> {
    let lastError: unknown = new AppError('imageUnreadable');
    for (const route of routesFor(wish.image, wish)) {
      try {
        return await byRoute(route, wish);
      } catch (error) {
        wish.signal.throwIfAborted();
        if (!anotherRouteMayDo(error, route)) throw error;
        lastError = error;
      }
    }
    throw lastError;
  }

  async function byRoute(route: Route, wish: Wish): Promise<AcquiredImage> {
    const { image, limits, keepAs, pinned, signal } = wish;
    if (route === 'url') return { url: image.srcUrl, sent: { route } };
    if (route === 'given') return notGone(await asBefore(wish));
    const { file, partial } = await findFile(route, wish);
    const background = () => backdropOf(wish);
    const prepared = await prepareImage(file, limits, signal, { background });
    const { original } = prepared;
    const keep = {
      route,
      original,
      ...(partial ? { partial } : {}),
      ...(pinned ? { pinned } : {}),
      ...(image.private ? { private: true } : {}),
    };
    // Whoever removed its job meanwhile has removed what was kept for it, and would not look again.
    signal.throwIfAborted();
    const done = kept.keep({ id: keepAs, dataUrl: prepared.dataUrl, ...keep });
    // A request does not wait for it; what has to be there later does.
    if (pinned) await done;
    return { url: prepared.dataUrl, file, sent: sentAs(route, prepared, { original, partial }) };
  }

  async function bytesOf(wish: Wish): Promise<Blob> {
    return blobOfDataUrl(await read(wish, readInPage));
  }

  return { acquire, bytesOf, asBefore };
}

/** An image that is there. @throws {AppError} `imageGone` where it is stored no more. */
export function notGone(image: AcquiredImage | undefined): AcquiredImage {
  if (!image) throw new AppError('imageGone');
  return image;
}

function anotherRouteMayDo(error: unknown, route: Route): boolean {
  const code = errorCode(error);
  // Without the page's referrer, a server may send anything in place of the image.
  return code === 'imageUnreadable' || (code === 'imageBroken' && route === 'background');
}

function sentAs(
  route: Route,
  { mimeType, width, height, byteLength }: PreparedImage,
  { original, partial }: Pick<Sent, 'original' | 'partial'>,
): AcquiredImage['sent'] {
  const facts = { mimeType, width, height, byteLength };
  return { route, ...facts, ...(original ? { original } : {}), ...(partial ? { partial } : {}) };
}

async function findFile(
  route: 'page' | 'background' | 'screen',
  wish: Wish,
): Promise<{ file: ImageFile; partial?: boolean }> {
  const { image, tabId, pageReady, signal } = wish;
  switch (route) {
    case 'page':
      return { file: await read(wish, readInPage) };
    case 'background':
      return { file: await read(wish, fetchFromTab) };
    case 'screen':
      return await captureImage(tabId, image, pageReady, signal);
  }
}

/** @throws {AppError} `imageUnreadable` where it takes too long. */
async function read<T extends ImageFile>(wish: Wish, by: (wish: Wish) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  try {
    const signal = AbortSignal.any([wish.signal, ended.signal]);
    const file = await withTimeout(by({ ...wish, signal }), MAX_READ_MS, wish.signal);
    if (file === undefined) throw new AppError('imageUnreadable');
    return file;
  } finally {
    ended.abort();
  }
}

/**
 * Of the tab's own site alone: that is what the click has granted. It comes with the tab's cookies,
 * since the person sees it logged in. A host that was granted for a model server is no reason to
 * fetch images from it.
 */
async function fetchFromTab({ image, tabId, signal }: Wish): Promise<Blob> {
  try {
    if (!(await isOfTab(image.srcUrl, tabId))) throw new AppError('imageUnreadable');
    const response = await fetch(image.srcUrl, {
      credentials: 'include',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal,
    });
    return await readImageResponse(response);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : new AppError('imageUnreadable', {}, { cause: error });
  }
}

async function isOfTab(address: string, tabId: number): Promise<boolean> {
  const { origin, protocol } = new URL(address);
  if (protocol === 'data:') return true;
  const { url = '' } = await browser.tabs.get(tabId);
  return /^https?:$/.test(protocol) && URL.canParse(url) && new URL(url).origin === origin;
}

async function readInPage({ image, tabId, pageReady, signal }: Wish): Promise<string> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  signal.throwIfAborted();
  const readId = crypto.randomUUID();
  const stop = () => {
    callPage(tabId, 'image.stopReading', { readId }).catch(() => undefined);
  };
  signal.addEventListener('abort', stop);
  try {
    const dataUrl = await callPage(tabId, 'image.read', { image, readId });
    signal.throwIfAborted();
    return dataUrl;
  } catch (cause) {
    signal.throwIfAborted();
    const code = errorCode(cause) === 'imageNotLoaded' ? 'imageNotLoaded' : 'imageUnreadable';
    throw new AppError(code, {}, { cause });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** @throws where the page cannot say. */
async function backdropOf({ image, tabId, pageReady, signal }: Wish): Promise<string> {
  const asked = async () => {
    if (!(await pageReady)) return undefined;
    return await callPage(tabId, 'image.backdrop', { image });
  };
  const backdrop = await withTimeout(asked(), BACKDROP_MS, signal);
  if (backdrop === undefined) throw new AppError('imageUnreadable');
  return backdrop;
}
