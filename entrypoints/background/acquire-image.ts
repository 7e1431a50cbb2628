/** The image of a job by one route, ready to send. */
import { AppError, valueOf } from '../../utils/errors';
import { prepareImage, type ImageLimits, type PreparedImage } from '../../utils/image/encode';
import type { Job, Route, Sent } from '../../utils/jobs/job';
import { pageCalls } from '../../utils/messaging/calls';
import { captureImage } from './capture-screen';
import type { KeptPictures } from './kept-pictures';

/** An image as a request takes it, and what is worth saying about it. */
export interface AcquiredImage {
  /** Its public address, or a `data:` URL. */
  url: string;
  sent: Omit<Sent, 'host' | 'model'>;
  /** The bytes as they were found, for a thumbnail. */
  bytes?: Blob;
}

export interface Wish {
  job: Job;
  limits: ImageLimits;
  /** Resolves when the tab has our content script; false where it cannot have it. */
  pageReady: Promise<boolean>;
  signal: AbortSignal;
}

export interface ImageSource {
  /**
   * The image of a job by the route asked for.
   *
   * @throws {AppError} `imageUnreadable` where this route cannot serve and another may, or what
   *   `prepareImage` finds wrong with its bytes.
   */
  byRoute(route: Route, wish: Wish): Promise<AcquiredImage>;
  /** The picture as it was when the job was asked before; `undefined` where none is kept. */
  asBefore(wish: Wish): Promise<AcquiredImage | undefined>;
}

/** @param kept where prepared pictures are kept. */
export function createImageSource(kept: KeptPictures): ImageSource {
  async function asBefore({ job, limits, signal }: Wish): Promise<AcquiredImage | undefined> {
    const before = await kept.get(job.id);
    if (!before) return undefined;
    const { route, partial } = before;
    const bytes = await blobOf(before.dataUrl);
    const prepared = await prepareImage(bytes, limits, signal);
    const original = before.original ?? prepared.original;
    return { url: prepared.dataUrl, bytes, sent: sentAs(route, prepared, { original, partial }) };
  }

  async function byRoute(route: Route, wish: Wish): Promise<AcquiredImage> {
    const { job, limits, pageReady, signal } = wish;
    if (route === 'url') return { url: job.image.srcUrl, sent: { route } };
    if (route === 'given') {
      const given = await asBefore(wish);
      if (!given) throw new AppError('imageGone');
      return given;
    }
    const { bytes, partial } = await findBytes(route, wish);
    const background = () => backdropOf(job, pageReady);
    const prepared = await prepareImage(bytes, limits, signal, { background });
    const { original } = prepared;
    const keep = { route, original, ...(partial ? { partial } : {}) };
    void kept.keep({ jobId: job.id, dataUrl: prepared.dataUrl, ...keep });
    return { url: prepared.dataUrl, bytes, sent: sentAs(route, prepared, { original, partial }) };
  }

  return { byRoute, asBefore };
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
  { job, pageReady, signal }: Wish,
): Promise<{ bytes: Blob; partial?: boolean }> {
  switch (route) {
    case 'page':
      return { bytes: await readInPage(job, pageReady, signal) };
    case 'background':
      return { bytes: await fetchImage(job.image.srcUrl, signal) };
    case 'screen':
      return await captureImage(job.tabId, job.image, pageReady, signal);
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

async function readInPage(
  { image, tabId }: Job,
  pageReady: Promise<boolean>,
  signal: AbortSignal,
): Promise<Blob> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  const answer = await pageCalls
    .sendMessage('image.read', { image }, { tabId, frameId: 0 })
    .catch(() => undefined);
  signal.throwIfAborted();
  if (!answer?.ok) throw new AppError('imageUnreadable');
  return await blobOf(answer.value);
}

/** @throws where the page cannot say. */
async function backdropOf({ image, tabId }: Job, pageReady: Promise<boolean>): Promise<string> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  return valueOf(await pageCalls.sendMessage('image.backdrop', { image }, { tabId, frameId: 0 }));
}

async function blobOf(dataUrl: string): Promise<Blob> {
  return await (await fetch(dataUrl)).blob();
}
