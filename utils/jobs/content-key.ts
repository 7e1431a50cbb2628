/** A key for all that was asked: the picture's bytes, the words, the model and the server. */
import type { Connection } from '../vision/connection';
import type { VisionRequest } from '../vision/provider';

/**
 * The key of a request, the same for the same content: SHA-256 in hexadecimal. `undefined` where a
 * picture goes by its address, behind which there may be another one tomorrow.
 */
export async function contentKeyOf(
  { provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>,
  request: VisionRequest,
): Promise<string | undefined> {
  const parts = request.messages.flatMap((message) =>
    message.role === 'user' ? message.parts : [],
  );
  const pictures = parts.filter(({ type }) => type === 'image');
  const isContent = pictures.every((part) => part.type === 'image' && part.url.startsWith('data:'));
  if (pictures.length === 0 || !isContent) return undefined;
  const bytes = new TextEncoder().encode(JSON.stringify([provider, baseUrl, request]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
