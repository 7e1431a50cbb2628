/** A job: an image or several, the preset it was asked with, and the turns of questions and answers. */
import * as v from 'valibot';
import { pageContextSchema } from '../prompts/page-context';
import { presetSchema } from '../prompts/preset';
import { PURPOSES } from '../prompts/purpose';
import { stateSchema } from './answer-state';
import { imageSchema } from './job-image';

/** One of several images that are compared: kept as it was when it was chosen. */
export const comparedSchema = v.object({
  /** Under which its bytes are stored (`stored-images.ts`). */
  id: v.string(),
  /** What to call it beside its number: its name, or its site. */
  title: v.string(),
  thumbnail: v.optional(v.string()),
});
export type ComparedImage = v.InferOutput<typeof comparedSchema>;

/**
 * `tabs.TAB_ID_NONE`: a file is of no tab, and the tab of a past job is of another day, or its number
 * another tab's.
 */
export const NO_TAB = -1;

/** The longest question, and the longest text of one's own, in characters. */
export const TEXT_MAX_LENGTH = 20_000;

/** One model's answer to a question. */
export const answerSchema = v.object({
  /** Of all answers of the job. */
  id: v.string(),
  /** Asked there instead of where the preset says. */
  using: v.optional(v.object({ connectionId: v.string(), model: v.string() })),
  /** The most tokens it may take, thinking included. */
  maxTokens: v.number(),
  /** The server refused the image in the turn before: this one is asked without it. */
  withoutImage: v.optional(v.boolean()),
  /** The model is to continue the words that have come, where the server can. */
  resumes: v.optional(v.boolean()),
  /** Stands for all that was asked, image and words: the same key, the same question. */
  contentKey: v.optional(v.string()),
  /** Of the bytes behind the address by which the image went, as the page had them. */
  imageHash: v.optional(v.string()),
  /** The text as the person has changed it. */
  edited: v.optional(v.string()),
  /** It was set as the image's alt text in the page, and that can be undone. */
  altSet: v.optional(v.boolean()),
  state: stateSchema,
});
export type Answer = v.InferOutput<typeof answerSchema>;

/** A question, and what was answered to it. */
export const turnSchema = v.object({
  /** As typed; absent where the preset's own prompt was asked. */
  question: v.optional(v.string()),
  /** Set once the page has been asked; absent where it is as in the turn before. */
  pageContext: v.optional(pageContextSchema),
  /** The one that was asked for first, then the second opinions beside it, oldest first. */
  answers: v.tupleWithRest([answerSchema], answerSchema),
});
export type Turn = v.InferOutput<typeof turnSchema>;

export const jobSchema = v.object({
  id: v.string(),
  /** Milliseconds since 1970. */
  createdAt: v.number(),
  tabId: v.number(),
  /** The image that is asked about; of several, the one beside which the card stands. */
  image: imageSchema,
  /** Several images that are compared, numbered from 1. */
  images: v.optional(v.array(comparedSchema)),
  /** As it was when asked: editing a preset does not change past results. */
  preset: presetSchema,
  /** What the image is for, where the person said so. */
  purpose: v.optional(v.picklist(PURPOSES)),
  /** A small image as a `data:` URL, for lists. */
  thumbnail: v.optional(v.string()),
  /** Nowhere but in memory: the browser has no room for it. */
  unsaved: v.optional(v.boolean()),
  /** Oldest first; the last one is what is asked now. */
  turns: v.tupleWithRest([turnSchema], turnSchema),
});
export type Job = v.InferOutput<typeof jobSchema>;
