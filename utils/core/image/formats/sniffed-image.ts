/** What the first look at an image's bytes gives, whatever its format. */
import type { Size } from '../fit';

export type SniffedType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'image/gif'
  | 'image/avif'
  | 'image/heic'
  | 'image/bmp'
  | 'image/x-icon'
  | 'image/svg+xml';

export interface SniffedImage {
  type: SniffedType;
  /** As a person sees it, after EXIF has turned it; absent where the bytes do not say. */
  size?: Size | undefined;
  /** More than one frame. */
  animated: boolean;
  /** Whether pixels may be see-through; only a decoder knows whether any is. */
  alpha: boolean;
  /**
   * Whether any decoder shows it as a browser does: one upright frame, grey or RGB, 8 bits. Others
   * (CMYK, 16 bits, turned by EXIF) come out wrong at many model servers.
   */
  plain: boolean;
}

/**
 * A size, or none where a side is missing: zero is what is read past the end of a file. Nor is there
 * one past all whole numbers, which a drawing can claim.
 */
export function sizeOf(width: number, height: number): Size | undefined {
  return isSide(width) && isSide(height) ? { width, height } : undefined;
}

function isSide(length: number): boolean {
  return length > 0 && Number.isSafeInteger(length);
}
