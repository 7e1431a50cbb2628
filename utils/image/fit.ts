/** How large to send a picture: the size that fits within limits, its shape kept. */

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface FitLimits {
  /** The longest side, in pixels, at least 1. */
  maxSide: number;
}

/**
 * The largest size within `limits` that keeps the shape of `size`, each side a whole number of at
 * least 1 pixel. A picture that fits already comes back as it is: never larger.
 */
export function fit({ width, height }: Size, { maxSide }: FitLimits): Size {
  const scale = maxSide / Math.max(width, height);
  if (scale >= 1) return { width, height };
  return { width: scaled(width, scale), height: scaled(height, scale) };
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}
