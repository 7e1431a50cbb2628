/** One question about one image: what a job is, its states, and what can happen to it. */
import * as v from 'valibot';
import { failureSchema, type Failure } from '../errors';
import { contextTextsSchema, pageContextSchema } from '../prompts/page-context';
import { presetSchema } from '../prompts/preset';
import { PURPOSES } from '../prompts/purpose';
import { imageSchema } from './job-image';

/**
 * How the image reached the model: by its address, as bytes read by the page or by us, as an image
 * of the screen, or as bytes the person gave (a file, or the clipboard).
 */
const routeSchema = v.picklist(['url', 'page', 'background', 'screen', 'given']);
export type Route = v.InferOutput<typeof routeSchema>;

/** Of image bytes: type, pixels, and weight before base64. */
const factsSchema = v.object({
  mimeType: v.optional(v.string()),
  width: v.optional(v.number()),
  height: v.optional(v.number()),
  byteLength: v.optional(v.number()),
});
export type ImageFacts = v.InferOutput<typeof factsSchema>;

/** What left the machine, and for where. The facts are of the bytes sent, none where an address was. */
export const sentSchema = v.object({
  route: routeSchema,
  /** The model server's host and port. */
  host: v.string(),
  model: v.string(),
  /** Of the model, in US dollars for a million tokens, where it is known. */
  inputPrice: v.optional(v.number()),
  /** Of the bytes sent; absent when only an address was. */
  ...factsSchema.entries,
  /** The image as it was found, before it was made ready to send; absent where it was not read. */
  original: v.optional(
    v.object({
      ...factsSchema.entries,
      /** It moves; its first frame was sent. */
      animated: v.optional(v.boolean()),
    }),
  ),
  /** A screenshot that shows only a part: the image is larger than the window. */
  partial: v.optional(v.boolean()),
  /** How many images went, where it is not one; the facts are then of all together. */
  count: v.optional(v.number()),
  /** The server refused the image before: the words went without it. */
  withoutImage: v.optional(v.boolean()),
  /** The words of the page that went along. */
  texts: v.optional(contextTextsSchema),
});
export type Sent = v.InferOutput<typeof sentSchema>;

/** Tokens as the server counted them. */
const usageSchema = v.object({
  inputTokens: v.number(),
  outputTokens: v.number(),
  /** In US dollars: as the server says it, else by the prices we know. */
  cost: v.optional(v.number()),
  /** The cost is by the prices we know. */
  estimated: v.optional(v.boolean()),
});
export type Usage = v.InferOutput<typeof usageSchema>;

/** Words of a try before, shown and kept until the next one has words of its own. */
const beforeSchema = v.object({
  text: v.string(),
  /** They were the whole answer. */
  whole: v.optional(v.boolean()),
});
export type Before = v.InferOutput<typeof beforeSchema>;

/** What had arrived when a job ended before its answer was whole. */
export const partialSchema = v.object({
  text: v.string(),
  /** The text is the whole answer of the try before: this one brought no word. */
  whole: v.optional(v.boolean()),
  sent: v.optional(sentSchema),
});

/** All times are milliseconds since 1970. */
const stateSchema = v.variant('status', [
  /** The person is asked what to ask; nothing has been sent. */
  v.object({ status: v.literal('asking') }),
  /** Accepted; nothing has been sent yet. */
  v.object({ status: v.literal('queued'), before: v.optional(beforeSchema) }),
  /** Waiting for the person to connect a model. */
  v.object({ status: v.literal('waiting'), before: v.optional(beforeSchema) }),
  v.object({
    status: v.literal('running'),
    text: v.string(),
    before: v.optional(beforeSchema),
    startedAt: v.number(),
    firstWordAt: v.optional(v.number()),
    sent: v.optional(sentSchema),
    /** It waits until fewer others ask at once. */
    waitingForSlot: v.optional(v.boolean()),
  }),
  /** Failed in a way that passes; tried again by itself at `until`. */
  v.object({
    status: v.literal('retrying'),
    failure: failureSchema,
    /** The try that comes next: 2 for the first retry. */
    attempt: v.number(),
    attempts: v.number(),
    until: v.number(),
    before: v.optional(beforeSchema),
  }),
  v.object({
    status: v.literal('done'),
    text: v.string(),
    startedAt: v.number(),
    firstWordAt: v.number(),
    finishedAt: v.number(),
    sent: sentSchema,
    /** The model as the server named it. */
    model: v.string(),
    usage: v.optional(usageSchema),
    /** True where the answer ended at the token limit. */
    cut: v.boolean(),
    /** Nothing was asked: the same had been answered at this time. */
    reusedFrom: v.optional(v.number()),
  }),
  /** Ended by the person, with what had arrived. */
  v.object({ status: v.literal('stopped'), ...partialSchema.entries }),
  v.object({ status: v.literal('failed'), failure: failureSchema, ...partialSchema.entries }),
]);
export type JobState = v.InferOutput<typeof stateSchema>;
/** A state with its whole answer. */
export type DoneState = Extract<JobState, { status: 'done' }>;

