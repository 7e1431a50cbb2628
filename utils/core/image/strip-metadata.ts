/**
 * Takes out of image bytes all that is not image: place, camera, author, comments, thumbnails,
 * and whatever follows the image's end. No pixel is touched. By lists of what stays, so that a kind
 * of metadata nobody has heard of goes too. Of a colour profile, which changes what is seen, stay
 * the colours.
 */
import { ascii, joined, latin1, u8 } from './formats/bytes';
import { strippedProfile } from './formats/icc';
import { JPEG, jpegSegments } from './formats/jpeg';
import { PNG_SIGNATURE, pngChunk, pngChunks } from './formats/png';
import { VP8X, WEBP_HEADER_LENGTH, webpChunks } from './formats/webp';
import { pack, unpack } from './formats/zlib';

/** The types that can be stripped. */
export type StrippableType = 'image/jpeg' | 'image/png' | 'image/webp';

/** The chunks that stay, and the most bytes that each can have: one with more carries something. */
const PNG_KEPT: ReadonlyMap<string, number> = new Map([
  ['IHDR', 13],
  ['PLTE', 768],
  ['IDAT', Infinity],
  ['IEND', 0],
  ['tRNS', 256],
  ['gAMA', 4],
  ['cHRM', 32],
  ['sRGB', 1],
  ['iCCP', Infinity],
  ['cICP', 4],
  ['sBIT', 4],
  ['pHYs', 9],
]);
const WEBP_KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP']);

/** The name of a profile inside a PNG; it needs one of at least a letter. */
const PROFILE_NAME = 'icc';
/** Larger is none by primaries and curves. */
const MAX_PROFILE_BYTES = 1_000_000;

/** "JFIF", version, unit, densities; after it come the sides of a thumbnail. */
const JFIF_LENGTH = 14;
/** "Adobe", version, two flags, and how colours are transformed. T.872, 6.5.3. */
const ADOBE_LENGTH = 12;
/** "ICC_PROFILE" and a zero, then which part it is and of how many. ICC.1:2022, B.4. */
const ICC_PREFIX = 'ICC_PROFILE\0';
const MAX_SEGMENT = 65_533;
/** The bytes of a VP8X chunk's data: flags and size. */
const VP8X_LENGTH = 10;

/**
 * The same image without metadata, or `undefined` where only a decoder can make something of it: the
 * structure does not hold to its end (a truncated file, say), or its colour profile is none that can
 * be cut down. Give it upright still images only: a JPEG's orientation goes with its EXIF, and frames
 * after the first go too.
 */
export async function stripMetadata(
  bytes: Uint8Array,
  type: StrippableType,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (type === 'image/jpeg') return stripJpeg(bytes);
  return type === 'image/png' ? await stripPng(bytes) : stripWebp(bytes);
}

export function isStrippable(type: string): type is StrippableType {
  return type === 'image/jpeg' || type === 'image/png' || type === 'image/webp';
}

function stripJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const kept: Uint8Array[] = [];
  const profile: Uint8Array[] = [];
  let begin = 0;
  for (const { marker, payload, whole } of jpegSegments(bytes)) {
    const reduced = reducedSegment(marker, payload);
    if (isProfile(marker, payload)) {
      if (profile.length === 0) begin = kept.length;
      profile.push(payload);
    } else if (reduced) {
      kept.push(segment(marker, reduced));
    } else if (isImage(marker)) {
      kept.push(whole);
    }
    if (marker !== JPEG.EOI) continue;
    if (profile.length > 0) {
      const stripped = jpegProfile(profile);
      if (!stripped) return undefined;
      kept.splice(begin, 0, stripped);
    }
    return joined(kept);
  }
  return undefined;
}

/** What a decoder needs: frames, tables and scans. */
function isImage(marker: number): boolean {
  return marker === JPEG.SCAN || (marker >= JPEG.SOF0 && marker <= JPEG.DRI);
}

function isProfile(marker: number, payload: Uint8Array): boolean {
  return marker === JPEG.APP2 && latin1(payload, 0, ICC_PREFIX.length) === ICC_PREFIX;
}

