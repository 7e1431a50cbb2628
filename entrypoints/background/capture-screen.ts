/** Pictures of the screen: what a tab shows of an image, at the pixels of the screen. */
import { browser } from 'wxt/browser';
import { AppError } from '../../utils/errors';
import type { JobImage } from '../../utils/jobs/job-image';
import { pageCalls, type ScreenPart } from '../../utils/messaging/calls';

/** Chrome allows two a second (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`). */
const BETWEEN_MS = 550;
/** A page that is stopped by a dialog of its own answers nobody; others wait for their picture. */
const PAGE_ANSWERS_MS = 5_000;
/** Of the times the browser says "too many": other extensions' pictures count too. */
const TRIES = 3;

export interface ScreenPicture {
  bytes: Blob;
  /** The image is larger than the window; this is the part that fits. */
  partial: boolean;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * A picture of an image as its tab shows it. The tab must be in front of its window.
 *
 * @param pageReady whether our script is in the page; without it only the whole view can be taken.
 * @throws {AppError} `imageUnreadable` where there is nothing to see.
 */
export function captureImage(
  tabId: number,
  image: JobImage,
  pageReady: Promise<boolean>,
  signal: AbortSignal,
): Promise<ScreenPicture> {
  // One after the other, in all tabs: each scrolls its page, and the browser counts them.
  const next = last.then(() => capture(tabId, image, pageReady, signal));
  last = next.then(
    () => pause(),
    () => pause(),
  );
  return next;
}

async function capture(
  tabId: number,
  image: JobImage,
  pageReady: Promise<boolean>,
  signal: AbortSignal,
): Promise<ScreenPicture> {
  signal.throwIfAborted();
  const ready = await pageReady;
  if (!ready && image.kind !== 'view') throw new AppError('imageUnreadable');
  const windowId = await windowShowing(tabId);
  if (!ready) return { bytes: await photograph(windowId), partial: false };
  const to = { tabId, frameId: 0 };
  const prepared = pageCalls.sendMessage('screen.prepare', { image }, to).catch(() => undefined);
  const part = await Promise.race([prepared, pause(PAGE_ANSWERS_MS)]);
  if (!part?.ok) throw new AppError(part?.code ?? 'imageUnreadable');
  try {
    const screen = await photograph(windowId);
    return { bytes: await cut(screen, part.value), partial: !part.value.whole };
  } finally {
    pageCalls.sendMessage('screen.restore', {}, to).catch(() => undefined);
  }
}

/** @throws {AppError} `imageNotInView` where another tab is in front of it. */
async function windowShowing(tabId: number): Promise<number> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  if (!tab) throw new AppError('imageUnreadable');
  if (!tab.active || tab.windowId === undefined) throw new AppError('imageNotInView');
  return tab.windowId;
}

async function photograph(windowId: number): Promise<Blob> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const address = await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
      return await (await fetch(address)).blob();
    } catch (cause) {
      if (attempt === TRIES) throw new AppError('imageUnreadable', {}, { cause });
      await pause();
    }
  }
}

async function cut(screen: Blob, { left, top, width, height }: ScreenPart): Promise<Blob> {
  const bitmap = await createImageBitmap(screen);
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

function pause(milliseconds = BETWEEN_MS): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds);
  });
}
