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
  rgbOf(colour) {
    const dot = { width: 1, height: 1 };
    const { context } = blank(dot);
    layOn(context, colour, dot);
    const [red = 255, green = 255, blue = 255] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  },
};

function imageOf(bitmap: ImageBitmap): Image {
  // Read now: a closed bitmap has no size.
  const { width, height } = bitmap;
  return {
    width,
    height,
    draw: (size, canvas) => drawn(bitmap, size, canvas),
    close: () => bitmap.close(),
  };
}

function drawn(bitmap: ImageBitmap, size: Size, whole = size): Drawing {
  const { canvas, context } = scaled(halved(bitmap, size), size, { whole });
  return {
    pixels: () => context.getImageData(0, 0, whole.width, whole.height).data,
    layOn: (colour) => layOn(context, colour, whole),
    encode: (type: ImageType, quality?: number) =>
      canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  };
}

function layOn(
  context: OffscreenCanvasRenderingContext2D,
  colour: string,
  { width, height }: Size,
): void {
  context.globalCompositeOperation = 'destination-over';
  // White stays where the browser does not know the colour, and under one that is see-through.
  context.fillStyle = '#fff';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
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
    source = scaled(source, half, { quality: 'low' }).canvas;
  }
  return source;
}

function isTwice(source: Size, target: Size, near: number): boolean {
  return source.width >= target.width * 2 * near && source.height >= target.height * 2 * near;
}

interface ScaledOptions {
  /** The canvas, where it is larger than what is drawn in its middle. */
  whole?: Size;
  quality?: ImageSmoothingQuality;
}

function scaled(
  source: CanvasImageSource,
  size: Size,
  { whole = size, quality = 'high' }: ScaledOptions = {},
) {
  const { canvas, context } = blank(whole);
  context.imageSmoothingQuality = quality;
  const left = Math.floor((whole.width - size.width) / 2);
  const top = Math.floor((whole.height - size.height) / 2);
  context.drawImage(source, left, top, size.width, size.height);
  return { canvas, context };
}

function blank({ width, height }: Size) {
  const canvas = new OffscreenCanvas(width, height);
  // Pixels are read back once or twice, which a canvas on the graphics card makes slow.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new TypeError('no 2d canvas');
  return { canvas, context };
}
