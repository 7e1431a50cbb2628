/** Draws the image on the page, small: shown in the card even where it may not be read. */
import { isLarge, type Size } from '../core/image/fit';

type Drawable = HTMLImageElement | HTMLCanvasElement | HTMLVideoElement;

/** Whether an element is something that a canvas can draw, and its image has arrived. */
export function canDraw(element: Element | undefined): element is Drawable {
  if (!element || !['img', 'canvas', 'video'].includes(element.localName)) return false;
  const { width, height } = sizeOf(element as Drawable);
  return width > 0 && height > 0;
}

/**
 * Shows the middle of a large image in a canvas, as the canvas's background: that is the browser's
 * own image, decoded beside the page. False for others, which can be drawn.
 */
export function showIfLarge(canvas: HTMLCanvasElement, image: Drawable): boolean {
  if (!('currentSrc' in image) || 'videoWidth' in image) return false;
  if (!isLarge(sizeOf(image))) return false;
  canvas.style.background = `center / cover url(${JSON.stringify(image.currentSrc)})`;
  return true;
}

/** Fills a canvas with the middle of an image, in the canvas's own size. */
export function drawThumbnail(canvas: HTMLCanvasElement, image: Drawable): void {
  const size = sizeOf(image);
  const scale = Math.max(canvas.width / size.width, canvas.height / size.height);
  const width = canvas.width / scale;
  const height = canvas.height / scale;
  const left = (size.width - width) / 2;
  const top = (size.height - height) / 2;
  canvas
    .getContext('2d')
    ?.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
}

/** The drawing as a small JPEG, or `undefined` where the page may not read its image. */
export function thumbnailUrl(canvas: HTMLCanvasElement): string | undefined {
  try {
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    return undefined;
  }
}

/** An image's own size in pixels; zeros before it has arrived. */
export function sizeOf(image: Drawable): Size {
  if ('naturalWidth' in image) {
    return { width: image.naturalWidth, height: image.naturalHeight };
  }
  if ('videoWidth' in image) return { width: image.videoWidth, height: image.videoHeight };
  return { width: image.width, height: image.height };
}
