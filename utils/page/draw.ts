/** Draws what a page shows into canvases of our own. */
import { AppError } from '../core/errors';
import type { Size } from '../core/image/fit';

/** A vector image has no pixels of its own; this many show what it holds. */
const VECTOR_SIDE = 1024;

/** A canvas of the given size filled with an element. */
export function drawSource(source: CanvasImageSource, size: Size): HTMLCanvasElement {
  const canvas = emptyCanvas(size);
  canvas.getContext('2d')?.drawImage(source, 0, 0, size.width, size.height);
  return canvas;
}

/** A canvas, also in a document that is SVG or XHTML. */
export function emptyCanvas({ width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
  if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError('no canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/**
 * An SVG file as pixels, its longer side at least `VECTOR_SIDE`.
 *
 * @throws {AppError} `imageUnreadable` where it does not load.
 */
export async function rasterise(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await toPng(drawSource(image, vectorSize(image)));
  } catch (error) {
    throw new AppError('imageUnreadable', {}, { cause: error });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** An SVG without a size of its own is square for our purpose. */
function vectorSize({ naturalWidth, naturalHeight }: HTMLImageElement): Size {
  const width = naturalWidth || VECTOR_SIDE;
  const height = naturalHeight || VECTOR_SIDE;
  const scale = Math.max(1, VECTOR_SIDE / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * True where every pixel is see-through.
 *
 * @throws where the canvas holds an image from another origin: it shows it and keeps it.
 */
export function isBlank(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  if (!pixels) return true;
  return new Uint32Array(pixels.buffer).every((pixel) => pixel === 0);
}

/** @throws {AppError} `imageUnreadable` where the canvas may not be read. */
export async function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  try {
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('nothing drawn'))));
    });
  } catch (error) {
    throw new AppError('imageUnreadable', {}, { cause: error });
  }
}
