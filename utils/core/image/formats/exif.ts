/** How a camera was held: the orientation out of an EXIF block. */
import { latin1, u16be, u16le, u32be, u32le } from './bytes';

const ORIENTATION_TAG = 0x0112;

/**
 * The orientation in a TIFF-shaped EXIF block (without `Exif\0\0` before it): 1 is upright, 2 to 8
 * are turned or mirrored, 5 to 8 swap width and height. 1 where the block says nothing usable, as
 * browsers have it. Exif 2.32, section 4.6.4 A.
 */
export function exifOrientation(tiff: Uint8Array): number {
  const order = latin1(tiff, 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return 1;
  const [u16, u32] = order.startsWith('II') ? [u16le, u32le] : [u16be, u32be];
  const directory = u32(tiff, 4);
  const count = u16(tiff, directory);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (u16(tiff, at) !== ORIENTATION_TAG) continue;
    const value = u16(tiff, at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Whether an orientation lays the image on its side. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5;
}
