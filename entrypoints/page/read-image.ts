/** Reads an image's bytes as the page itself would: its cookies, its referrer, its `blob:` URLs. */
import { AppError } from '../../utils/errors';
import { dataUrlOf } from '../../utils/image/base64';
import { findImage } from '../../utils/page/find-image';

/** A vector picture has no pixels of its own; this many show what it holds. */
const VECTOR_SIDE = 1024;

/**
 * The image as a `data:` URL, in a type that the background can decode.
 *
 * @throws {AppError} `imageUnreadable` where the page may show the image but not read it.
 */
export async function readImage(srcUrl: string): Promise<string> {
  const fetched = await fetchImage(srcUrl);
  // Workers cannot decode SVG (measured in both browsers); a page can.
  if (fetched && !fetched.type.includes('svg')) return await asDataUrl(fetched);
  return await asDataUrl(fetched ? await rasterise(fetched) : await drawElement(srcUrl));
}

async function fetchImage(srcUrl: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(srcUrl, { cache: 'force-cache' });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}

async function rasterise(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await draw(image, image.naturalWidth, image.naturalHeight, VECTOR_SIDE);
  } catch (error) {
    throw new AppError('imageUnreadable', {}, { cause: error });
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function drawElement(srcUrl: string): Promise<Blob> {
  const element = findImage(srcUrl);
  if (!(element instanceof HTMLImageElement)) throw new AppError('imageUnreadable');
  return await draw(element, element.naturalWidth, element.naturalHeight);
}

/** @param side scale up until the longer side has so many pixels. */
async function draw(
  image: HTMLImageElement,
  width: number,
  height: number,
  side = 0,
): Promise<Blob> {
  const scale = Math.max(1, side / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  // An SVG without a size of its own is square for our purpose.
  canvas.width = Math.round(width * scale) || VECTOR_SIDE;
  canvas.height = Math.round(height * scale) || VECTOR_SIDE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  try {
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('nothing drawn'))));
    });
  } catch (error) {
    // A canvas that holds a picture from another origin shows it and keeps it.
    throw new AppError('imageUnreadable', {}, { cause: error });
  }
}

async function asDataUrl(blob: Blob): Promise<string> {
  return dataUrlOf(new Uint8Array(await blob.arrayBuffer()), blob.type);
}
