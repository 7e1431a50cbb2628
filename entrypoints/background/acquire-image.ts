/** The image of a job by one route, ready to send. */
import { AppError, valueOf } from '../../utils/errors';
import { prepareImage, type ImageLimits, type PreparedImage } from '../../utils/image/encode';
import type { Route, Sent } from '../../utils/jobs/job';
import type { JobImage } from '../../utils/jobs/job-image';
import { pageCalls } from '../../utils/messaging/calls';
import { captureImage } from './capture-screen';
import type { KeptPictures } from './kept-pictures';

/** An image as a request takes it, and what is worth saying about it. */
export interface AcquiredImage {
  /** Its public address, or a `data:` URL. */
  url: string;
  sent: Omit<Sent, 'host' | 'model' | 'texts'>;
  /** The bytes as they were found, for a thumbnail. */
  bytes?: Blob;
}

export interface Wish {
  image: JobImage;
  tabId: number;
  /** Under which the prepared picture is kept. */
  keepAs: string;
  /** Kept however many come after it, until it is let go. */
  pinned?: boolean;
  limits: ImageLimits;
  /** Resolves when the tab has our content script; false where it cannot have it. */
  pageReady: Promise<boolean>;
  signal: AbortSignal;
}

export interface ImageSource {
  /**
   * The image by the route asked for.
   *
   * @throws {AppError} `imageUnreadable` where this route cannot serve and another may, or what
   *   `prepareImage` finds wrong with its bytes.
   */
  byRoute(route: Route, wish: Wish): Promise<AcquiredImage>;
  /**
   * The image's bytes as its page has them.
   *
   * @throws {AppError} `imageUnreadable` where the page may not read them.
   */
  bytesOf(wish: Wish): Promise<Blob>;
  /** The picture as it was when it was sent before; `undefined` where none is kept. */
  asBefore(wish: Wish): Promise<AcquiredImage | undefined>;
}

/** @param kept where prepared pictures are kept. */
export function createImageSource(kept: KeptPictures): ImageSource {
  async function asBefore({ keepAs, limits, signal }: Wish): Promise<AcquiredImage | undefined> {
    const before = await kept.get(keepAs);
    if (!before) return undefined;
    const { route, partial } = before;
    const bytes = await blobOf(before.dataUrl);
    const prepared = await prepareImage(bytes, limits, signal);
    const original = before.original ?? prepared.original;
    return { url: prepared.dataUrl, bytes, sent: sentAs(route, prepared, { original, partial }) };
  }

  async function byRoute(route: Route, wish: Wish): Promise<AcquiredImage> {
    const { image, limits, keepAs, pinned, signal } = wish;
    if (route === 'url') return { url: image.srcUrl, sent: { route } };
    if (route === 'given') {
      const given = await asBefore(wish);
      if (!given) throw new AppError('imageGone');
      return given;
    }
    const { bytes, partial } = await findBytes(route, wish);
    const background = () => backdropOf(wish);
    const prepared = await prepareImage(bytes, limits, signal, { background });
    const { original } = prepared;
    const keep = {
      route,
      original,
      ...(partial ? { partial } : {}),
      ...(pinned ? { pinned } : {}),
      ...(image.private ? { private: true } : {}),
    };
    const done = kept.keep({ id: keepAs, dataUrl: prepared.dataUrl, ...keep });
    // A request does not wait for it; what has to be there later does.
    if (pinned) await done;
    return { url: prepared.dataUrl, bytes, sent: sentAs(route, prepared, { original, partial }) };
  }

  return { byRoute, bytesOf: readInPage, asBefore };
}

function sentAs(
  route: Route,
  { mimeType, width, height, byteLength }: PreparedImage,
  { original, partial }: Pick<Sent, 'original' | 'partial'>,
): AcquiredImage['sent'] {
  const facts = { mimeType, width, height, byteLength };
  return { route, ...facts, ...(original ? { original } : {}), ...(partial ? { partial } : {}) };
}

async function findBytes(
  route: 'page' | 'background' | 'screen',
  wish: Wish,
): Promise<{ bytes: Blob; partial?: boolean }> {
  const { image, tabId, pageReady, signal } = wish;
  switch (route) {
    case 'page':
      return { bytes: await readInPage(wish) };
    case 'background':
      return { bytes: await fetchImage(image.srcUrl, signal) };
    case 'screen':
      return await captureImage(tabId, image, pageReady, signal);
  }
}

/** With the tab's cookies: the click granted us its origin, and the person sees it logged in. */
async function fetchImage(url: string, signal: AbortSignal): Promise<Blob> {
  try {
    const response = await fetch(url, { credentials: 'include', signal });
    if (!response.ok) throw new AppError('imageUnreadable', { status: response.status });
    const blob = await response.blob();
    // A sign-in page in place of the picture, say; the screen shows what the person means.
    if (blob.type.startsWith('text/html')) throw new AppError('imageUnreadable');
    return blob;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : new AppError('imageUnreadable', {}, { cause: error });
  }
}

async function readInPage({ image, tabId, pageReady, signal }: Wish): Promise<Blob> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  const answer = await pageCalls
    .sendMessage('image.read', { image }, { tabId, frameId: 0 })
    .catch(() => undefined);
  signal.throwIfAborted();
  if (!answer?.ok) throw new AppError('imageUnreadable');
  return await blobOf(answer.value);
}

/** @throws where the page cannot say. */
async function backdropOf({ image, tabId, pageReady }: Wish): Promise<string> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  return valueOf(await pageCalls.sendMessage('image.backdrop', { image }, { tabId, frameId: 0 }));
}

async function blobOf(dataUrl: string): Promise<Blob> {
  return await (await fetch(dataUrl)).blob();
}
