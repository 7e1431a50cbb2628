/** Draws what a page shows into canvases of our own. */
import { AppError } from '../core/errors';
import type { Size } from '../core/image/fit';

/** A vector image has no pixels of its own; this many show what it holds. */
const VECTOR_SIDE = 1024;
/** No model looks at more; the plan of a house may be drawn a hundred thousand wide. */
const MAX_VECTOR_SIDE = 3072;

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
 * An SVG file as pixels, its longer side between `VECTOR_SIDE` and `MAX_VECTOR_SIDE`.
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

/** The size to draw an SVG at, in pixels; one without a size of its own is square for our purpose. */
export function vectorSize({
  naturalWidth,
  naturalHeight,
}: Pick<HTMLImageElement, 'naturalWidth' | 'naturalHeight'>): Size {
  const width = naturalWidth || VECTOR_SIDE;
  const height = naturalHeight || VECTOR_SIDE;
  const side = Math.max(width, height);
  const scale = Math.min(MAX_VECTOR_SIDE, Math.max(VECTOR_SIDE, side)) / side;
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
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
