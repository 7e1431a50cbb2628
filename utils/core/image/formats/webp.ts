/** WebP as its chunks. RFC 9649, https://www.rfc-editor.org/rfc/rfc9649 */
import { latin1, u16le, u24le, u32le, u8 } from './bytes';
import { exifOrientation } from './exif';
import { EXIF_HEADER } from './jpeg';
import { sizeOf, type SniffedImage } from './sniffed-image';

/** "RIFF", the size, "WEBP". */
export const WEBP_HEADER_LENGTH = 12;

/** Bits in the first byte of a VP8X chunk. */
export const VP8X = { ANIMATION: 0x02, XMP: 0x04, EXIF: 0x08, ALPHA: 0x10 } as const;

export interface WebpChunk {
  /** Four characters, as in `VP8 ` with its space. */
  name: string;
  data: Uint8Array;
  /** The whole chunk: name, length, data, and a byte of padding after an odd length. */
  whole: Uint8Array;
}

/** The chunks in order, as far as they are complete; ends where RIFF says the file ends. */
export function* webpChunks(bytes: Uint8Array): Generator<WebpChunk> {
  const fileEnd = Math.min(bytes.length, 8 + u32le(bytes, 4));
  let at = WEBP_HEADER_LENGTH;
  while (at + 8 <= fileEnd) {
    const length = u32le(bytes, at + 4);
    const end = at + 8 + length;
    if (end > fileEnd) return;
    const padded = Math.min(end + (length % 2), fileEnd);
    const data = bytes.subarray(at + 8, end);
    yield { name: latin1(bytes, at, 4), data, whole: bytes.subarray(at, padded) };
    at = padded;
  }
}

/** What a WebP says of itself; the signature has been seen. */
export function sniffWebp(bytes: Uint8Array): SniffedImage {
  const image: SniffedImage = { type: 'image/webp', animated: false, alpha: false, plain: true };
  let upright = true;
  for (const { name, data } of webpChunks(bytes)) {
    if (name === 'VP8X') {
      image.size = sizeOf(u24le(data, 4) + 1, u24le(data, 7) + 1);
      image.animated = (u8(data, 0) & VP8X.ANIMATION) !== 0;
      image.alpha = (u8(data, 0) & VP8X.ALPHA) !== 0;
    } else if (name === 'VP8 ') {
      // 14 bits each; the upper two are a scaling hint that decoders ignore. RFC 6386, 9.1.
      image.size ??= sizeOf(u16le(data, 6) & 0x3fff, u16le(data, 8) & 0x3fff);
    } else if (name === 'VP8L') {
      const bits = u32le(data, 1);
      image.size ??= sizeOf((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
      image.alpha ||= ((bits >>> 28) & 1) === 1;
    } else if (name === 'EXIF') {
      upright = exifOrientation(withoutHeader(data)) === 1;
    }
  }
  // As with PNG: browsers differ in heeding it, so the one at hand draws the image.
  if (!upright || image.animated) image.plain = false;
  return image;
}

/** Some writers carry JPEG's `Exif\0\0` over. */
function withoutHeader(data: Uint8Array): Uint8Array {
  return latin1(data, 0, EXIF_HEADER.length) === EXIF_HEADER
    ? data.subarray(EXIF_HEADER.length)
    : data;
}
