/** How large to send an image: the size that fits within limits, its shape kept. */

import type { ImageShape } from '../vision/provider-kind';

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface FitLimits {
  /** The longest side, in pixels, at least 1. */
  maxSide: number;
  /** The most that the shorter side may have. */
  shortSide?: number;
}

/**
 * The largest size within `limits` that keeps the shape of `size`, each side a whole number of at
 * least 1 pixel. An image that fits already comes back as it is: never larger.
 */
export function fit({ width, height }: Size, { maxSide, shortSide = maxSide }: FitLimits): Size {
  const [short, long] = width < height ? [width, height] : [height, width];
  if (long <= maxSide && short <= shortSide) return { width, height };
  const longBinds = maxSide * short <= shortSide * long;
  return longBinds
    ? scaled({ width, height }, maxSide, long)
    : scaled({ width, height }, shortSide, short);
}

/**
 * An image `numerator / denominator` as large, each side rounded down to at least 1 pixel.
 *
 * Two whole numbers rather than one factor, whose rounding could cost the side that fits exactly a
 * pixel.
 */
export function scaled({ width, height }: Size, numerator: number, denominator: number): Size {
  const side = (length: number) => Math.max(1, Math.floor((length * numerator) / denominator));
  return { width: side(width), height: side(height) };
}

/** To what a small image is enlarged: twice what is refused, as far as it stays small. */
const COMFORT = 2;
const MAX_ENLARGED = 512;

export interface Placed {
  /** The size of the image, the same or a whole number of times as large. */
  image: Size;
  /** The size of the canvas that it stands in the middle of. */
  canvas: Size;
}

/**
 * How an image of `size` is drawn for a server that refuses what is small or narrow: enlarged where
 * that is enough, else with a margin on its short sides. Mostly both sizes are `size`.
 */
export function placed(size: Size, shape: ImageShape | undefined): Placed {
  if (!shape) return { image: size, canvas: size };
  const { minSide, maxRatio } = shape;
  const short = Math.min(size.width, size.height);
  const long = Math.max(size.width, size.height);
  const wanted = short < minSide ? Math.ceil((minSide * COMFORT) / short) : 1;
  const times = Math.max(1, Math.min(wanted, Math.floor(MAX_ENLARGED / long)));
  const image = { width: size.width * times, height: size.height * times };
  const least = Math.max(minSide, Math.ceil((long * times) / maxRatio));
  const canvas = { width: Math.max(image.width, least), height: Math.max(image.height, least) };
  return { image, canvas };
}

/** In pixels: more take a canvas tens of milliseconds to decode, in which a page stands still. */
const MANY_PIXELS = 2_000_000;

/** Whether a page leaves it to the background to draw an image of this size small. */
export function isLarge({ width, height }: Size): boolean {
  return width * height > MANY_PIXELS;
}
