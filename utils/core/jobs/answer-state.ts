/** The states of one answer, what they hold, and what can happen in them. */
import * as v from 'valibot';
import { failureSchema, type Failure } from '../errors';
import { contextTextsSchema } from '../prompts/page-context';

/**
 * How the image reached the model: by its address, as bytes read by the page or by the background,
 * as a screenshot, or as bytes the person gave (a file, or the clipboard).
 */
const routeSchema = v.picklist(['url', 'page', 'background', 'screenshot', 'upload']);
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

/** What had arrived when an answer ended before it was whole. */
export const partialSchema = v.object({
  text: v.string(),
  /** The text is the whole answer of the try before: this one brought no word. */
  whole: v.optional(v.boolean()),
  sent: v.optional(sentSchema),
});

/** All times are milliseconds since 1970. */
export const stateSchema = v.variant('status', [
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
  /** Failed in a way that may pass; retried automatically at `until`. */
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
export type AnswerState = v.InferOutput<typeof stateSchema>;
/** A state with its whole answer. */
export type DoneState = Extract<AnswerState, { status: 'done' }>;

/** What can happen to one answer (`advance`). */
export type AnswerEvent =
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

/** Nothing more happens to an answer in such a state unless someone acts. */
export function isSettled(state: AnswerState): boolean {
  return state.status === 'asking' || hasEnded(state);
}

/** It was asked and is over: it may be asked again. */
export function hasEnded(state: AnswerState): boolean {
  return state.status === 'done' || state.status === 'failed' || state.status === 'stopped';
}

/** The words to read, in whatever state: those of the try before, until there are new ones. */
export function textOf(state: AnswerState): string {
  const text = 'text' in state ? state.text : '';
  return !hasWords(text) && 'before' in state ? (state.before?.text ?? text) : text;
}

/** Some models begin with an empty line: that is no word yet. */
export function hasWords(text: string): boolean {
  return /\S/.test(text);
}

/** What there is to go on from: words that are not the whole of an answer. */
export function partOf(state: AnswerState): string {
  const isPart = (state.status === 'failed' || state.status === 'stopped') && !state.whole;
  return isPart && hasWords(state.text) ? state.text : '';
}
