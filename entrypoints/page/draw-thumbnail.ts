/** Draws the image on the page, small: shown in the card even where it may not be read. */

/** Whether an element is an image whose picture has arrived. */
export function canDraw(image: Element | undefined): image is HTMLImageElement {
  return image instanceof HTMLImageElement && image.naturalWidth > 0;
}

/** Fills a canvas with the middle of an image, in the canvas's own size. */
export function drawThumbnail(canvas: HTMLCanvasElement, image: HTMLImageElement): void {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.max(canvas.width / naturalWidth, canvas.height / naturalHeight);
  const width = canvas.width / scale;
  const height = canvas.height / scale;
  const left = (naturalWidth - width) / 2;
  const top = (naturalHeight - height) / 2;
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