/** The part of JFIF's and Adobe's notes that decoders go by, without thumbnail and tail. */
function reducedSegment(marker: number, payload: Uint8Array): Uint8Array | undefined {
  if (marker === JPEG.APP14 && latin1(payload, 0, 5) === 'Adobe') {
    return payload.length >= ADOBE_LENGTH ? payload.subarray(0, ADOBE_LENGTH) : undefined;
  }
  if (marker !== JPEG.APP0 || latin1(payload, 0, 5) !== 'JFIF\0') return undefined;
  if (payload.length < JFIF_LENGTH) return undefined;
  // Up to the densities; the two sides of the thumbnail are 0.
  return joined([payload.subarray(0, JFIF_LENGTH - 2), Uint8Array.of(0, 0)]);
}

function segment(marker: number, payload: Uint8Array): Uint8Array {
  const length = payload.length + 2;
  return joined([Uint8Array.of(0xff, marker, length >>> 8, length & 0xff), payload]);
}

/** One segment for a profile that came in several, in whichever order. */
function jpegProfile(parts: readonly Uint8Array[]): Uint8Array | undefined {
  const at = ICC_PREFIX.length;
  const sorted = parts.toSorted((one, other) => u8(one, at) - u8(other, at));
  if (sorted.some((part, index) => u8(part, at) !== index + 1 || u8(part, at + 1) !== parts.length))
    return undefined;
  const profile = strippedProfile(joined(sorted.map((part) => part.subarray(at + 2))));
  if (!profile || profile.length > MAX_SEGMENT - at - 2) return undefined;
  return segment(JPEG.APP2, joined([ascii(ICC_PREFIX), Uint8Array.of(1, 1), profile]));
}

async function stripPng(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const kept: Uint8Array[] = [bytes.subarray(0, PNG_SIGNATURE.length)];
  for (const { name, data, whole } of pngChunks(bytes)) {
    const most = PNG_KEPT.get(name);
    if (most === undefined) continue;
    if (data.length > most) {
      // A capital letter marks what no decoder can leave out.
      if (/^[A-Z]/.test(name)) return undefined;
    } else if (name === 'iCCP') {
      const profile = await pngProfile(data);
      if (!profile) return undefined;
      kept.push(profile);
    } else {
      kept.push(whole);
    }
    if (name === 'IEND') return joined(kept);
  }
  return undefined;
}

/** After a name, which may say whose screen it was, and a zero for zlib comes the packed profile. */
async function pngProfile(data: Uint8Array): Promise<Uint8Array | undefined> {
  const packed = data.subarray(data.indexOf(0) + 2);
  const whole = await unpack(packed, MAX_PROFILE_BYTES);
  const profile = whole && strippedProfile(whole);
  if (!profile) return undefined;
  return pngChunk('iCCP', joined([ascii(`${PROFILE_NAME}\0\0`), await pack(profile)]));
}

function stripWebp(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, WEBP_HEADER_LENGTH)];
  let hasPixels = false;
  for (const { name, data, whole } of webpChunks(bytes)) {
    if (!WEBP_KEPT.has(name)) continue;
    hasPixels ||= name === 'VP8 ' || name === 'VP8L';
    if (name === 'ICCP') {
      const profile = strippedProfile(data);
      if (!profile) return undefined;
      kept.push(webpChunk(name, profile));
    } else if (name === 'VP8X' && data.length < VP8X_LENGTH) {
      return undefined;
    } else {
      kept.push(name === 'VP8X' ? webpChunk(name, withoutMetadataFlags(data)) : whole);
    }
  }
  if (!hasPixels) return undefined;
  const file = joined(kept);
  new DataView(file.buffer).setUint32(4, file.length - 8, true);
  return file;
}

/** Of an even length. */
function webpChunk(name: string, data: Uint8Array): Uint8Array {
  const chunk = joined([ascii(name), new Uint8Array(4), data]);
  new DataView(chunk.buffer).setUint32(4, data.length, true);
  return chunk;
}

function withoutMetadataFlags(data: Uint8Array): Uint8Array {
  const copy = data.slice(0, VP8X_LENGTH);
  copy[0] = u8(copy, 0) & ~(VP8X.EXIF | VP8X.XMP);
  return copy;
}
