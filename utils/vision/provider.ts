/** What every source of descriptions can do, whichever server or model is behind it. */
import type { Usage } from '../jobs/job';

/** The image as the model gets it: an address it fetches, or bytes as a `data:` URL. */
export interface VisionImage {
  url: string;
}

export interface VisionRequest {
  model: string;
  /** How to behave: the language of the answer. Never holds text from a page. */
  instructions: string;
  prompt: string;
  images: readonly VisionImage[];
  /** The most tokens the answer may take, thinking included. */
  maxTokens: number;
}

/** What happens while a model answers, in order: any number of `words`, then one `end`. */
export type VisionEvent =
  { type: 'words'; text: string } | { type: 'end'; model: string; cut: boolean; usage?: Usage };

/** A model that a server offers. */
export interface OfferedModel {
  id: string;
  /** Whether it takes images: true or false where the server says, undefined where it does not. */
  vision?: boolean;
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
