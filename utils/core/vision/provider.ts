/** What every source of descriptions can do, whichever server or model is behind it. */
import type { Usage } from '../jobs/answer-state';
import type { Detail, Effort } from '../prompts/preset';

/** A part of a message: text, or an image as an address to download or as a `data:` URL. */
export type VisionPart = { type: 'text'; text: string } | { type: 'image'; url: string };

/** The conversation so far, and what is asked now. */
export type VisionMessage =
  { role: 'user'; parts: readonly VisionPart[] } | { role: 'assistant'; text: string };

export interface VisionRequest {
  model: string;
  /** How to behave: the language of the answer. Never holds text from a page. */
  instructions: string;
  messages: readonly VisionMessage[];
  /** The language of the answer, as a BCP 47 tag. */
  language?: string | undefined;
  /** What is asked now was typed by the person, and is no preset's own prompt. */
  typed?: boolean | undefined;
  /** The most tokens the answer may take, thinking included. */
  maxTokens: number;
  /** The partial answer, if the model can resume it. */
  resumeFrom?: string | undefined;
  /** Image detail; left out if the server has no such setting. */
  detail?: Detail | undefined;
  /** Reasoning effort; left out if the model has no such setting. */
  effort?: Effort | undefined;
}

/** What happens while a model answers, in order: any number of `words`, then one `end`. */
export type VisionEvent =
  | { type: 'words'; text: string }
  | {
      type: 'end';
      /** As the server names it. */
      model: string;
      /** Whether it ended at the limit of tokens. */
      cut: boolean;
      /** Whether the words came one after the other, or all at the end. */
      streamed: boolean;
      usage?: Usage;
    };

/** A model that a server offers, with what is known of it. */
export interface OfferedModel {
  id: string;
  /** Whether it takes images; absent if that is not known. */
  vision?: boolean;
  /** The most tokens of a question and its answer. */
  context?: number;
  /** In US dollars for a million tokens. */
  price?: { input: number; output: number };
  /** When it is switched off: a day, as `2027-01-14`. */
  retires?: string;
  /** What takes its place then. */
  replacement?: string;
}

export interface VisionProvider {
  /**
   * Asks about images and gives the answer as it arrives.
   *
   * @throws {AppError} with the reason; an abort of `signal` ends with its reason.
   */
  describe(request: VisionRequest, signal: AbortSignal): AsyncIterable<VisionEvent>;
  /**
   * The models that the server lists, in its order.
   *
   * @throws {AppError}
   */
  listModels(signal: AbortSignal): Promise<OfferedModel[]>;
}
