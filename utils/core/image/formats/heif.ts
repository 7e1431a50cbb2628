/** AVIF and HEIC: which of the two, and how large. ISO/IEC 14496-12 (boxes), 23008-12 (`ispe`). */
import { latin1, u32be } from './bytes';
import { sizeOf, type SniffedImage } from './sniffed-image';

interface Box {
  name: string;
  data: Uint8Array;
}

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const SEQUENCE_BRANDS = new Set(['avis', 'msf1', 'hevc', 'hevx']);

/** What an AVIF or HEIC says of itself; `undefined` for other files of boxes, such as a video. */
export function sniffHeif(bytes: Uint8Array): SniffedImage | undefined {
  const [first] = boxes(bytes);
  if (first?.name !== 'ftyp') return undefined;
  const major = latin1(first.data, 0, 4);
  const brands = [major, ...compatibleBrands(first.data)];
  const avif = brands.some((brand) => AVIF_BRANDS.has(brand));
  if (!avif && !brands.some((brand) => HEIC_BRANDS.has(brand))) return undefined;
  const type = avif ? 'image/avif' : 'image/heic';
  const animated = SEQUENCE_BRANDS.has(major);
  return { type, size: largestSize(bytes), animated, alpha: true, plain: false };
}

/** Most files name two to eight; with more than 32 it is not read. */
function compatibleBrands(ftyp: Uint8Array): string[] {
  const count = Math.min(32, Math.floor((ftyp.length - 8) / 4));
  return Array.from({ length: Math.max(0, count) }, (_, index) => latin1(ftyp, 8 + index * 4, 4));
}

/**
 * The largest of the sizes that the file declares: thumbnails, masks and the tiles of a grid are
 * smaller than the image they belong to. As stored, not turned: it serves to refuse what is too
 * large to decode.
 */
function largestSize(bytes: Uint8Array): SniffedImage['size'] {
  const meta = inside(bytes, 'meta')?.subarray(4);
  const properties = inside(inside(meta, 'iprp'), 'ipco');
  let largest: SniffedImage['size'];
  for (const { name, data } of boxes(properties)) {
    if (name !== 'ispe') continue;
    const size = sizeOf(u32be(data, 4), u32be(data, 8));
    if (size && (!largest || size.width * size.height > largest.width * largest.height)) {
      largest = size;
    }
  }
  return largest;
}

function inside(bytes: Uint8Array | undefined, wanted: string): Uint8Array | undefined {
  for (const { name, data } of boxes(bytes)) if (name === wanted) return data;
  return undefined;
}

/** The boxes side by side in `bytes`, as far as they are complete. */
function* boxes(bytes: Uint8Array | undefined): Generator<Box> {
  if (!bytes) return;
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = u32be(bytes, at);
    // 1: the length follows as 64 bits; 0: up to the end of the file.
    const header = short === 1 ? 16 : 8;
    const long = u32be(bytes, at + 8) * 2 ** 32 + u32be(bytes, at + 12);
    const length = short === 1 ? long : short === 0 ? bytes.length - at : short;
    if (length < header || at + length > bytes.length) return;
    yield { name: latin1(bytes, at + 4, 4), data: bytes.subarray(at + header, at + length) };
    at += length;
  }
}