/** A question that was asked before, and what became of it. */
const turnSchema = v.object({
  /** As typed; absent where the preset's own prompt was asked. */
  question: v.optional(v.string()),
  state: stateSchema,
});
export type Turn = v.InferOutput<typeof turnSchema>;

/** One of several images that are looked at side by side: kept as it was when it was chosen. */
export const comparedSchema = v.object({
  /** Under which it is kept (`kept-images.ts`). */
  id: v.string(),
  /** What to call it beside its number: its name, or its site. */
  title: v.string(),
  thumbnail: v.optional(v.string()),
});
export type ComparedImage = v.InferOutput<typeof comparedSchema>;

/** The longest question, and the longest text of one's own, in characters. */
export const TEXT_MAX_LENGTH = 20_000;

export const jobSchema = v.object({
  id: v.string(),
  createdAt: v.number(),
  tabId: v.number(),
  image: imageSchema,
  /** As it was when asked: editing a preset does not change past results. */
  preset: presetSchema,
  /** What the person asks now, as typed; absent where it is the preset's own prompt. */
  question: v.optional(v.string()),
  /** The turns before this one, oldest first; all of them settled. */
  earlier: v.optional(v.array(turnSchema), []),
  /** Several images, numbered from 1; `image` is then where the card stands. */
  compared: v.optional(v.array(comparedSchema)),
  /** Set once the page has been asked. */
  context: v.optional(pageContextSchema),
  /** What the image is for, where the person said so. */
  role: v.optional(v.picklist(PURPOSES)),
  /** The job whose question this one asks another time. */
  opinionOf: v.optional(v.string()),
  /** Asked there instead of where the preset says. */
  using: v.optional(v.object({ connectionId: v.string(), model: v.string() })),
  /** The server refused the image in the turn before: this one goes without it. */
  withoutImage: v.optional(v.boolean()),
  /** The last answer as the person has changed it. */
  edited: v.optional(v.string()),
  /** The answer was put into the page as the image's alt text, and can be taken back. */
  altPut: v.optional(v.boolean()),
  /** The most tokens the answer may take, thinking included. */
  maxTokens: v.number(),
  /** A small image as a `data:` URL, for lists. */
  thumbnail: v.optional(v.string()),
  /** The words that have come are to be gone on from, where the server can. */
  goesOn: v.optional(v.boolean()),
  /** Stands for all that was asked, image and words: the same key, the same question. */
  contentKey: v.optional(v.string()),
  /** Of the bytes behind the address by which the image went, as the page had them. */
  pictureHash: v.optional(v.string()),
  /** Nowhere but in memory: the browser has no room for it. */
  unsaved: v.optional(v.boolean()),
  state: stateSchema,
});
export type Job = v.InferOutput<typeof jobSchema>;

export type JobEvent =
  | { type: 'connectionMissing' }
  /** `text`: what the answer goes on from. */
  | { type: 'started'; at: number; text?: string }
  /** As many others ask as may at once. */
  | { type: 'waiting' }
  | { type: 'sending'; sent: Sent }
  | { type: 'words'; text: string; at: number }
  | { type: 'retryPlanned'; failure: Failure; attempt: number; attempts: number; until: number }
  | { type: 'finished'; at: number; model: string; usage?: Usage; cut: boolean }
  /** The same had been asked before. */
  | { type: 'reused'; answer: DoneState; from: number }
  | { type: 'failed'; failure: Failure }
  | { type: 'stopped' }
  | { type: 'askedAgain' }
  /** The question that the card waited for has come. */
  | { type: 'asked' };

/** Nothing happens to a job in such a state by itself. */
export function isSettled(state: JobState): boolean {
  return state.status === 'asking' || hasEnded(state);
}

/** It was asked and is over: it may be asked again. */
export function hasEnded(state: JobState): boolean {
  return state.status === 'done' || state.status === 'failed' || state.status === 'stopped';
}

/** The words to read, in whatever state: those of the try before, until there are new ones. */
export function textOf(state: JobState): string {
  const text = 'text' in state ? state.text : '';
  return !hasWords(text) && 'before' in state ? (state.before?.text ?? text) : text;
}

/** Some models begin with an empty line: that is no word yet. */
export function hasWords(text: string): boolean {
  return /\S/.test(text);
}

/** What there is to go on from: words that are not the whole of an answer. */
export function partOf(state: JobState): string {
  const isPart = (state.status === 'failed' || state.status === 'stopped') && !state.whole;
  return isPart && hasWords(state.text) ? state.text : '';
}
