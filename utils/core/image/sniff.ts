/**
 * What an image is, told by its bytes alone: names and headers lie.
 *
 * Ours rather than a library's: `image-size` (12 kB minified) and `file-type` (73 kB) tell type and
 * size, but neither tells movement, transparency, CMYK, 16 bits or a turned WebP, which decide
 * whether bytes may go out as they are; and the walkers below also serve `strip-metadata.ts`.
 */
import { latin1, u16le } from './formats/bytes';
import { sniffBmp, sniffIco } from './formats/bitmap';
import { sniffGif } from './formats/gif';
import { sniffHeif } from './formats/heif';
import { sniffJpeg } from './formats/jpeg';
import { PNG_SIGNATURE, sniffPng } from './formats/png';
import type { SniffedImage } from './formats/sniffed-image';
import { sniffSvg } from './formats/svg';
import { sniffWebp } from './formats/webp';

/**
 * Type, size and peculiarities of an image, or `undefined` for bytes that are none we know. Looks at
 * structure alone, decodes no pixel, never throws, and takes time in proportion to the bytes.
 */
export function sniffImage(bytes: Uint8Array): SniffedImage | undefined {
  const head = latin1(bytes, 0, 12);
  if (head.startsWith(PNG_SIGNATURE)) return sniffPng(bytes);
  if (head.startsWith('\xff\xd8\xff')) return sniffJpeg(bytes);
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return sniffGif(bytes);
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return sniffWebp(bytes);
  if (head.startsWith('ftyp', 4)) return sniffHeif(bytes);
  if (head.startsWith('BM')) return sniffBmp(bytes);
  if (head.startsWith('\0\0\x01\0') && u16le(bytes, 4) > 0) return sniffIco(bytes);
  return sniffSvg(bytes);
}
