/**
 * What a page says about one of its images: quoted to models as data, each text within its limit.
 */
import * as v from 'valibot';
import { purposeSchema } from './purpose';

/** Each text, and the most characters of it that are ever sent. */
export const CONTEXT_LIMITS = {
  page_title: 200,
  /** The heading above the image. */
  heading: 200,
  /** Its alternative text as it is now. */
  existing_alt: 500,
  /** Of the figure around it, or what names and describes it by reference. */
  caption: 500,
  /** The text just before and just after it. */
  nearby_text: 1_000,
  /** Of the link or button around it: its words, and where it goes. */
  link_target: 300,
} as const;
export type ContextField = keyof typeof CONTEXT_LIMITS;
export const CONTEXT_FIELDS = Object.keys(CONTEXT_LIMITS) as [ContextField, ...ContextField[]];

const text = (field: ContextField) =>
  v.optional(v.pipe(v.string(), v.maxLength(CONTEXT_LIMITS[field])));

/** Only what is there: a text that the page has not, or that is empty, is absent. */
export const contextTextsSchema = v.object({
  page_title: text('page_title'),
  heading: text('heading'),
  existing_alt: text('existing_alt'),
  caption: text('caption'),
  nearby_text: text('nearby_text'),
  link_target: text('link_target'),
});
export type ContextTexts = v.InferOutput<typeof contextTextsSchema>;

export const pageContextSchema = v.object({
  texts: contextTextsSchema,
  /** The language of the text around the image, as a BCP 47 tag. */
  language: v.optional(v.pipe(v.string(), v.maxLength(40))),
  purpose: v.optional(purposeSchema),
});
export type PageContext = v.InferOutput<typeof pageContextSchema>;
