/** Makes of any image the bytes that a model server takes, changing as little as it must. */
import { AppError } from '../errors';
import { MAX_IMAGE_SIDE, type ImageType, type ProviderKind } from '../vision/catalog';
import { dataUrlOf } from './base64';
import { canvasCodec } from './canvas-codec';
import type { Codec, Drawing, Picture } from './codec';
import { fit, type Size } from './fit';
import type { SniffedType } from './formats/sniffed-image';
import { measurePixels } from './measure';
import { decodeImage, openImage, type OpenedImage } from './open';
import { isStrippable, stripMetadata } from './strip-metadata';

/** What a server takes. */
export type ImageLimits = Pick<ProviderKind, 'imageTypes' | 'maxImageBytes'>;

export interface PreparedImage extends Size {
  dataUrl: string;
  mimeType: ImageType;
  /** Of the image itself, before base64. */
  byteLength: number;
  /** True where the pixels are the original's, bit for bit. */
  untouched: boolean;
  original: {
    mimeType: SniffedType;
    /** As a person sees it, after EXIF has turned it. */
    width: number;
    height: number;
    byteLength: number;
    /** It moves; the first frame is what was prepared. */
    animated: boolean;
  };
}

export interface PrepareOptions {
  /** A CSS colour to lay see-through parts on. White by default, as most pages are. */
  background?: string;
  codec?: Codec;
}

interface Encoded extends Size {
  bytes: Uint8Array;
  mimeType: ImageType;
}

/** From here up a picture counts as flat art or text, where JPEG smears and PNG is small. */
const FLAT = 0.5;
/** How much larger than a JPEG a PNG may be for its sharp edges. */
const WORTH_OF_PNG = 2;
/** In bytes: below this, sharp edges cost nothing that anyone would notice. */
const LIGHT_PNG = 100_000;
/** Tried in this order until the bytes fit. Text stays legible down to the last. */
const QUALITIES = [0.88, 0.75, 0.6] as const;
const SCALES = [1, 0.75, 0.5, 0.25, 0.125] as const;

/**
 * The image as the server takes it: its own bytes without their metadata where type, size and weight
 * allow, else drawn anew, no side over `MAX_IMAGE_SIDE`, see-through parts on `background`, as PNG
 * or JPEG, whichever serves the picture better.
 *
 * @throws {AppError} `imageBroken`, `imageTooLarge` or `imageUnreadable`; an abort of `signal` ends
 *   with its reason.
 */
export async function prepareImage(
  file: Blob,
  limits: ImageLimits,
  signal: AbortSignal,
  { background = '#fff', codec = canvasCodec }: PrepareOptions = {},
): Promise<PreparedImage> {
  signal.throwIfAborted();
  const opened = await openImage(file);
  const stripped = strippedBytes(opened, limits);
  // Whether a pixel is see-through only shows once decoded: what cannot be goes out at once.
  if (stripped && !opened.sniffed.alpha) return described(stripped, opened, stripped);
  signal.throwIfAborted();
  const picture = await decodeImage(opened, codec);
  try {
    const encoded = await redraw(picture, stripped, { limits, background, signal });
    return described(encoded, opened, stripped, picture);
  } finally {
    picture.close();
  }
}

/** The image's own bytes without metadata, if the server takes such. */
function strippedBytes({ bytes, sniffed }: OpenedImage, limits: ImageLimits): Encoded | undefined {
  const { type, size, plain } = sniffed;
  if (!plain || !size || !isStrippable(type) || !limits.imageTypes.includes(type)) return undefined;
  if (Math.max(size.width, size.height) > MAX_IMAGE_SIDE) return undefined;
  const stripped = stripMetadata(bytes, type);
  if (!stripped || stripped.length > limits.maxImageBytes) return undefined;
  return { ...size, bytes: stripped, mimeType: type };
}

interface Redraw {
  limits: ImageLimits;
  background: string;
  signal: AbortSignal;
}

/** `stripped` after all where every pixel proves opaque, else the picture in other bytes. */
async function redraw(
  picture: Picture,
  stripped: Encoded | undefined,
  { limits, background, signal }: Redraw,
): Promise<Encoded> {
  for (const scale of SCALES) {
    const size = fit(picture, { maxSide: sideFor(picture, scale) });
    const drawing = picture.draw(size);
    const { opaque, flatness } = measurePixels(drawing.pixels());
    if (opaque && stripped) return stripped;
    if (!opaque) drawing.layOn(background);
    const encoded = await smallestThatServes(drawing, flatness >= FLAT, limits, signal);
    if (encoded) return { ...size, ...encoded };
  }
  throw new AppError('imageTooLarge');
}

function sideFor({ width, height }: Size, scale: number): number {
  return Math.max(1, Math.round(Math.min(MAX_IMAGE_SIDE, Math.max(width, height)) * scale));
}

/** The best encoding within the server's weight limit, or `undefined` where none is. */
async function smallestThatServes(
  drawing: Drawing,
  flat: boolean,
  { imageTypes, maxImageBytes }: ImageLimits,
  signal: AbortSignal,
): Promise<Pick<Encoded, 'bytes' | 'mimeType'> | undefined> {
  const encode = async (type: ImageType, quality?: number) => {
    signal.throwIfAborted();
    const blob = await drawing.encode(type, quality);
    return { bytes: new Uint8Array(await blob.arrayBuffer()), mimeType: type };
  };
  const lossy = (['image/jpeg', 'image/webp'] as const).find((type) => imageTypes.includes(type));
  const first = lossy && (await encode(lossy, QUALITIES[0]));
  if (imageTypes.includes('image/png') && (flat || !first)) {
    const png = await encode('image/png');
    const worth = Math.max(LIGHT_PNG, (first?.bytes.length ?? Infinity) * WORTH_OF_PNG);
    if (png.bytes.length <= Math.min(worth, maxImageBytes)) return png;
  }
  if (!lossy || !first) return undefined;
  if (first.bytes.length <= maxImageBytes) return first;
  for (const quality of QUALITIES.slice(1)) {
    const next = await encode(lossy, quality);
    if (next.bytes.length <= maxImageBytes) return next;
  }
  return undefined;
}

function described(
  encoded: Encoded,
  { bytes, sniffed }: OpenedImage,
  stripped: Encoded | undefined,
  seen: Size = encoded,
): PreparedImage {
  const { width, height, mimeType } = encoded;
  const { type, animated } = sniffed;
  const original = { mimeType: type, width: seen.width, height: seen.height, animated };
  return {
    dataUrl: dataUrlOf(encoded.bytes, mimeType),
    mimeType,
    width,
    height,
    byteLength: encoded.bytes.length,
    untouched: encoded === stripped,
    original: { ...original, byteLength: bytes.length },
  };
}
