/** Reads a stream of bytes to its end, for no longer than it stays within a limit. */
import { AppError } from '../errors';

/**
 * The bytes in the pieces they came in.
 *
 * @throws {AppError} `imageTooLarge` beyond so many bytes, and whatever the stream fails with.
 */
export async function readAtMost(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = stream.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw new AppError('imageTooLarge');
    }
    pieces.push(value);
  }
}
