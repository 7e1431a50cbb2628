/** A small image of an image, for cards and lists, light enough to be stored with a job. */
import { AppError } from '../errors';
import { dataUrlOf } from './base64';
import { canvasCodec } from './canvas-codec';
import type { Codec, Drawing } from './codec';
import { fit } from './fit';
import { decodeImage, openImage, type ImageFile } from './open';

/** The longest side in image pixels: 96 CSS pixels on a screen of double density. */
export const THUMBNAIL_SIDE = 192;

/** The longest `data:` URL, in characters. */
export const THUMBNAIL_MAX_LENGTH = 8_000;

/** Side and quality, tried in this order until it is light enough. */
const STEPS = [
  [THUMBNAIL_SIDE, 0.8],
  [THUMBNAIL_SIDE, 0.5],
  [128, 0.5],
  [64, 0.3],
] as const;

/**
 * A WebP of at most `THUMBNAIL_SIDE` pixels a side as a `data:` URL of at most
 * `THUMBNAIL_MAX_LENGTH` characters, see-through parts on white.
 *
 * @throws {AppError} as `prepareImage` does.
 */
export async function makeThumbnail(file: ImageFile, codec: Codec = canvasCodec): Promise<string> {
  const image = await decodeImage(await openImage(file), codec);
  try {
    for (const [side, quality] of STEPS) {
      const drawing = image.draw(fit(image, { maxSide: side }));
      drawing.layOn('#fff');
      const url = await webpUrl(drawing, quality);
      if (url.length <= THUMBNAIL_MAX_LENGTH) return url;
    }
  } finally {
    image.close();
  }
  throw new AppError('imageTooLarge');
}

async function webpUrl(drawing: Drawing, quality: number): Promise<string> {
  const blob = await drawing.encode('image/webp', quality);
  // A browser that cannot write WebP gives PNG and says so in the type.
  return dataUrlOf(new Uint8Array(await blob.arrayBuffer()), blob.type);
}
