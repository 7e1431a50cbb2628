/** One question about one image: its states, and `advance()`, the only way from one to the next. */
import * as v from 'valibot';
import { ERROR_CODES } from '../errors';
import { presetSchema } from '../prompts/preset';
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
});
export type Sent = v.InferOutput<typeof sentSchema>;

/** Tokens as the server counted them. */
const usageSchema = v.object({
  inputTokens: v.number(),
  outputTokens: v.number(),
  /** In US dollars, where the server says it. */
  cost: v.optional(v.number()),
});
export type Usage = v.InferOutput<typeof usageSchema>;

const codeSchema = v.picklist(ERROR_CODES);
const failureSchema = v.object({
  code: codeSchema,
  status: v.optional(v.number()),
  serverWords: v.optional(v.string()),
  retryAfterMs: v.optional(v.number()),
});
export type Failure = v.InferOutput<typeof failureSchema>;

/** All times are milliseconds since 1970. */
const stateSchema = v.variant('status', [
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

export const jobSchema = v.object({
  id: v.string(),
  createdAt: v.number(),
  tabId: v.number(),
  image: imageSchema,
  /** As it was when asked: editing a preset does not change past results. */
  preset: presetSchema,
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
  | { type: 'askedAgain' };

/** Nothing more happens to a job in such a state by itself. */
export function isSettled(state: JobState): boolean {
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
  if (event.type === 'askedAgain') return isSettled(state) ? { status: 'queued' } : state;
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
