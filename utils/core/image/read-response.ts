/** Reads the image in a response, for no longer and no further than any image is worth. */
import { AppError } from '../errors';
import { MAX_FILE_BYTES } from './open';
import { readAtMost } from './read-at-most';

/**
 * For an image that the page has shown, and which therefore mostly comes from the browser's cache.
 * What takes longer is tried by another route: a screenshot shows at least what is there of it.
 */
export const MAX_READ_MS = 10_000;

/**
 * The body of a response.
 *
 * @throws {AppError} `imageUnreadable` where it is no answer, or none with an image; `imageTooLarge`
 *   beyond so many bytes.
 */
export async function readImageResponse(
  response: Response,
  maxBytes = MAX_FILE_BYTES,
): Promise<Blob> {
  const type = response.headers.get('content-type') ?? '';
  // A sign-in page in place of the image, say; the screen shows what the person means.
  if (!response.ok || type.startsWith('text/html')) {
    await response.body?.cancel();
    throw new AppError('imageUnreadable', { status: response.status });
  }
  // No `pipeThrough`: in Firefox, a content script may not join its streams with those of its page.
  return new Blob(response.body ? await readAtMost(response.body, maxBytes) : [], { type });
}
