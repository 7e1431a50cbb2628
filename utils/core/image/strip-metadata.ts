/**
 * Takes out of image bytes all that is not image: place, camera, author, comments, thumbnails,
 * and whatever follows the image's end. No pixel is touched. By lists of what stays, so that a kind
 * of metadata nobody has heard of goes too; colour profiles stay, since they change what is seen.
 */
import { latin1, u8 } from './formats/bytes';
import { JPEG, jpegSegments, type JpegSegment } from './formats/jpeg';
import { PNG_SIGNATURE, pngChunks } from './formats/png';
import { VP8X, WEBP_HEADER_LENGTH, webpChunks } from './formats/webp';

/** The types that can be stripped. */
export type StrippableType = 'image/jpeg' | 'image/png' | 'image/webp';

const PNG_KEPT = new Set('IHDR PLTE tRNS IDAT IEND gAMA cHRM sRGB iCCP cICP sBIT pHYs'.split(' '));
const WEBP_KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP']);

/** "JFIF", version, unit, densities; after it come the sides of a thumbnail. */
const JFIF_LENGTH = 14;

/**
 * The same image without metadata, or `undefined` where the structure does not hold to its end (a
 * truncated file, say): then only a decoder can make something of it. Give it upright still images
 * only: a JPEG's orientation goes with its EXIF, and frames after the first go too.
 */
export function stripMetadata(bytes: Uint8Array, type: StrippableType): Uint8Array | undefined {
  if (type === 'image/jpeg') return stripJpeg(bytes);
  return type === 'image/png' ? stripPng(bytes) : stripWebp(bytes);
}

export function isStrippable(type: string): type is StrippableType {
  return type === 'image/jpeg' || type === 'image/png' || type === 'image/webp';
}

function stripJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [];
  for (const segment of jpegSegments(bytes)) {
    if (isImage(segment)) kept.push(segment.whole);
    else if (isJfif(segment)) kept.push(withoutThumbnail(segment));
    if (segment.marker === JPEG.EOI) return joined(kept);
  }
  return undefined;
}

/** What a decoder needs: frames, tables and scans, a colour profile, Adobe's note on colours. */
function isImage({ marker, payload }: JpegSegment): boolean {
  if (marker === JPEG.SCAN) return true;
  if (marker === JPEG.APP2) return latin1(payload, 0, 12) === 'ICC_PROFILE\0';
  if (marker === JPEG.APP14) return latin1(payload, 0, 5) === 'Adobe';
  return marker >= JPEG.SOF0 && marker <= JPEG.DRI;
}

function isJfif({ marker, payload }: JpegSegment): boolean {
  return (
    marker === JPEG.APP0 && latin1(payload, 0, 5) === 'JFIF\0' && payload.length >= JFIF_LENGTH
  );
}

function withoutThumbnail({ payload }: JpegSegment): Uint8Array {
  const segment = new Uint8Array(4 + JFIF_LENGTH);
  segment.set([0xff, JPEG.APP0, 0, 2 + JFIF_LENGTH]);
  // Up to the densities; the two sides of the thumbnail stay 0.
  segment.set(payload.subarray(0, JFIF_LENGTH - 2), 4);
  return segment;
}

function stripPng(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, PNG_SIGNATURE.length)];
  for (const { name, whole } of pngChunks(bytes)) {
    if (PNG_KEPT.has(name)) kept.push(whole);
    if (name === 'IEND') return joined(kept);
  }
  return undefined;
}

function stripWebp(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, WEBP_HEADER_LENGTH)];
  let hasPixels = false;
  for (const { name, whole } of webpChunks(bytes)) {
    if (!WEBP_KEPT.has(name)) continue;
    hasPixels ||= name === 'VP8 ' || name === 'VP8L';
    kept.push(name === 'VP8X' ? withoutMetadataFlags(whole) : whole);
  }
  if (!hasPixels) return undefined;
  const file = joined(kept);
  new DataView(file.buffer).setUint32(4, file.length - 8, true);
  return file;
}

function withoutMetadataFlags(chunk: Uint8Array): Uint8Array {
  const copy = chunk.slice();
  copy[8] = u8(copy, 8) & ~(VP8X.EXIF | VP8X.XMP);
  return copy;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
