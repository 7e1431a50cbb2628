/** The providers that Descry knows, as data. A new one is a row here and its messages. */

import type { ProviderId, ProviderKind } from './provider-kind';

const MB = 1_000_000;

/**
 * Qwen2.5-VL refuses a side under 28 pixels, Qwen3-VL one under 32, both a side of 200 times the
 * other; Ollama and vLLM then fail with 500. `smart_resize()`, https://github.com/QwenLM/Qwen3-VL,
 * https://github.com/ollama/ollama/issues/11297, https://github.com/vllm-project/vllm/issues/15080
 */
const QWEN_SHAPE = { minSide: 32, maxRatio: 100 } as const;

/** Most servers do as OpenAI's: what a row does not say otherwise. */
const USUAL = {
  key: 'required',
  keyHeader: 'authorization',
  local: false,
  listing: { paths: ['models'] },
  takesUrls: false,
  imageTypes: ['image/jpeg', 'image/png'],
  // What an unknown compatible server takes in practice.
  maxImageBytes: 3 * MB,
  limitField: 'max_tokens',
  usage: 'asked',
  // OpenRouter's field, which proxies have taken over.
  cost: { field: 'cost', perDollar: 1 },
  modelFields: [],
  efforts: [],
  preferredModels: [],
  firstWordSeconds: 120,
} as const satisfies Partial<ProviderKind>;

/** A server on the person's machine: it may have to load the model first, and it costs nothing. */
const LOCAL = {
  ...USUAL,
  key: 'optional',
  local: true,
  maxImageBytes: 20 * MB,
  imageShape: QWEN_SHAPE,
  // Their default, 0.8 for most, makes small models tell what is not there.
  temperature: 0.2,
  preferredModels: [/vl/i, /vision/i, /gemma-?[34]/i, /llava/i],
  firstWordSeconds: 300,
} as const satisfies Partial<ProviderKind>;

// A description needs little thought, and every thinking token delays the first word.
const OPENAI_THINKING = {
  modelFields: [{ match: /^gpt-(5\.[1-9]|[6-9])/, fields: { reasoning_effort: 'low' } }],
  // https://developers.openai.com/api/docs/guides/reasoning, and the type list of the SDK.
  efforts: [
    { match: /^gpt-6\.1-sol|^gpt-6-astra/, values: ['low', 'medium', 'high'] },
    { match: /^gpt-(5\.[1-9]|[6-9])/, values: ['none', 'low', 'medium', 'high'] },
    { match: /^gpt-5/, values: ['minimal', 'low', 'medium', 'high'] },
    { match: /^o\d/, values: ['low', 'medium', 'high'] },
  ],
} as const satisfies Partial<ProviderKind>;

/** Part of the browser: no address, no key, no list, no price. */
const DEVICE = {
  ...USUAL,
  key: 'optional',
  listing: { paths: [] },
  maxImageBytes: 20 * MB,
  firstWordSeconds: 300,
} as const satisfies Partial<ProviderKind>;

