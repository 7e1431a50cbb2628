/** PNG and APNG as their chunks. PNG (third edition), https://www.w3.org/TR/png-3/ */
import { exifOrientation } from './exif';
import { ascii, joined, latin1, u32be, u8 } from './bytes';
import { sizeOf, type SniffedImage } from './sniffed-image';

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

export interface PngChunk {
  name: string;
  data: Uint8Array;
  /** The whole chunk: length, name, data, checksum. */
  whole: Uint8Array;
}

/** The chunks in order, as far as they are complete; ends after IEND. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + u32be(bytes, at);
    if (end > bytes.length) return;
    const name = latin1(bytes, at + 4, 4);
    yield { name, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    if (name === 'IEND') return;
    at = end;
  }
}

/** A chunk with its length and checksum. */
export function pngChunk(name: string, data: Uint8Array): Uint8Array {
  const chunk = joined([new Uint8Array(4), ascii(name), data, new Uint8Array(4)]);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  view.setUint32(chunk.length - 4, checksum(chunk.subarray(4, -4)));
  return chunk;
}

/** CRC-32 (section 5.5 and annex D), bit by bit: what is written here is short. */
function checksum(bytes: Uint8Array): number {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xed_b8_83_20 : 0);
  }
  return ~rest >>> 0;
}

/** Hundred thousandths: what sRGB has as gamma, and as white, red, green and blue (4.3, 11.3.2). */
const SRGB = {
  gAMA: [45_455],
  cHRM: [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000],
} as const;
/** How far off is still the same, as libpng has it for a gamma. */
const TOLERANCE = 0.05;
/** sRGB's primaries and curve, no matrix, full range, as H.273 numbers them. */
const SRGB_CODES = '\x01\x0d\0\x01';

/** Whether a chunk says of colours what only some decoders heed. */
function isUnusual(name: 'gAMA' | 'cHRM', data: Uint8Array): boolean {
  return SRGB[name].some((usual, at) => {
    const value = u32be(data, at * 4);
    return value > 0 && Math.abs(value - usual) > usual * TOLERANCE;
  });
}

/** What a PNG says of itself; the signature has been seen. */
export function sniffPng(bytes: Uint8Array): SniffedImage {
  const image: SniffedImage = { type: 'image/png', animated: false, alpha: false, plain: false };
  // Whether other decoders show what browsers do.
  let same = true;
  let sameGamma = true;
  // They count in place of gamma and primaries.
  let hasProfile = false;
  for (const { name, data } of pngChunks(bytes)) {
    if (name === 'IHDR') {
      image.size = sizeOf(u32be(data, 0), u32be(data, 4));
      // Depths of 1, 2, 4 and 8 bits are everywhere; 16 bits are not.
      image.plain = u8(data, 8) <= 8;
      // Bit 2 of the colour type is the alpha channel.
      image.alpha = (u8(data, 9) & 4) !== 0;
    } else if (name === 'tRNS') {
      image.alpha = true;
    } else if (name === 'acTL') {
      image.animated = u32be(data, 0) > 1;
      // A single frame, too, may be another image than the one that decoders of PNG alone show.
      same = false;
    } else if (name === 'eXIf') {
      // Browsers differ in heeding a PNG's orientation, so the size stays as stored and the browser
      // at hand draws the image: the model sees what the person sees.
      same &&= exifOrientation(data) === 1;
    } else if (name === 'cICP') {
      same &&= latin1(data, 0, 4) === SRGB_CODES;
    } else if (name === 'gAMA' || name === 'cHRM') {
      sameGamma &&= !isUnusual(name, data);
    } else if (name === 'sRGB' || name === 'iCCP') {
      hasProfile = true;
    }
  }
  image.plain &&= same && (sameGamma || hasProfile);
  return image;
}
