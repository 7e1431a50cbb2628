/** Screenshots: what a tab shows of an image, at the pixels of the screen. */
import pLimit, { type LimitFunction } from 'p-limit';
import { browser } from 'wxt/browser';
import { AppError } from '../../../utils/core/errors';
import { blobOfDataUrl } from '../../../utils/core/image/base64';
import type { ImageFile } from '../../../utils/core/image/open';
import { withTimeout, untilAborted } from '../../../utils/core/with-timeout';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import { callPage } from '../../../utils/browser/messaging/call-page';
import type { ScreenPart } from '../../../utils/browser/messaging/page-calls';
import { wait } from '../jobs/retry-policy';
import { watchTab, type TabInFront } from '../tabs/watch-tab';

/** Chrome allows two a second (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`). */
const BETWEEN_MS = 550;
/** A page that is busy, or blocked by a dialog of its own, does not answer. */
const PAGE_ANSWERS_MS = 5_000;
/** Firefox lets the page draw itself, which a busy one does not. */
const CAPTURE_MS = 5_000;
/** Of the times the browser says "too many": other extensions' screenshots count too. */
const TRIES = 3;

export interface ScreenImage {
  file: ImageFile;
  /** The image is larger than the window; this is the part that fits. */
  partial: boolean;
}

/** One after the other in each tab, since each scrolls its page. No tab waits for another one. */
const turns = new Map<number, LimitFunction>();
/** When the browser allows the next one, by a monotonic clock. */
let nextAt = 0;

/**
 * A screenshot of an image as its tab shows it. The tab must be in front of its window, and stay
 * there at its page until the screenshot is taken.
 *
 * @param pageReady whether our script is in the page; without it only the whole view can be taken.
 * @throws {AppError} `imageUnreadable` where there is nothing to see, `imageNotInView` where another
 *   tab or another page is, or was meanwhile, in front.
 */
export async function captureImage(
  tabId: number,
  image: JobImage,
  pageReady: Promise<boolean>,
  signal: AbortSignal,
): Promise<ScreenImage> {
  const turn = turns.get(tabId) ?? pLimit(1);
  turns.set(tabId, turn);
  try {
    const taken = turn(async () => await capture(tabId, image, pageReady, signal));
    return await untilAborted(taken, signal);
  } finally {
    if (turn.activeCount + turn.pendingCount === 0) turns.delete(tabId);
  }
}

async function capture(
  tabId: number,
  image: JobImage,
  pageReady: Promise<boolean>,
  signal: AbortSignal,
): Promise<ScreenImage> {
  signal.throwIfAborted();
  const windowId = await windowShowing(tabId);
  const ready = await withTimeout(pageReady, PAGE_ANSWERS_MS, signal);
  if (!ready && image.kind !== 'view') throw new AppError('imageUnreadable');
  if (!ready) {
    const tab = { tabId, windowId, address: image.pageUrl };
    return { file: await captureTab(tab, signal), partial: false };
  }
  try {
    const part = await withTimeout(prepare(tabId, image), PAGE_ANSWERS_MS, signal);
    if (!part) throw new AppError('imageUnreadable');
    // The page says where it is once it has been scrolled, which some take as a reason to move on.
    const address = image.kind === 'view' ? image.pageUrl : part.address;
    const screen = await captureTab({ tabId, windowId, address }, signal);
    return { file: await cut(screen, part), partial: !part.whole };
  } finally {
    // Also where it has not answered: it may still do what it was asked for.
    callPage(tabId, 'screen.restore', {}).catch(() => undefined);
  }
}

/**
 * @throws {AppError} what the page says; `imageUnreadable` where it says nothing that can be used.
 */
async function prepare(tabId: number, image: JobImage): Promise<ScreenPart> {
  try {
    return await callPage(tabId, 'screen.prepare', { image });
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('imageUnreadable', {}, { cause });
  }
}

/** @throws {AppError} `imageNotInView` where another tab is in front of it. */
async function windowShowing(tabId: number): Promise<number> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  if (!tab) throw new AppError('imageUnreadable');
  if (!tab.active || tab.windowId === undefined) throw new AppError('imageNotInView');
  return tab.windowId;
}

/** The window as a `data:` URL. */
async function captureTab(tab: TabInFront, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    await nextSlot(signal);
    try {
      return await captureOnce(tab, signal);
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof AppError) throw cause;
      if (attempt === TRIES) throw new AppError('imageUnreadable', {}, { cause });
    }
  }
}

/** The browser takes whatever is in front, so what that is has to be known before and after. */
async function captureOnce(tab: TabInFront, signal: AbortSignal): Promise<string> {
  const watch = watchTab(tab);
  try {
    await watch.mustBeInFront();
    const taken = browser.tabs.captureVisibleTab(tab.windowId, { format: 'png' });
    const screen = await withTimeout(taken, CAPTURE_MS, signal);
    await watch.mustBeInFront();
    if (screen === undefined) throw new AppError('imageUnreadable');
    return screen;
  } finally {
    watch.end();
  }
}

/** Only the calls are spaced, in all tabs: none of them waits until another one has ended. */
async function nextSlot(signal: AbortSignal): Promise<void> {
  const now = performance.now();
  const at = Math.max(now, nextAt);
  nextAt = at + BETWEEN_MS;
  await wait(at - now, signal);
}

async function cut(screen: string, { left, top, width, height }: ScreenPart): Promise<ImageFile> {
  // The whole window is there already.
  if (left === 0 && top === 0 && width === 1 && height === 1) return screen;
  const bitmap = await createImageBitmap(blobOfDataUrl(screen));
  const box = {
    x: Math.floor(left * bitmap.width),
    y: Math.floor(top * bitmap.height),
    width: Math.max(1, Math.round(width * bitmap.width)),
    height: Math.max(1, Math.round(height * bitmap.height)),
  };
  const canvas = new OffscreenCanvas(box.width, box.height);
  canvas.getContext('2d')?.drawImage(bitmap, -box.x, -box.y);
  bitmap.close();
  return await canvas.convertToBlob({ type: 'image/png' });
}
