/** Opens image bytes: what they are, and their pixels, with everything hostile refused before. */
import { AppError } from '../errors';
import { bytesOfDataUrl } from './base64';
import type { Codec, Image } from './codec';
import type { SniffedImage, SniffedType } from './formats/sniffed-image';
import { sniffImage } from './sniff';

/** More is no image on a page, and would have to lie in memory several times over. */
export const MAX_FILE_BYTES = 100_000_000;

/** Four letters of base64 are three bytes. */
const BASE64_SHARE = 3 / 4;

/** 400 MB once decoded. A few kilobytes can claim this many and more: a decompression bomb. */
const MAX_PIXELS = 100_000_000;

/** A side of more may hold something to describe. Spacers and counters of visits have 1, or 2. */
const DOT_SIDE = 2;

/** These no browser decodes everywhere, so a failure says nothing about the file. */
const UNEVEN: ReadonlySet<SniffedType> = new Set(['image/heic', 'image/avif', 'image/svg+xml']);

/** An image file, or the base64 `data:` URL of one: both are read once, when it is opened. */
export type ImageFile = Blob | string;

export interface OpenedImage {
  bytes: Uint8Array<ArrayBuffer>;
  sniffed: SniffedImage;
}

/**
 * Reads a file and tells what it is.
 *
 * @throws {AppError} `imageBroken` for bytes that are no image, or that do not say how large it is;
 *   `imageEmpty` for a dot; `imageTooLarge` beyond `MAX_FILE_BYTES` or `MAX_PIXELS`, before anything
 *   is decoded;
 *   `imageUnreadable` where the file cannot be read at all.
 */
export async function openImage(file: ImageFile): Promise<OpenedImage> {
  const size = typeof file === 'string' ? file.length * BASE64_SHARE : file.size;
  if (size > MAX_FILE_BYTES) throw new AppError('imageTooLarge');
  const bytes = await readBytes(file);
  const sniffed = sniffImage(bytes);
  if (!sniffed) throw new AppError('imageBroken');
  // A drawing has no pixels until it is drawn, at a size that we choose.
  if (sniffed.type === 'image/svg+xml') return { bytes, sniffed };
  if (!sniffed.size) throw new AppError('imageBroken');
  const { width, height } = sniffed.size;
  if (Math.max(width, height) <= DOT_SIDE) throw new AppError('imageEmpty');
  if (width * height > MAX_PIXELS) throw new AppError('imageTooLarge');
  return { bytes, sniffed };
}

/**
 * The pixels of an opened image.
 *
 * @throws {AppError} `imageBroken` where the bytes do not decode, `imageUnreadable` where the fault
 *   may be the browser's, which does not know every format.
 */
export async function decodeImage({ bytes, sniffed }: OpenedImage, codec: Codec): Promise<Image> {
  const { type, size } = sniffed;
  let image: Image;
  try {
    // A type of our own finding: a wrong one, as servers send it, makes browsers refuse the bytes.
    image = await codec.decode(new Blob([bytes], { type }), type, size);
  } catch (cause) {
    throw new AppError(UNEVEN.has(type) ? 'imageUnreadable' : 'imageBroken', {}, { cause });
  }
  if (image.width > 0 && image.height > 0) return image;
  image.close();
  throw new AppError('imageBroken');
}

async function readBytes(file: ImageFile): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (typeof file === 'string') return bytesOfDataUrl(file);
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new AppError('imageUnreadable', {}, { cause });
  }
}
