/** One question about one image: its states, and `advance()`, the only way from one to the next. */
import * as v from 'valibot';
import { ERROR_CODES } from '../errors';
import { contextTextsSchema, pageContextSchema } from '../prompts/page-context';
import { presetSchema } from '../prompts/preset';
import { ROLES } from '../prompts/purpose';
import { imageSchema } from './job-image';

/**
 * How the image reached the model: by its address, as bytes read by the page or by us, as a picture
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
  /** A picture of the screen that shows only a part: the image is larger than the window. */
  partial: v.optional(v.boolean()),
  /** How many pictures went, where it is not one; the facts are then of all together. */
  count: v.optional(v.number()),
  /** The server refused the picture before: the words went without it. */
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

const codeSchema = v.picklist(ERROR_CODES);
const failureSchema = v.object({
  code: codeSchema,
  status: v.optional(v.number()),
  serverWords: v.optional(v.string()),
  mayRefuseExtensions: v.optional(v.boolean()),
  retryAfterMs: v.optional(v.number()),
  replacement: v.optional(v.string()),
});
export type Failure = v.InferOutput<typeof failureSchema>;

/** All times are milliseconds since 1970. */
const stateSchema = v.variant('status', [
  /** The person is asked what to ask; nothing has been sent. */
  v.object({ status: v.literal('asking') }),
  /** Accepted; nothing has been sent yet. */
  v.object({ status: v.literal('queued') }),
  /** Waiting for the person to connect a model. */
  v.object({ status: v.literal('waiting') }),
  v.object({
    status: v.literal('running'),
    text: v.string(),
    startedAt: v.number(),
    firstWordAt: v.optional(v.number()),
    sent: v.optional(sentSchema),
  }),
  /** Failed in a way that passes; tried again by itself at `until`. */
  v.object({
    status: v.literal('retrying'),
    failure: failureSchema,
    /** The try that comes next: 2 for the first retry. */
    attempt: v.number(),
    attempts: v.number(),
    until: v.number(),
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
  }),
  /** Ended by the person, with what had arrived. */
  v.object({ status: v.literal('stopped'), text: v.string(), sent: v.optional(sentSchema) }),
  v.object({
    status: v.literal('failed'),
    failure: failureSchema,
    text: v.string(),
    sent: v.optional(sentSchema),
  }),
]);
export type JobState = v.InferOutput<typeof stateSchema>;

/** A question that was asked before, and what became of it. */
const turnSchema = v.object({
  /** As typed; absent where the preset's own prompt was asked. */
  question: v.optional(v.string()),
  state: stateSchema,
});
export type Turn = v.InferOutput<typeof turnSchema>;

/** One of several pictures that are looked at side by side: kept as it was when it was chosen. */
export const comparedSchema = v.object({
  /** Under which it is kept (`kept-pictures.ts`). */
  id: v.string(),
  /** What to call it beside its number: its name, or its site. */
  title: v.string(),
  thumbnail: v.optional(v.string()),
});
export type ComparedPicture = v.InferOutput<typeof comparedSchema>;

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
  /** Several pictures, numbered from 1; `image` is then where the card stands. */
  compared: v.optional(v.array(comparedSchema)),
  /** Set once the page has been asked. */
  context: v.optional(pageContextSchema),
  /** What the image is for, where the person said so. */
  role: v.optional(v.picklist(ROLES)),
  /** The job whose question this one asks another time. */
  opinionOf: v.optional(v.string()),
  /** Asked there instead of where the preset says. */
  using: v.optional(v.object({ connectionId: v.string(), model: v.string() })),
  /** The server refused the picture in the turn before: this one goes without it. */
  withoutImage: v.optional(v.boolean()),
  /** The last answer as the person has changed it. */
  edited: v.optional(v.string()),
  /** The answer was put into the page as the image's alt text, and can be taken back. */
  altPut: v.optional(v.boolean()),
  /** The most tokens the answer may take, thinking included. */
  maxTokens: v.number(),
  /** A small picture as a `data:` URL, for lists. */
  thumbnail: v.optional(v.string()),
  state: stateSchema,
});
export type Job = v.InferOutput<typeof jobSchema>;

export type JobEvent =
  | { type: 'connectionMissing' }
  | { type: 'started'; at: number }
  | { type: 'sending'; sent: Sent }
  | { type: 'words'; text: string; at: number }
  | { type: 'retryPlanned'; failure: Failure; attempt: number; attempts: number; until: number }
  | { type: 'finished'; at: number; model: string; usage?: Usage; cut: boolean }
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

/** The words that have arrived, in whatever state. */
export function textOf(state: JobState): string {
  return 'text' in state ? state.text : '';
}

/**
 * The state after an event. An event that does not belong to the state leaves it as it is (words
 * that arrive after Stop, say), so that late events cannot bring a settled job back.
 */
export function advance(state: JobState, event: JobEvent): JobState {
  if (event.type === 'asked') return state.status === 'asking' ? { status: 'queued' } : state;
  if (event.type === 'askedAgain') return hasEnded(state) ? { status: 'queued' } : state;
  if (isSettled(state)) return state;
  switch (event.type) {
    case 'connectionMissing':
      return { status: 'waiting' };
    case 'started':
      return { status: 'running', text: '', startedAt: event.at };
    case 'sending':
      return state.status === 'running' ? { ...state, sent: event.sent } : state;
    case 'words':
      return state.status === 'running'
        ? { ...state, text: state.text + event.text, firstWordAt: state.firstWordAt ?? event.at }
        : state;
    case 'retryPlanned': {
      const { failure, attempt, attempts, until } = event;
      return { status: 'retrying', failure, attempt, attempts, until };
    }
    case 'finished':
      return finished(state, event);
    case 'failed':
      return { status: 'failed', failure: event.failure, ...kept(state) };
    case 'stopped':
      return { status: 'stopped', ...kept(state) };
  }
}

/** What had arrived, and what had been sent for it. */
function kept(state: JobState): { text: string; sent?: Sent } {
  const text = textOf(state);
  return state.status === 'running' && state.sent ? { text, sent: state.sent } : { text };
}

function finished(state: JobState, event: JobEvent & { type: 'finished' }): JobState {
  if (state.status !== 'running' || !state.sent) return state;
  // An answer without words is an error, never an empty description.
  if (state.text.trim() === '' || state.firstWordAt === undefined) {
    return { status: 'failed', failure: { code: 'answerEmpty' }, text: '', sent: state.sent };
  }
  const { text, startedAt, firstWordAt, sent } = state;
  const { model, cut, usage, at } = event;
  const done = { status: 'done' as const, text: text.trim(), startedAt, firstWordAt, sent };
  return { ...done, finishedAt: at, model, cut, ...(usage ? { usage } : {}) };
}