export const PROVIDERS: Record<ProviderId, ProviderKind> = {
  openai: {
    ...USUAL,
    ...OPENAI_THINKING,
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    takesUrls: true,
    // https://developers.openai.com/api/docs/guides/images-vision
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxImageBytes: 20 * MB,
    imageDetail: 'high',
    limitField: 'max_completion_tokens',
    preferredModels: [/^gpt-6-luna$/, /^gpt-5\.4-mini$/, /^gpt-6/, /^gpt-5\./, /^gpt-4o/],
  },
  // https://platform.claude.com/docs/en/api/openai-sdk and …/build-with-claude/vision
  anthropic: {
    ...USUAL,
    id: 'anthropic',
    // From 4.6 on, a last message of the model's own is refused:
    // https://platform.claude.com/docs/en/about-claude/models/whats-new-claude-4-6
    resume: { match: /^claude-(3|(opus|sonnet|haiku)-4-([0-5]\b|\d{8}))/ },
    name: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    headers: {
      'anthropic-version': '2023-06-01',
      'anthropic-dangerous-direct-browser-access': 'true',
    },
    // Its own API answers for the list, and takes the key in a header of its own.
    listing: { paths: ['models?limit=1000'], keyHeader: 'x-api-key' },
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    // 5 MB as base64.
    maxImageBytes: 3.75 * MB,
    preferredModels: [/^claude-haiku/, /^claude-sonnet/, /^claude/],
  },
  // https://ai.google.dev/gemini-api/docs/openai
  google: {
    ...USUAL,
    id: 'google',
    name: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    listing: { paths: ['models'], prefix: 'models/' },
    imageTypes: ['image/png', 'image/jpeg', 'image/webp'],
    // 20 MB for a whole request, as base64.
    maxImageBytes: 14 * MB,
    modelFields: [
      { match: /^gemini-2\.5-flash/, fields: { reasoning_effort: 'none' } },
      { match: /^gemini-[3-9]/, fields: { reasoning_effort: 'low' } },
    ],
    efforts: [
      { match: /^gemini-2\.5-flash/, values: ['none', 'low', 'medium', 'high'] },
      { match: /^gemini-2\.5/, values: ['low', 'medium', 'high'] },
      { match: /^gemini-[3-9]/, values: ['minimal', 'low', 'medium', 'high'] },
    ],
    preferredModels: [/^gemini-flash-lite-latest$/, /^gemini-[3-9].*flash/, /^gemini.*flash/],
  },
  openrouter: {
    ...USUAL,
    id: 'openrouter',
    // https://openrouter.ai/docs/api-reference/overview: "Assistant Prefill". By what the models take.
    resume: { match: /^(?!openai\/|anthropic\/|google\/|x-ai\/)/ },
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    // How it names the app in a person's own list of requests. https://openrouter.ai/docs
    headers: { 'X-Title': 'Descry' },
    takesUrls: true,
    imageShape: QWEN_SHAPE,
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxImageBytes: 10 * MB,
    imageDetail: 'high',
    // Passed on where the model has it, and left out where not.
    efforts: [{ match: /./, values: ['none', 'minimal', 'low', 'medium', 'high'] }],
    preferredModels: [/^openai\/gpt-6-luna$/, /^openai\/gpt-6/, /^google\/gemini.*flash/],
  },
  // https://docs.mistral.ai/capabilities/vision
  mistral: {
    ...USUAL,
    id: 'mistral',
    // https://docs.mistral.ai/api: AssistantMessage.prefix
    resume: { match: /./, message: { prefix: true } },
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    takesUrls: true,
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxImageBytes: 10 * MB,
    // It always counts, and refuses the field that would ask for it.
    usage: 'always',
    preferredModels: [/^mistral-small-latest$/, /^mistral-medium-latest$/, /^mistral-/],
  },
  // https://console.groq.com/docs/vision: 4 MB as base64
  groq: {
    ...USUAL,
    id: 'groq',
    name: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    takesUrls: true,
    imageShape: QWEN_SHAPE,
    limitField: 'max_completion_tokens',
    modelFields: [{ match: /qwen/, fields: { reasoning_effort: 'none' } }],
    preferredModels: [/qwen\/qwen3/],
  },
  // https://docs.x.ai/docs/guides/image-understanding
  xai: {
    ...USUAL,
    id: 'xai',
    name: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    takesUrls: true,
    maxImageBytes: 20 * MB,
    imageDetail: 'high',
    limitField: 'max_completion_tokens',
    cost: { field: 'cost_in_usd_ticks', perDollar: 10_000_000_000 },
    preferredModels: [/^grok-4/],
  },
  // https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
  azure: {
    ...USUAL,
    ...OPENAI_THINKING,
    id: 'azure',
    name: 'Azure OpenAI',
    addressExample: 'https://YOUR-RESOURCE.openai.azure.com/openai/v1',
    keyHeader: 'api-key',
    // It lists every model there is, not those that the person has deployed.
    listing: { paths: [] },
    takesUrls: true,
    imageTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxImageBytes: 20 * MB,
    imageDetail: 'high',
    limitField: 'max_completion_tokens',
  },
  // https://docs.ollama.com/openai
  ollama: {
    ...LOCAL,
    id: 'ollama',
    // https://github.com/ollama/ollama/issues/6778
    resume: { match: /./ },
    name: 'Ollama',
    baseUrl: 'http://localhost:11434/v1',
    refusesExtensions: true,
    listing: { paths: ['models'], details: { path: '/api/show', of: 'each' } },
    // It takes WebP, and loses it before some models: https://github.com/ollama/ollama/pull/17755
    // A model that cannot think refuses it; then it is asked once more without.
    efforts: [{ match: /./, values: ['none', 'low', 'medium', 'high'] }],
  },
  // https://lmstudio.ai/docs/developer/rest: its own list tells which models see.
  lmstudio: {
    ...LOCAL,
    id: 'lmstudio',
    name: 'LM Studio',
    baseUrl: 'http://localhost:1234/v1',
    listing: { paths: ['/api/v0/models', 'models'] },
  },
  // https://github.com/ggml-org/llama.cpp/tree/master/tools/server
  llamacpp: {
    ...LOCAL,
    id: 'llamacpp',
    // https://github.com/ggml-org/llama.cpp/pull/13174 and /pull/23012
    resume: { match: /./, body: { continue_final_message: true, add_generation_prompt: false } },
    name: 'llama.cpp',
    baseUrl: 'http://localhost:8080/v1',
    listing: { paths: ['models'], details: { path: '/props', of: 'loaded' } },
  },
  // https://docs.vllm.ai/en/latest/serving/openai_compatible_server
  vllm: {
    ...LOCAL,
    id: 'vllm',
    // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
    resume: { match: /./, body: { continue_final_message: true, add_generation_prompt: false } },
    name: 'vLLM',
    baseUrl: 'http://localhost:8000/v1',
    imageTypes: ['image/png', 'image/jpeg', 'image/webp'],
  },
  custom: {
    ...USUAL,
    id: 'custom',
    name: 'OpenAI-compatible',
    addressExample: 'https://example.com/v1',
    imageShape: QWEN_SHAPE,
    key: 'optional',
    firstWordSeconds: 180,
  },
  // https://developer.chrome.com/docs/ai/prompt-api
  chromeModel: {
    ...DEVICE,
    id: 'chromeModel',
    name: 'Gemini Nano (Chrome)',
    imageTypes: ['image/png', 'image/jpeg', 'image/webp'],
  },
  // https://firefox-source-docs.mozilla.org/toolkit/components/ml/extensions.html
  firefoxModel: { ...DEVICE, id: 'firefoxModel', name: 'distilvit (Firefox)' },
};

/** The row of a provider. */
export function providerKind(id: ProviderId): ProviderKind {
  return PROVIDERS[id];
}
