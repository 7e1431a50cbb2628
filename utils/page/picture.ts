/** What is said of a picture on a page, beyond its address: for the picker, lists and jobs. */
import * as v from 'valibot';

/** The kinds of things on a page that show a picture. */
export const pictureTypeSchema = v.picklist([
  'image',
  'drawing',
  'canvas',
  'video',
  'background',
  'frame',
  'region',
]);
export type PictureType = v.InferOutput<typeof pictureTypeSchema>;

const sizeSchema = v.object({ width: v.number(), height: v.number() });

/** A picture as its content script names it. */
export const pickedPictureSchema = v.object({
  pictureId: v.pipe(v.string(), v.maxLength(64)),
  type: pictureTypeSchema,
  /** Its address; empty where it has none, or where the address shows something else. */
  srcUrl: v.string(),
  documentUrl: v.string(),
  /** Its own size in pixels, where it has one. */
  size: v.optional(sizeSchema),
});
export type PickedPicture = v.InferOutput<typeof pickedPictureSchema>;

/** A picture in a list. */
export const pagePictureSchema = v.object({
  ...pickedPictureSchema.entries,
  /** Its accessible name as a screen reader would say it; empty where it has none. */
  name: v.string(),
  /** Its `alt` attribute as written; absent where there is none, empty for `alt=""`. */
  alt: v.optional(v.string()),
  /** As shown, in CSS pixels. */
  shown: sizeSchema,
  /** A small picture as a `data:` URL; absent where the page may not read it. */
  thumbnail: v.optional(v.string()),
});
export type PagePicture = v.InferOutput<typeof pagePictureSchema>;
