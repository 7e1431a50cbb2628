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
 * Halves an image until the rest of the way is less than half again. Firefox looks at four pixels
 * for each it draws, also at "high" quality: in one leap to a tenth it loses most of a page's text.
 */
function halved(bitmap: ImageBitmap, target: Size): ImageBitmap | OffscreenCanvas {
  let source: ImageBitmap | OffscreenCanvas = bitmap;
  while (source.width >= target.width * 2 && source.height >= target.height * 2) {
    const half: Size = { width: Math.ceil(source.width / 2), height: Math.ceil(source.height / 2) };
    source = scaled(source, half).canvas;
  }
  return source;
}

function scaled(source: CanvasImageSource, { width, height }: Size) {
  const canvas = new OffscreenCanvas(width, height);
  // Pixels are read back once or twice, which a canvas on the graphics card makes slow.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new TypeError('no 2d canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return { canvas, context };
}
