/** Decoding, drawing and encoding of images, as the image tools need them from a browser. */
import type { ImageType } from '../vision/provider-kind';
import type { Size } from './fit';
import type { SniffedType } from './formats/sniffed-image';

/** Passed in, so that everything but the browser's own part runs anywhere. */
export interface Codec {
  /**
   * Decodes the first frame, turned as its EXIF says, in sRGB.
   *
   * @throws anything at all when the browser cannot.
   */
  decode(bytes: Blob, type: SniffedType, size: Size | undefined): Promise<Image>;
}

/** A decoded image; close it, for its pixels lie outside the garbage collector's sight. */
export interface Image extends Size {
  /** Draws the whole image at another size, its see-through parts kept. */
  draw(size: Size): Drawing;
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
