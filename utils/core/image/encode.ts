/** Makes of any image the bytes that a model server takes, changing as little as it must. */
import { AppError } from '../errors';
import type { ImageType, ProviderKind } from '../vision/provider-kind';
import type { ImageRule } from '../vision/image-rules';
import { dataUrlOf } from './base64';
import { canvasCodec } from './canvas-codec';
import type { Codec, Drawing, Image } from './codec';
import { fit, placed, type Size } from './fit';
import type { SniffedType } from './formats/sniffed-image';
import { measurePixels, shareThatStandsOut } from './measure';
import { decodeImage, openImage, type ImageFile, type OpenedImage } from './open';
import { isStrippable, stripMetadata } from './strip-metadata';
import { seenSize } from './tokens';

/** What a server takes, and how its model looks at it. */
export interface ImageLimits extends Pick<
  ProviderKind,
  'imageTypes' | 'maxImageBytes' | 'imageShape'
> {
  rule: ImageRule;
}

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
  /**
   * The CSS colour behind see-through parts, asked for once, where there are any. White by default,
   * as most pages are, and where it cannot be told.
   */
  background?: () => Promise<string>;
  /** The browser drew the file from what it shows: no bytes of an original are there to be kept. */
  drawn?: boolean;
  codec?: Codec;
}

interface Encoded extends Size {
  bytes: Uint8Array;
  mimeType: ImageType;
}

const WHITE = '#fff';
const BLACK = '#000';

/** Less of a see-through image than this is as good as nothing: it is laid on another colour. */
const HARDLY_VISIBLE = 0.1;

/** From here up an image counts as flat art or text, where JPEG smears and PNG is small. */
const FLAT = 0.5;
/** How much larger than a JPEG a PNG may be for its sharp edges. */
const WORTH_OF_PNG = 2;
/** In bytes: below this, sharp edges cost nothing that anyone would notice. */
const LIGHT_PNG = 100_000;
/** In pixels: up to here a PNG is light whatever it shows, and a JPEG of an icon is smeared. */
const SMALL = 16_384;
/** Tried in this order until the bytes fit. Text stays legible down to the last. */
const QUALITIES = [0.88, 0.75, 0.6] as const;
const SCALES = [1, 0.75, 0.5, 0.25, 0.125] as const;

/**
 * The image as the server takes it: its own bytes without their metadata where type, size and weight
 * allow, else drawn anew, as large as the model looks at, see-through parts on
 * `background`, as PNG or JPEG, whichever serves the image better.
 *
 * @throws {AppError} `imageBroken`, `imageEmpty`, `imageTooLarge` or `imageUnreadable`; an abort of
 *   `signal` ends with its reason.
 */
export async function prepareImage(
  file: ImageFile,
  limits: ImageLimits,
  signal: AbortSignal,
  { background, drawn = false, codec = canvasCodec }: PrepareOptions = {},
): Promise<PreparedImage> {
  signal.throwIfAborted();
  const opened = await openImage(file);
  const stripped = await strippedBytes(opened, limits);
  // Whether a pixel is see-through only shows once decoded: what cannot be goes out at once.
  const { alpha } = opened.sniffed;
  if (stripped && !alpha && !drawn) return described(stripped, opened, stripped);
  signal.throwIfAborted();
  const image = await decodeImage(opened, codec);
  try {
    const encoded = await redraw(image, stripped, {
      alpha,
      drawn,
      limits,
      background,
      signal,
      codec,
    });
    return described(encoded, opened, stripped, image);
  } finally {
    image.close();
  }
}

/** The image's own bytes without metadata, if the server takes such. */
async function strippedBytes(
  { bytes, sniffed }: OpenedImage,
  limits: ImageLimits,
): Promise<Encoded | undefined> {
  const { type, size, plain } = sniffed;
  if (!plain || !size || !isStrippable(type) || !limits.imageTypes.includes(type)) return undefined;
  const seen = seenSize(size, limits.rule);
  if (seen.width < size.width || seen.height < size.height) return undefined;
  const { canvas } = placed(size, limits.imageShape);
  if (canvas.width > size.width || canvas.height > size.height) return undefined;
  const stripped = await stripMetadata(bytes, type);
  if (!stripped || stripped.length > limits.maxImageBytes) return undefined;
  return { ...size, bytes: stripped, mimeType: type };
}

interface Redraw {
  /** Whether a pixel can be see-through. */
  alpha: boolean;
  drawn: boolean;
  limits: ImageLimits;
  background: PrepareOptions['background'];
  signal: AbortSignal;
  codec: Codec;
}

/**
 * `stripped` after all where every pixel proves opaque, else the image in other bytes. Of what the
 * browser drew, PNG was never chosen: a photograph goes out as what it is, at a tenth of the weight.
 */
async function redraw(
  image: Image,
  stripped: Encoded | undefined,
  { alpha, drawn, limits, background, signal, codec }: Redraw,
): Promise<Encoded> {
  const seen = seenSize(image, limits.rule);
  let backdrop: string | undefined;
  for (const scale of SCALES) {
    const size = fit(seen, { maxSide: Math.max(seen.width, seen.height) * scale });
    const on = placed(size, limits.imageShape);
    const { width } = on.canvas;
    const drawing = image.draw(on.image, on.canvas);
    const hasMargin = width > on.image.width || on.canvas.height > on.image.height;
    const pixels = drawing.pixels();
    const { opaque, flatness } = measurePixels(pixels, { width, alpha: alpha || hasMargin });
    const sharp = flatness >= FLAT || size.width * size.height <= SMALL;
    if (opaque && stripped && (sharp || !drawn)) return stripped;
    if (!opaque) {
      backdrop ??= visibleOn((await background?.().catch(() => undefined)) ?? WHITE, pixels, codec);
      drawing.layOn(backdrop);
    }
    const encoded = await smallestThatServes(drawing, sharp, limits, signal);
    if (encoded) return { ...on.canvas, ...encoded };
  }
  throw new AppError('imageTooLarge');
}

/** `colour`, or white or black where the pixels can hardly be seen on it, and better on that. */
function visibleOn(colour: string, pixels: Uint8ClampedArray, codec: Codec): string {
  const share = (on: string) => shareThatStandsOut(pixels, codec.rgbOf(on));
  const found = share(colour);
  if (found >= HARDLY_VISIBLE) return colour;
  const other = share(WHITE) > share(BLACK) ? WHITE : BLACK;
  return share(other) > found ? other : colour;
}

/** The best encoding within the server's weight limit, or `undefined` where none is. */
async function smallestThatServes(
  drawing: Drawing,
  sharp: boolean,
  { imageTypes, maxImageBytes }: ImageLimits,
  signal: AbortSignal,
): Promise<Pick<Encoded, 'bytes' | 'mimeType'> | undefined> {
  const encode = async (type: ImageType, quality?: number) => {
    signal.throwIfAborted();
    const blob = await drawing.encode(type, quality);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    // Chromium writes a profile into each JPEG, with a name and a date.
    const stripped = isStrippable(type) ? await stripMetadata(bytes, type) : undefined;
    return { bytes: stripped ?? bytes, mimeType: type };
  };
  // WebP is about half as heavy, but takes Chromium 50 to 190 ms more to write, measured on photos
  // and screenshots at the sizes that models see: from some 12 Mbit/s on, it would be there later.
  const lossy = (['image/jpeg', 'image/webp'] as const).find((type) => imageTypes.includes(type));
  const first = lossy && (await encode(lossy, QUALITIES[0]));
  if (imageTypes.includes('image/png') && (sharp || !first)) {
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
