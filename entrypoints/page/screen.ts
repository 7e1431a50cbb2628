/** Makes a screenshot possible: the image in view, and nothing of ours before it. */
import { AppError } from '../../utils/core/errors';
import type { JobImage } from '../../utils/core/jobs/job-image';
import type { ScreenPart } from '../../utils/browser/messaging/page-calls';
import { ancestorsOf } from '../../utils/page/tree';
import type { Box } from '../../utils/page/place';
import { hasFailed } from '../../utils/page/load-state';
import { boxOf, elementOf } from '../../utils/page/job-targets';
import { hideHosts } from '../../utils/page/top-layer';

/** A background that dies in between must not leave the cards hidden. */
const RESTORE_AFTER_MS = 4_000;
/** A window that paints no frames, one that is covered, say, has nothing to wait for. */
const FRAME_WAIT_MS = 300;
/** Scrolling fires lazy loaders; their image is worth a moment. */
const LAZY_WAIT_MS = 2_000;

let undo: (() => void) | undefined;

/**
 * Scrolls an image into view, hides what is ours, and says where it stands.
 *
 * @throws {AppError} `imageUnreadable` where the image is not on the page any more, `imageNotLoaded`
 *   where the browser itself shows no image there.
 */
export async function prepareScreen(image: JobImage): Promise<ScreenPart> {
  restoreScreen();
  if (image.kind === 'view') {
    await hideUntilRestored(() => {});
    return { left: 0, top: 0, width: 1, height: 1, whole: true, address: location.href };
  }
  const element = elementOf(image);
  const back = bringIntoView(element, boxOf(image));
  if (element?.localName === 'img') await loaded(element as HTMLImageElement);
  await hideUntilRestored(back);
  const box = boxOf(image);
  if (!box) {
    restoreScreen();
    throw new AppError('imageUnreadable');
  }
  return partOf(box);
}

/** Puts everything back as it was. */
export function restoreScreen(): void {
  undo?.();
  undo = undefined;
}

async function hideUntilRestored(back: () => void): Promise<void> {
  const show = hideHosts();
  const timer = setTimeout(restoreScreen, RESTORE_AFTER_MS);
  undo = () => {
    clearTimeout(timer);
    show();
    back();
  };
  // Two frames: the first draws the change, the second begins when it is on the screen.
  await nextFrame();
  await nextFrame();
}

/** Scrolls no more than it must, and gives the way back. */
function bringIntoView(element: Element | undefined, box: Box | undefined): () => void {
  if (!box || isInside(box)) return () => {};
  const scrolled = [...scrollersOf(element)].map((each) => ({
    each,
    left: each.scrollLeft,
    top: each.scrollTop,
  }));
  if (element) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  else scrollTo({ left: scrollX + box.left, top: scrollY + box.top, behavior: 'instant' });
  return () => {
    for (const { each, left, top } of scrolled) each.scrollTo({ left, top, behavior: 'instant' });
  };
}

function* scrollersOf(element: Element | undefined): Generator<Element> {
  if (!element) {
    yield document.scrollingElement ?? document.documentElement;
    return;
  }
  for (const at of ancestorsOf(element)) {
    if (at.scrollLeft !== 0 || at.scrollTop !== 0 || at.scrollHeight > at.clientHeight) yield at;
  }
}

async function loaded(image: HTMLImageElement): Promise<void> {
  if (!image.complete) {
    await Promise.race([
      image.decode().catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, LAZY_WAIT_MS)),
    ]);
  }
  if (await hasFailed(image)) throw new AppError('imageNotLoaded');
}

/** The part of the window that a box takes, as captured: with zoomed-in fingers, of what they see. */
function partOf(box: Box): ScreenPart {
  const { scale = 1, offsetLeft = 0, offsetTop = 0 } = visualViewport ?? {};
  const left = (box.left - offsetLeft) * scale;
  const top = (box.top - offsetTop) * scale;
  const right = Math.min(left + box.width * scale, innerWidth);
  const bottom = Math.min(top + box.height * scale, innerHeight);
  const within = { left: Math.max(0, left), top: Math.max(0, top) };
  if (right - within.left < 1 || bottom - within.top < 1) throw new AppError('imageUnreadable');
  return {
    left: within.left / innerWidth,
    top: within.top / innerHeight,
    width: (right - within.left) / innerWidth,
    height: (bottom - within.top) / innerHeight,
    whole: isInside(box),
    address: location.href,
  };
}

function isInside({ left, top, width, height }: Box): boolean {
  return left > -1 && top > -1 && left + width < innerWidth + 1 && top + height < innerHeight + 1;
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, FRAME_WAIT_MS);
  });
}
