/** Reads an image's bytes as the page itself would: its cookies, its referrer, its `blob:` URLs. */
import { AppError } from '../../utils/core/errors';
import { dataUrlOf } from '../../utils/core/image/base64';
import type { Size } from '../../utils/core/image/fit';
import { MAX_READ_MS, readImageResponse } from '../../utils/core/image/read-response';
import type { JobImage } from '../../utils/core/jobs/job-image';
import type { ReadImage } from '../../utils/browser/messaging/page-calls';
import { takeEarlyFetch } from '../../utils/page/early-fetch';
import { hasFailed } from '../../utils/page/load-state';
import { svgSource } from '../../utils/page/svg-source';
import { drawSource, isBlank, rasterise, toPng } from '../../utils/page/draw';
import type { FoundImage } from '../../utils/page/images';
import { imageFor } from '../../utils/page/job-targets';

/** As a `data:` URL, too, it has to fit into a message, and Chromium's have 64 MiB at most. */
const MAX_MESSAGE_BYTES = 48_000_000;

type ReadBlob = ReadImage & { file: Blob };

/**
 * The image's bytes, in a type that the background can decode.
 *
 * @param asShown as the page draws it, whatever its bytes are.
 * @throws {AppError} `imageUnreadable` where the page may show the image but not read it, or not in
 *   time; `imageNotLoaded` where the page itself has tried to load it, and failed.
 */
export async function readImage(
  image: JobImage,
  asShown: boolean,
  signal: AbortSignal,
): Promise<ReadBlob> {
  try {
    // The background waits no longer either, if it still lives.
    if (asShown) return { file: await draw(undefined, imageFor(image)), drawn: true };
    return await read(image, AbortSignal.any([signal, AbortSignal.timeout(MAX_READ_MS)]));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('imageUnreadable', {}, { cause: error });
  }
}

/** For Chromium before 148, whose messages are JSON. */
export async function asDataUrl({ file, drawn }: ReadBlob): Promise<ReadImage> {
  return { file: dataUrlOf(new Uint8Array(await file.arrayBuffer()), file.type), drawn };
}

async function read(image: JobImage, signal: AbortSignal): Promise<ReadBlob> {
  const found = imageFor(image);
  const address = addressOf(image, found);
  const fetched = address === '' ? undefined : await fetchImage(address, signal);
  // Workers cannot decode SVG (measured in both browsers); a page can.
  if (fetched && !fetched.type.includes('svg')) return { file: fetched, drawn: false };
  return { file: await draw(fetched, found), drawn: true };
}

/** What the page shows, drawn anew. */
async function draw(svg: Blob | undefined, found: FoundImage | undefined): Promise<Blob> {
  if (svg) return await rasterise(svg);
  const element = found?.element;
  switch (found?.type) {
    case 'image':
      if (element?.localName !== 'img') break;
      if (await hasFailed(element as HTMLImageElement)) throw new AppError('imageNotLoaded');
      return await drawImage(element as HTMLImageElement);
    case 'drawing':
      return await drawing(element as SVGSVGElement);
    case 'canvas':
    case 'video':
      return await frame(element as HTMLCanvasElement | HTMLVideoElement, found.size);
    default:
      break;
  }
  throw new AppError('imageUnreadable');
}

/**
 * The menu may name a placeholder's address, which the page knows better. A background was looked
 * into when it was picked: without an address, it shows only a part of its image.
 */
function addressOf({ imageId, srcUrl }: JobImage, found: FoundImage | undefined): string {
  if (imageId && found?.type === 'background') return srcUrl;
  return found?.srcUrl ?? srcUrl;
}

async function fetchImage(address: string, signal: AbortSignal): Promise<Blob | undefined> {
  try {
    const response = await (takeEarlyFetch(address, signal) ??
      fetch(address, { cache: 'force-cache', signal }));
    return await readImageResponse(response, MAX_MESSAGE_BYTES);
  } catch {
    signal.throwIfAborted();
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
