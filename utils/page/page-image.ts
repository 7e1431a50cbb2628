/** Facts about an image on a page besides its address: for the picker, lists and jobs. */
import * as v from 'valibot';

/** The kinds of things on a page that show an image. */
export const imageTypeSchema = v.picklist([
  'image',
  'drawing',
  'canvas',
  'video',
  'background',
  'frame',
  'region',
]);
export type ImageType = v.InferOutput<typeof imageTypeSchema>;

const sizeSchema = v.object({ width: v.number(), height: v.number() });

/** An image as its content script names it. */
export const pickedImageSchema = v.object({
  imageId: v.pipe(v.string(), v.maxLength(64)),
  type: imageTypeSchema,
  /** Its address; empty where it has none, or where the address shows something else. */
  srcUrl: v.string(),
  documentUrl: v.string(),
  /** Its own size in pixels, where it has one. */
  size: v.optional(sizeSchema),
});
export type PickedImage = v.InferOutput<typeof pickedImageSchema>;

/** An image in a list. */
export const pageImageSchema = v.object({
  ...pickedImageSchema.entries,
  /** Its accessible name as a screen reader would say it; empty where it has none. */
  name: v.string(),
  /** Its `alt` attribute as written; absent where there is none, empty for `alt=""`. */
  alt: v.optional(v.string()),
  /** As shown, in CSS pixels. */
  shown: sizeSchema,
  /** A small image as a `data:` URL; absent where the page may not read it. */
  thumbnail: v.optional(v.string()),
});
export type PageImage = v.InferOutput<typeof pageImageSchema>;
