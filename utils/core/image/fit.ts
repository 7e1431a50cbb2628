/** How large to send an image: the size that fits within limits, its shape kept. */

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

/** In pixels: more take a canvas tens of milliseconds to decode, in which a page stands still. */
const MANY_PIXELS = 2_000_000;

/** Whether a page leaves it to the background to draw an image of this size small. */
export function isLarge({ width, height }: Size): boolean {
  return width * height > MANY_PIXELS;
}
