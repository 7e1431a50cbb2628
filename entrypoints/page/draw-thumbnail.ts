/** Draws the image on the page, small: shown in the card even where it may not be read. */

/** Fills a canvas with the middle of an image, in the canvas's own size. False if there is none. */
export function drawThumbnail(canvas: HTMLCanvasElement, image: Element | undefined): boolean {
  if (!(image instanceof HTMLImageElement) || image.naturalWidth === 0) return false;
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.max(canvas.width / naturalWidth, canvas.height / naturalHeight);
  const width = canvas.width / scale;
  const height = canvas.height / scale;
  const left = (naturalWidth - width) / 2;
  const top = (naturalHeight - height) / 2;
  canvas
    .getContext('2d')
    ?.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return true;
}

/** The drawing as a small JPEG, or `undefined` where the page may not read its image. */
export function thumbnailUrl(canvas: HTMLCanvasElement): string | undefined {
  try {
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    return undefined;
  }
}
