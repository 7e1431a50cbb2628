/** zlib, by the browser: what a PNG packs its profile in. RFC 1950. */
import { readAtMost } from '../read-at-most';
import { joined } from './bytes';

/** The unpacked bytes; `undefined` where they are not sound, or more than `maxLength`. */
export async function unpack(
  bytes: Uint8Array,
  maxLength: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await through(bytes, new DecompressionStream('deflate'), maxLength);
  } catch {
    return undefined;
  }
}

/** The same bytes packed. */
export async function pack(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return await through(bytes, new CompressionStream('deflate'), Infinity);
}

/** @throws {AppError} `imageTooLarge` for more than `maxLength`, and whatever the stream throws. */
async function through(
  bytes: Uint8Array,
  stream: ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>,
  maxLength: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const piped = new Blob([bytes.slice()]).stream().pipeThrough(stream);
  return joined(await readAtMost(piped, maxLength));
}
