/** The image of a job by one route, ready to send. */
import { AppError } from '../../utils/errors';
import { prepareImage } from '../../utils/image/encode';
import type { Job, Route } from '../../utils/jobs/job';
import { pageCalls } from '../../utils/messaging/calls';
import type { ProviderKind } from '../../utils/vision/catalog';

/** An image as a request takes it, and what is worth saying about it. */
export interface AcquiredImage {
  /** Its public address, or a `data:` URL. */
  url: string;
  /** Of bytes; absent where an address is sent. */
  facts: { mimeType?: string; width?: number; height?: number; byteLength?: number };
  /** The bytes as they were found, for a thumbnail. */
  bytes?: Blob;
}

interface Wish {
  job: Job;
  route: Route;
  kind: Pick<ProviderKind, 'imageTypes' | 'maxImageBytes'>;
  /** Resolves when the tab has our content script; false where it cannot have it. */
  pageReady: Promise<boolean>;
  signal: AbortSignal;
}

/**
 * Gets the image of a job by the route asked for.
 *
 * @throws {AppError} `imageUnreadable` where this route cannot serve and another may;
 *   `imageBroken` or `imageTooLarge` where the bytes are at fault.
 */
export async function acquireImage(wish: Wish): Promise<AcquiredImage> {
  const { job, route, kind, signal } = wish;
  const { srcUrl } = job.image;
  if (route === 'url') return { url: srcUrl, facts: {} };
  const bytes = route === 'page' ? await readInPage(wish) : await fetchImage(srcUrl, signal);
  const { dataUrl, mimeType, width, height, byteLength } = await prepareImage(bytes, kind, signal);
  return { url: dataUrl, facts: { mimeType, width, height, byteLength }, bytes };
}

/** With the tab's cookies: the click granted us its origin, and the person sees it logged in. */
async function fetchImage(url: string, signal: AbortSignal): Promise<Blob> {
  try {
    const response = await fetch(url, { credentials: 'include', signal });
    if (!response.ok) throw new AppError('imageUnreadable', { status: response.status });
    return await response.blob();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : new AppError('imageUnreadable', {}, { cause: error });
  }
}

async function readInPage({ job, pageReady, signal }: Wish): Promise<Blob> {
  if (!(await pageReady)) throw new AppError('imageUnreadable');
  const answer = await pageCalls
    .sendMessage('image.read', { srcUrl: job.image.srcUrl }, { tabId: job.tabId, frameId: 0 })
    .catch(() => undefined);
  signal.throwIfAborted();
  if (!answer?.ok) throw new AppError('imageUnreadable');
  return await (await fetch(answer.value)).blob();
}
