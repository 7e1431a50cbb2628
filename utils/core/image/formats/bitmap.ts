/** Windows' own formats: BMP, and ICO as a folder of them. */
import { latin1, u16le, u32le, u8 } from './bytes';
import { PNG_SIGNATURE, sniffPng } from './png';
import { sizeOf, type SniffedImage } from './sniffed-image';

const CORE_HEADER_LENGTH = 12;
/** Lengths of the headers that were ever in use: two letters alone make no BMP. */
const HEADER_LENGTHS = new Set([CORE_HEADER_LENGTH, 16, 40, 52, 56, 64, 108, 124]);
const ICON_ENTRY_LENGTH = 16;

/** What a BMP says of itself; `undefined` for other files. A negative height means rows from the top; OS/2 has 16-bit sides. */
export function sniffBmp(bytes: Uint8Array): SniffedImage | undefined {
  if (!HEADER_LENGTHS.has(u32le(bytes, 14))) return undefined;
  const core = u32le(bytes, 14) === CORE_HEADER_LENGTH;
  const size = core
    ? sizeOf(u16le(bytes, 18), u16le(bytes, 20))
    : sizeOf(Math.abs(u32le(bytes, 18) | 0), Math.abs(u32le(bytes, 22) | 0));
  // Browsers take the fourth byte of a pixel as alpha under some headers, and not under others.
  return { type: 'image/bmp', size, animated: false, alpha: true, plain: false };
}

/** What an ICO says of itself: the size of its largest image, PNG images asked themselves. */
export function sniffIco(bytes: Uint8Array): SniffedImage {
  let size: SniffedImage['size'];
  for (let index = 0; index < u16le(bytes, 4); index += 1) {
    const entry = 6 + index * ICON_ENTRY_LENGTH;
    if (entry + ICON_ENTRY_LENGTH > bytes.length) break;
    const each = iconSize(bytes, entry);
    if (each && (!size || each.width * each.height > size.width * size.height)) size = each;
  }
  return { type: 'image/x-icon', size, animated: false, alpha: true, plain: false };
}

function iconSize(bytes: Uint8Array, entry: number): SniffedImage['size'] {
  const image = u32le(bytes, entry + 12);
  // The folder has one byte a side; a PNG inside may be of any size, whatever the folder says.
  if (latin1(bytes, image, PNG_SIGNATURE.length) === PNG_SIGNATURE) {
    // 33 bytes hold the signature and the header chunk.
    return sniffPng(bytes.subarray(image, image + 33)).size;
  }
  return sizeOf(u8(bytes, entry) || 256, u8(bytes, entry + 1) || 256);
}
