/** The kinds of server Descry knows, as data: what differs between them is a row, not an `if`. */

import type { Effort } from '../prompts/preset';

/** Image types a model server may take. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';

export interface ProviderKind {
  id: ProviderId;
  /** A proper name, the same in every language. */
  name: string;
  /** Where it lives; `undefined` where the person says. Ends without a slash. */
  baseUrl?: string;
  /** Whether a request without a key is refused. */
  key: 'required' | 'optional';
  /** Whether it runs on the person's own machine. */
  local: boolean;
  /** Whether it downloads an image from a public address by itself. */
  takesUrls: boolean;
  imageTypes: readonly ImageType[];
  /** The most bytes of one image, before base64. */
  maxImageBytes: number;
  /**
   * How closely the model shall look, where the server lets one say so. Left out, newer models look
   * at every pixel of an address, and charge for it: `image-rules.ts` counts on this.
   */
  imageDetail?: 'high';
  /** What the answer's token limit is called. The other name is tried when this one is refused. */
  limitField: 'max_completion_tokens' | 'max_tokens';
  /** Fields for models whose id matches, dropped when the server refuses them. */
  modelFields: readonly { match: RegExp; fields: Record<string, string> }[];
  /** How much thinking can be asked for, by model: the first row that matches counts. */
  efforts: readonly { match: RegExp; values: readonly Effort[] }[];
  /** Models to choose first where the server lists them, best first. */
  preferredModels: readonly RegExp[];
  /** How long to wait for the first word, in seconds: a local server may have to load the model. */
  firstWordSeconds: number;
}

export const PROVIDER_IDS = ['openai', 'openrouter', 'ollama', 'lmstudio', 'custom'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** What an unknown compatible server takes in practice. */
const SAFE = { imageTypes: ['image/jpeg', 'image/png'], maxImageBytes: 3_000_000 } as const;
const MB = 1_000_000;

export const PROVIDERS: Record<ProviderId, ProviderKind> = {
  openai: {
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    key: 'required',
    local: false,
    takesUrls: true,
    // https://platform.openai.com/docs/guides/images-vision
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxImageBytes: 20 * MB,
    imageDetail: 'high',
    limitField: 'max_completion_tokens',
    // A description needs little thought, and every thinking token delays the first word.
    modelFields: [{ match: /^gpt-(5\.[1-9]|[6-9])/, fields: { reasoning_effort: 'low' } }],
    // https://developers.openai.com/api/docs/guides/reasoning, and the type list of the SDK.
    efforts: [
      { match: /^gpt-6\.1-sol|^gpt-6-astra/, values: ['low', 'medium', 'high'] },
      { match: /^gpt-(5\.[1-9]|[6-9])/, values: ['none', 'low', 'medium', 'high'] },
      { match: /^gpt-5/, values: ['minimal', 'low', 'medium', 'high'] },
      { match: /^o\d/, values: ['low', 'medium', 'high'] },
    ],
    preferredModels: [/^gpt-6-luna$/, /^gpt-5\.4-mini$/, /^gpt-6/, /^gpt-5\./, /^gpt-4o/],
    firstWordSeconds: 120,
  },
  openrouter: {
    id: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    key: 'required',
    local: false,
    takesUrls: true,
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxImageBytes: 10 * MB,
    imageDetail: 'high',
    limitField: 'max_tokens',
    modelFields: [],
    // Passed on where the model has it, and left out where not.
    efforts: [{ match: /./, values: ['none', 'minimal', 'low', 'medium', 'high'] }],
    preferredModels: [/^openai\/gpt-6-luna$/, /^openai\/gpt-6/, /^google\/gemini.*flash/],
    firstWordSeconds: 120,
  },
  ollama: {
    id: 'ollama',
    name: 'Ollama',
    baseUrl: 'http://localhost:11434/v1',
    key: 'optional',
    local: true,
    takesUrls: false,
    imageTypes: ['image/png', 'image/jpeg', 'image/webp'],
    maxImageBytes: 20 * MB,
    limitField: 'max_tokens',
    modelFields: [],
    // A model that cannot think refuses it; then it is asked once more without.
    efforts: [{ match: /./, values: ['none', 'low', 'medium', 'high'] }],
    preferredModels: [/vl/i, /vision/i, /gemma3/i, /llava/i],
    firstWordSeconds: 300,
  },
  lmstudio: {
    id: 'lmstudio',
    name: 'LM Studio',
    baseUrl: 'http://localhost:1234/v1',
    key: 'optional',
    local: true,
    takesUrls: false,
    imageTypes: ['image/png', 'image/jpeg'],
    maxImageBytes: 20 * MB,
    limitField: 'max_tokens',
    modelFields: [],
    efforts: [],
    preferredModels: [/vl/i, /vision/i, /gemma-3/i, /llava/i],
    firstWordSeconds: 300,
  },
  custom: {
    id: 'custom',
    name: 'OpenAI-compatible',
    key: 'optional',
    local: false,
    takesUrls: false,
    ...SAFE,
    limitField: 'max_tokens',
    modelFields: [],
    efforts: [],
    preferredModels: [],
    firstWordSeconds: 180,
  },
};

/** How much thinking a model of such a server can be asked for; nothing where it knows no choice. */
export function effortsOf({ efforts }: ProviderKind, model: string): readonly Effort[] {
  return efforts.find(({ match }) => match.test(model))?.values ?? [];
}

/** Room for a long description and for the thinking that some models count against it. */
export const DEFAULT_MAX_TOKENS = 4_000;
