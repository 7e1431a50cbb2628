/** What counts as a thumbnail, wherever it comes from. */

/** An image that a browser draws and nothing else. A larger one is not ours, and would fill stores. */
const SMALL_IMAGE = /^data:image\/(jpeg|png|webp);base64,[\w+/=]+$/;
const SMALL_MAX_LENGTH = 32_000;

/** Whether a text is a small image as a `data:` URL, wherever it comes from. */
export function isThumbnail(url: string): boolean {
  return url.length <= SMALL_MAX_LENGTH && SMALL_IMAGE.test(url);
}
