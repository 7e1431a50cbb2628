/** The browser's own decoder, canvas and encoder; works in workers and in pages. */
import type { ImageType } from '../vision/catalog';
import type { Codec, Drawing, Picture } from './codec';
import type { Size } from './fit';

export const canvasCodec: Codec = {
  async decode(bytes) {
    // "from-image" turns by EXIF; "default" converts a colour profile to sRGB.
    const bitmap = await createImageBitmap(bytes, { imageOrientation: 'from-image' });
    return pictureOf(bitmap);
  },
};

function pictureOf(bitmap: ImageBitmap): Picture {
  // Read now: a closed bitmap has no size.
  const { width, height } = bitmap;
  return { width, height, draw: (size) => drawn(bitmap, size), close: () => bitmap.close() };
}

function drawn(bitmap: ImageBitmap, { width, height }: Size): Drawing {
  const canvas = new OffscreenCanvas(width, height);
  // Pixels are read back once or twice, which a canvas on the graphics card makes slow.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new TypeError('no 2d canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return {
    pixels: () => context.getImageData(0, 0, width, height).data,
    layOn(colour) {
      context.globalCompositeOperation = 'destination-over';
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
    },
    encode: (type: ImageType, quality?: number) =>
      canvas.convertToBlob(quality === undefined ? { type } : { type, quality }),
  };
}
