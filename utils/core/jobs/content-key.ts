/** Keys for all that was asked: the image, the words, the model and the server. */
import type { Connection } from '../vision/connection';
import type { VisionRequest } from '../vision/provider';

/**
 * The key of a request, the same for the same content: SHA-256 in hexadecimal. An image that goes by
 * its address stands in it with that: whether there is the same one behind it is to be asked of
 * `hashOf` its bytes. `undefined` where there is no image.
 */
export async function contentKeyOf(
  { provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>,
  request: VisionRequest,
): Promise<string | undefined> {
  if (imagesOf(request).length === 0) return undefined;
  return await hashOf(new TextEncoder().encode(JSON.stringify([provider, baseUrl, request])));
}

/** Whether an image of a request goes by its address. */
export function goesByAddress(request: VisionRequest): boolean {
  return imagesOf(request).some((url) => !url.startsWith('data:'));
}

/** SHA-256 in hexadecimal. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function imagesOf({ messages }: VisionRequest): string[] {
  return messages
    .flatMap((message) => (message.role === 'user' ? message.parts : []))
    .flatMap((part) => (part.type === 'image' ? part.url : []));
}
