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
import type { Route, Sent } from '../../../utils/core/jobs/answer-state';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import { routesFor } from '../../../utils/core/jobs/routes';
import { fetchEarly } from '../../../utils/page/early-fetch';
import { callPage } from '../../../utils/browser/messaging/call-page';
import type { ReadImage } from '../../../utils/browser/messaging/page-calls';
import { captureImage } from './screenshot';
import type { StoredImages } from './stored-images';

/** Behind an image with see-through parts; white serves where a page is too busy to say. */
const BACKDROP_MS = 1_500;

/** An image as a request takes it, and what is worth saying about it. */
export interface AcquiredImage {
  /** Its public address, or a `data:` URL. */
  url: string;
  sent: Omit<Sent, 'host' | 'model' | 'texts'>;
  /** As it is sent, for a thumbnail. */
  file?: ImageFile;
}

export interface ImageRequest {
  image: JobImage;
  tabId: number;
  /** Under which the prepared image is kept. */
  keepAs: string;
  /** Stays stored however many come after it, until it is removed. */
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
  acquire(imageRequest: ImageRequest): Promise<AcquiredImage>;
  /**
   * The image's bytes as its page has them.
   *
   * @throws {AppError} `imageUnreadable` where the page may not read them.
   */
  bytesOf(imageRequest: ImageRequest): Promise<Blob>;
  /** The image as it was when it was sent before; `undefined` where none is kept. */
  asBefore(imageRequest: ImageRequest): Promise<AcquiredImage | undefined>;
}

/** @param storedImages where prepared images are kept. */
export function createImageSource(storedImages: StoredImages): ImageSource {
  async function asBefore({
    keepAs,
    limits,
    signal,
  }: ImageRequest): Promise<AcquiredImage | undefined> {
    const before = await storedImages.get(keepAs);
    if (!before) return undefined;
    const { route, partial, dataUrl: file } = before;
    const prepared = await prepareImage(file, limits, signal);
    const original = before.original ?? prepared.original;
    return { url: prepared.dataUrl, file, sent: sentAs(route, prepared, { original, partial }) };
  }

  async function acquire(imageRequest: ImageRequest): Promise<AcquiredImage> {
    let lastError: unknown = new AppError('imageUnreadable');
    for (const route of routesFor(imageRequest.image, imageRequest)) {
      try {
        return await byRoute(route, imageRequest);
      } catch (error) {
        imageRequest.signal.throwIfAborted();
        if (!anotherRouteMayDo(error, route)) throw error;
        lastError = error;
      }
    }
    throw lastError;
  }

  async function byRoute(route: Route, imageRequest: ImageRequest): Promise<AcquiredImage> {
    const { image, keepAs, pinned, signal } = imageRequest;
    if (route === 'url') return { url: image.srcUrl, sent: { route } };
    if (route === 'upload') return notGone(await asBefore(imageRequest));
    const { prepared, partial } = await preparedBy(route, imageRequest);
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
    const done = storedImages.keep({ id: keepAs, dataUrl: prepared.dataUrl, ...keep });
    // A request does not wait for it; what has to be there later does.
    if (pinned) await done;
    const sent = sentAs(route, prepared, { original, partial });
    return { url: prepared.dataUrl, file: prepared.dataUrl, sent };
  }

  async function bytesOf(imageRequest: ImageRequest): Promise<Blob> {
    const { file } = await withReadTimeout(imageRequest, readInPage);
    return typeof file === 'string' ? blobOfDataUrl(file) : file;
  }

  return { acquire, bytesOf, asBefore };
}

type ReadRoute = 'page' | 'background' | 'screenshot';

/**
 * The image by a route that reads it. The page may show what no decoder of ours takes: a file that
 * is cut short, a type of its own. Then it draws what it shows.
 */
async function preparedBy(
  route: ReadRoute,
  imageRequest: ImageRequest,
): Promise<{ prepared: PreparedImage; partial: boolean | undefined }> {
  const { limits, signal } = imageRequest;
  const prepare = async ({ file, drawn, partial }: FoundFile) => {
    const background = () => backdropOf(imageRequest);
    return { prepared: await prepareImage(file, limits, signal, { background, drawn }), partial };
  };
  const found = await findFile(route, imageRequest);
  try {
    return await prepare(found);
  } catch (broken) {
    if (route !== 'page' || found.drawn || errorCode(broken) !== 'imageBroken') throw broken;
    try {
      return await prepare(await withReadTimeout(imageRequest, drawnInPage));
    } catch (error) {
      signal.throwIfAborted();
      // It shows nothing either.
      throw errorCode(error) === 'imageNotLoaded' ? broken : error;
    }
  }
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

interface FoundFile extends ReadImage {
  partial?: boolean;
}

async function findFile(route: ReadRoute, imageRequest: ImageRequest): Promise<FoundFile> {
  const { image, tabId, pageReady, signal } = imageRequest;
  switch (route) {
    case 'page':
      fetchSoon(imageRequest);
      return await withReadTimeout(imageRequest, readInPage);
    case 'background':
      return { file: await withReadTimeout(imageRequest, fetchFromTab), drawn: false };
    case 'screenshot':
      return { ...(await captureImage(tabId, image, pageReady, signal)), drawn: true };
  }
}

/** @throws {AppError} `imageUnreadable` where it takes too long. */
async function withReadTimeout<T>(
  imageRequest: ImageRequest,
  by: (imageRequest: ImageRequest) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  try {
    const signal = AbortSignal.any([imageRequest.signal, ended.signal]);
    const file = await withTimeout(
      by({ ...imageRequest, signal }),
      MAX_READ_MS,
      imageRequest.signal,
    );
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
async function fetchFromTab({ image, tabId, signal }: ImageRequest): Promise<Blob> {
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

/**
 * Lets the page fetch the image while our script is still on its way there. Where it cannot, or the
 * address is another by then, the script fetches.
 */
function fetchSoon({ image, tabId }: ImageRequest): void {
  if (!/^https?:/.test(image.srcUrl)) return;
  browser.scripting
    .executeScript({
      target: { tabId },
      injectImmediately: true,
      func: fetchEarly,
      args: [image.srcUrl, MAX_READ_MS],
    })
    .catch(() => undefined);
}

/** As the page draws it, whatever its bytes are. */
function drawnInPage(imageRequest: ImageRequest): Promise<ReadImage> {
  return readInPage(imageRequest, true);
}

async function readInPage(
  { image, tabId, pageReady, signal }: ImageRequest,
  asShown = false,
): Promise<ReadImage> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  signal.throwIfAborted();
  const readId = crypto.randomUUID();
  const stop = () => {
    callPage(tabId, 'image.stopReading', { readId }).catch(() => undefined);
  };
  signal.addEventListener('abort', stop);
  try {
    const read = await callPage(tabId, 'image.read', { image, readId, asShown, blob: new Blob() });
    signal.throwIfAborted();
    return read;
  } catch (cause) {
    signal.throwIfAborted();
    const code = errorCode(cause) === 'imageNotLoaded' ? 'imageNotLoaded' : 'imageUnreadable';
    throw new AppError(code, {}, { cause });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** @throws where the page cannot say. */
async function backdropOf({ image, tabId, pageReady, signal }: ImageRequest): Promise<string> {
  const asked = async () => {
    if (!(await pageReady)) return undefined;
    return await callPage(tabId, 'image.backdrop', { image });
  };
  const backdrop = await withTimeout(asked(), BACKDROP_MS, signal);
  if (backdrop === undefined) throw new AppError('imageUnreadable');
  return backdrop;
}
