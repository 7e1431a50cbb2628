/** What kind of image some pixels are: see-through or not, photograph or flat art. */

export interface PixelMeasure {
  /** Whether no pixel lets anything shine through. */
  opaque: boolean;
  /**
   * The share of pixels that equal the one to their left, 0 to 1. Photographs are noisy and stay
   * under about 0.3; screenshots, charts and drawings lie above 0.6.
   */
  flatness: number;
}

/** Measures RGBA pixels, four bytes each, rows one after the other. */
export function measurePixels(rgba: Uint8ClampedArray): PixelMeasure {
  // One 32-bit comparison for four channels; alpha is the last byte whichever way it is read.
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >>> 2);
  let all = 0xff_ff_ff_ff;
  let same = 0;
  let left = -1;
  for (const pixel of pixels) {
    all &= pixel;
    if (pixel === left) same += 1;
    left = pixel;
  }
  const [, , , alpha] = new Uint8Array(Uint32Array.of(all).buffer);
  return { opaque: alpha === 0xff, flatness: pixels.length === 0 ? 0 : same / pixels.length };
}
