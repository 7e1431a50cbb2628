/** The browser's own decoder, canvas and encoder; works in workers and in pages. */
import type { ImageType } from '../vision/provider-kind';
import type { Codec, Drawing, Image } from './codec';
import type { Size } from './fit';

export const canvasCodec: Codec = {
  async decode(bytes) {
    // "from-image" turns by EXIF; "default" converts a colour profile to sRGB.
    const bitmap = await createImageBitmap(bytes, { imageOrientation: 'from-image' });
    return imageOf(bitmap);
  },
};

function imageOf(bitmap: ImageBitmap): Image {
  // Read now: a closed bitmap has no size.
  const { width, height } = bitmap;
  return { width, height, draw: (size) => drawn(bitmap, size), close: () => bitmap.close() };
}

function drawn(bitmap: ImageBitmap, { width, height }: Size): Drawing {
  const { canvas, context } = scaled(halved(bitmap, { width, height }), { width, height });
  return {
    pixels: () => context.getImageData(0, 0, width, height).data,
    layOn(colour) {
      context.globalCompositeOperation = 'destination-over';
      // White stays where the browser does not know the colour, and under one that is see-through.
      context.fillStyle = '#fff';
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width, height);
    },
    encode: (type: ImageType, quality?: number) =>
      canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  };
}

/**
 * How near to twice the target a decoded image is halved, too: half of 4000 pixels stretched to 2048
 * is nearer to `sharp`'s lanczos3 than 4000 pixels drawn at 2048 (mean difference 2.04 of 255, not
 * 2.07; in Firefox 2.14, not 2.43). Of what was halved before, it is not.
 */
const NEAR = 0.97;

/**
 * Halves an image until the rest of the way is less than half again. Firefox looks at four pixels
 * for each it draws, also at "high" quality: in one leap to a tenth it loses most of a page's text.
 * For a half, four pixels are all there are, and "low" quality takes just these; "high" makes
 * Chromium compute a whole row of smaller images first, in some 70 ms for 12 megapixels.
 */
function halved(bitmap: ImageBitmap, target: Size): ImageBitmap | OffscreenCanvas {
  let source: ImageBitmap | OffscreenCanvas = bitmap;
  for (let near = NEAR; isTwice(source, target, near); near = 1) {
    const half: Size = { width: Math.ceil(source.width / 2), height: Math.ceil(source.height / 2) };
    source = scaled(source, half, 'low').canvas;
  }
  return source;
}

function isTwice(source: Size, target: Size, near: number): boolean {
  return source.width >= target.width * 2 * near && source.height >= target.height * 2 * near;
}

function scaled(
  source: CanvasImageSource,
  { width, height }: Size,
  quality: ImageSmoothingQuality = 'high',
) {
  const canvas = new OffscreenCanvas(width, height);
  // Pixels are read back once or twice, which a canvas on the graphics card makes slow.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new TypeError('no 2d canvas');
  context.imageSmoothingQuality = quality;
  context.drawImage(source, 0, 0, width, height);
  return { canvas, context };
}
