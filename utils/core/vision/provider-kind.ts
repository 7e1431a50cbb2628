/** What can differ between providers, and what follows from it; their rows are in `providers.ts`. */

import type { Effort } from '../prompts/preset';

/** Image types a model server may take. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';

/** Of an image: the least side, in pixels, and the most that one side may be of the other. */
export interface ImageShape {
  minSide: number;
  maxRatio: number;
}

/** The headers that servers look for a key in; `authorization` has `Bearer` before it. */
export type KeyHeader = 'authorization' | 'api-key' | 'x-api-key';

/** Those that are asked over a network, be it the machine's own. */
export const SERVER_IDS = [
  'openai',
  'anthropic',
  'google',
  'openrouter',
  'mistral',
  'groq',
  'xai',
  'azure',
  'ollama',
  'lmstudio',
  'llamacpp',
  'vllm',
  'custom',
] as const;
export type ServerId = (typeof SERVER_IDS)[number];

/** Those that a browser has of its own. */
export const DEVICE_IDS = ['chromeModel', 'firefoxModel'] as const;
export type DeviceId = (typeof DEVICE_IDS)[number];

export const PROVIDER_IDS = [...SERVER_IDS, ...DEVICE_IDS] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

export interface ProviderKind {
  id: ProviderId;
  /** A proper name, the same in every language. */
  name: string;
  /** Where it lives; `undefined` where the person says. Ends without a slash. */
  baseUrl?: string;
  /** An example of such an address, for providers whose address people enter. */
  addressExample?: string;
  /** Whether a request without a key is refused. */
  key: 'required' | 'optional';
  keyHeader: KeyHeader;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  /** Whether it runs on the person's own machine. */
  local: boolean;
  /** It refuses requests that a browser marks as an extension's (`origin-rules.ts`). */
  refusesExtensions?: boolean;
  /** How its models are listed. */
  listing: {
    /** Addresses, relative to the connection's; the first that answers counts. None: by hand. */
    paths: readonly string[];
    /** The header for the key, where it is another one than for a question. */
    keyHeader?: KeyHeader;
    /** What stands before each id in the list, and not in a request. */
    prefix?: string;
    /** Where a server says more of a model, of each one or of the one it has loaded. */
    details?: { path: string; of: 'each' | 'loaded' };
  };
  /** Whether it downloads images from public addresses. */
  takesUrls: boolean;
  imageTypes: readonly ImageType[];
  /** The most bytes of one image, before base64. */
  maxImageBytes: number;
  /** Which shapes of an image its models take; any where it is absent. */
  imageShape?: ImageShape;
  /**
   * How closely the model shall look, where the server lets one say so. Left out, newer models look
   * at every pixel of an address, and charge for it: `image-rules.ts` counts on this.
   */
  imageDetail?: 'high';
  /** What the answer's token limit is called. The other name is tried when this one is refused. */
  limitField: 'max_completion_tokens' | 'max_tokens';
  /** Whether the server counts tokens only when `stream_options` asks it to. */
  usage: 'asked' | 'always';
  /**
   * The field of `usage` that holds what the answer cost, and how many of its units are a dollar.
   */
  cost?: { field: string; perDollar: number };
  /** How freely words are chosen, where the server's own default is free to a fault. */
  temperature?: number;
  /** Fields for models whose id matches, dropped when the server refuses them. */
  modelFields: readonly { match: RegExp; fields: Readonly<Record<string, string>> }[];
  /** How much thinking can be asked for, by model: the first row that matches counts. */
  efforts: readonly { match: RegExp; values: readonly Effort[] }[];
  /**
   * Which of its models go on from words of their own, the last message, and what has to be said for
   * that besides. None where it is absent.
   */
  resume?: {
    match: RegExp;
    message?: Readonly<Record<string, boolean>>;
    body?: Readonly<Record<string, boolean>>;
  };
  /** Models to choose first where the server lists them, best first. */
  preferredModels: readonly RegExp[];
  /** How long to wait for the first word, in seconds: a local server may have to load the model. */
  firstWordSeconds: number;
}

/** Whether it is a browser's own. */
export function isDevice(id: ProviderId): id is DeviceId {
  return DEVICE_IDS.some((each) => each === id);
}

/** The reasoning efforts of a model of such a server; none if it has no such setting. */
export function effortsOf({ efforts }: ProviderKind, model: string): readonly Effort[] {
  return efforts.find(({ match }) => match.test(model))?.values ?? [];
}

/** Whether a model of such a server can resume a partial answer. */
export function supportsResume({ resume }: ProviderKind, model: string): boolean {
  return resume?.match.test(model) ?? false;
}

/** Room for a long description and for the thinking that some models count against it. */
export const DEFAULT_MAX_TOKENS = 4_000;
