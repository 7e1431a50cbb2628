/** JPEG as its segments. ITU-T T.81, annex B, https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
import { latin1, u16be, u8 } from './bytes';
import { exifOrientation, swapsSides } from './exif';
import { sizeOf, type SniffedImage } from './sniffed-image';

export const EXIF_HEADER = 'Exif\0\0';

/** Marker codes, the byte after 0xFF. SCAN is ours: a file has no marker for compressed pixels. */
export const JPEG = {
  SCAN: 0,
  SOF0: 0xc0,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DRI: 0xdd,
  APP0: 0xe0,
  APP1: 0xe1,
  APP2: 0xe2,
  APP14: 0xee,
} as const;

export interface JpegSegment {
  marker: number;
  /** What follows the length; empty for SOI, EOI and SCAN. */
  payload: Uint8Array;
  /** The whole segment, marker included. */
  whole: Uint8Array;
}

const NOTHING = new Uint8Array();

/**
 * The segments in order, as far as they are complete, each SOS followed by its SCAN; ends after EOI.
 * Stray bytes in between are left out.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const marker = u8(bytes, at + 1);
    // Any number of 0xFF may fill the room before a marker (B.1.1.2).
    if (u8(bytes, at) !== 0xff || marker === 0 || marker === 0xff) {
      at += 1;
      continue;
    }
    const length = standsAlone(marker) ? 0 : u16be(bytes, at + 2);
    const end = at + 2 + length;
    // A length counts its own two bytes: one of less is no segment, and what follows no file.
    if (end > bytes.length || (length < 2 && !standsAlone(marker))) return;
    yield { marker, payload: bytes.subarray(at + 4, end), whole: bytes.subarray(at, end) };
    if (marker === JPEG.EOI) return;
    at = end;
    if (marker !== JPEG.SOS) continue;
    at = scanEnd(bytes, end);
    yield { marker: JPEG.SCAN, payload: NOTHING, whole: bytes.subarray(end, at) };
  }
}

/** SOI, EOI, RST0 to RST7 and TEM have no length (B.1.1.3). */
function standsAlone(marker: number): boolean {
  return marker === 1 || (marker >= 0xd0 && marker <= JPEG.EOI);
}

/** Where the next marker stands that ends a scan: stuffed zeros and restarts belong to it. */
function scanEnd(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && at + 1 < bytes.length) {
    const next = u8(bytes, at + 1);
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return bytes.length;
}

/** What a JPEG says of itself; the signature has been seen. */
export function sniffJpeg(bytes: Uint8Array): SniffedImage {
  const image: SniffedImage = { type: 'image/jpeg', animated: false, alpha: false, plain: false };
  let orientation: number | undefined;
  for (const { marker, payload } of jpegSegments(bytes)) {
    if (marker === JPEG.SOS || marker === JPEG.EOI) break;
    if (marker === JPEG.APP1 && orientation === undefined && isExif(payload)) {
      orientation = exifOrientation(payload.subarray(EXIF_HEADER.length));
    } else if (startsFrame(marker) && image.size === undefined) {
      image.size = sizeOf(u16be(payload, 3), u16be(payload, 1));
      // Baseline, extended and progressive; 8 bits; grey or three channels, so no CMYK.
      image.plain = marker <= 0xc2 && u8(payload, 0) === 8 && u8(payload, 5) <= 3;
    }
  }
  if (orientation === undefined || orientation === 1) return image;
  const { size } = image;
  if (size && swapsSides(orientation)) image.size = { width: size.height, height: size.width };
  // Browsers turn it; many model servers do not.
  return { ...image, plain: false };
}

function isExif(payload: Uint8Array): boolean {
  return latin1(payload, 0, EXIF_HEADER.length) === EXIF_HEADER;
}

/** SOF0 to SOF15; C4, C8 and CC in between mean other things (table B.1). */
function startsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
