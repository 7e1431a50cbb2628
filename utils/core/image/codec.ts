/** Decoding, drawing and encoding of images, as the image tools need them from a browser. */
import type { ImageType } from '../vision/provider-kind';
import type { Size } from './fit';
import type { SniffedType } from './formats/sniffed-image';

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Passed in, so that everything but the browser's own part runs anywhere. */
export interface Codec {
  /**
   * Decodes the first frame, turned as its EXIF says, in sRGB.
   *
   * @throws anything at all when the browser cannot.
   */
  decode(bytes: Blob, type: SniffedType, size: Size | undefined): Promise<Image>;
  /** Red, green and blue of a CSS colour, 0 to 255, of one that is see-through on white. */
  rgbOf(colour: string): Rgb;
}

/** A decoded image; close it, for its pixels lie outside the garbage collector's sight. */
export interface Image extends Size {
  /**
   * Draws the whole image at another size, its see-through parts kept, in the middle of a see-through
   * canvas, which is as large as the drawing if nothing is said.
   */
  draw(size: Size, canvas?: Size): Drawing;
  close(): void;
}

export interface Drawing {
  /** RGBA, four bytes a pixel, not premultiplied. */
  pixels(): Uint8ClampedArray;
  /** Paints `colour` (any CSS colour) behind what is drawn, on white; nothing shines through then. */
  layOn(colour: string): void;
  /** The drawing as a file; `quality` 0 to 1 for the lossy types. */
  encode(type: ImageType, quality?: number): Promise<Blob>;
}
