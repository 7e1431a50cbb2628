/** Reads an image's bytes as the page itself would: its cookies, its referrer, its `blob:` URLs. */
import { AppError } from '../../utils/errors';
import { dataUrlOf } from '../../utils/image/base64';
import type { Size } from '../../utils/image/fit';
import type { JobImage } from '../../utils/jobs/job-image';
import { svgSource } from '../../utils/page/svg-source';
import { drawSource, isBlank, rasterise, toPng } from '../../utils/page/draw';
import type { FoundPicture } from '../../utils/page/pictures';
import { pictureFor } from '../../utils/page/targets';

/**
 * The image as a `data:` URL, in a type that the background can decode.
 *
 * @throws {AppError} `imageUnreadable` where the page may show the image but not read it.
 */
export async function readImage(image: JobImage): Promise<string> {
  try {
    const blob = await blobOf(image);
    return dataUrlOf(new Uint8Array(await blob.arrayBuffer()), blob.type);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('imageUnreadable', {}, { cause: error });
  }
}

async function blobOf(image: JobImage): Promise<Blob> {
  const picture = pictureFor(image);
  const address = addressOf(image, picture);
  const element = picture?.element;
  const fetched = address === '' ? undefined : await fetchImage(address);
  // Workers cannot decode SVG (measured in both browsers); a page can.
  if (fetched?.type.includes('svg')) return await rasterise(fetched);
  if (fetched) return fetched;
  switch (picture?.type) {
    case 'image':
      if (element?.localName !== 'img') break;
      return await drawImage(element as HTMLImageElement);
    case 'drawing':
      return await drawing(element as SVGSVGElement);
    case 'canvas':
    case 'video':
      return await frame(element as HTMLCanvasElement | HTMLVideoElement, picture.size);
    default:
      break;
  }
  throw new AppError('imageUnreadable');
}

/**
 * The menu may name a placeholder's address, which the page knows better. A background was looked
 * into when it was picked: without an address, it shows only a part of its picture.
 */
function addressOf({ pictureId, srcUrl }: JobImage, picture: FoundPicture | undefined): string {
  if (pictureId && picture?.type === 'background') return srcUrl;
  return picture?.srcUrl ?? srcUrl;
}

async function fetchImage(address: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(address, { cache: 'force-cache' });
    const blob = response.ok ? await response.blob() : undefined;
    // A sign-in page in place of the picture, say.
    return blob?.type.startsWith('text/html') ? undefined : blob;
  } catch {
    return undefined;
  }
}

async function drawImage(element: HTMLImageElement): Promise<Blob> {
  const { naturalWidth: width, naturalHeight: height } = element;
  return await toPng(drawSource(element, { width, height }));
}

async function drawing(element: SVGSVGElement): Promise<Blob> {
  const source = svgSource(element);
  if (source === undefined) throw new AppError('imageUnreadable');
  return await rasterise(new Blob([source], { type: 'image/svg+xml' }));
}

/** What a canvas or a video shows now. */
async function frame(
  element: HTMLCanvasElement | HTMLVideoElement,
  size: Size | undefined,
): Promise<Blob> {
  if (!size) throw new AppError('imageUnreadable');
  const drawn = drawSource(element, size);
  // WebGL forgets what it drew as soon as it is on the screen; there it can be photographed.
  if (isBlank(drawn)) throw new AppError('imageUnreadable');
  return await toPng(drawn);
}
