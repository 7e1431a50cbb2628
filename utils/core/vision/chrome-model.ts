/** Chrome's built-in model, by the Prompt API. https://developer.chrome.com/docs/ai/prompt-api */
import { AppError } from '../errors';
import { blobOfDataUrl } from '../image/base64';
import { DEVICE_FACTS, deviceFailure, type DeviceModel, type DeviceState } from './device-model';
import type { VisionEvent, VisionMessage, VisionProvider, VisionRequest } from './provider';

/** The part of `LanguageModel` that we use, in its published shape. */
export interface LanguageModelApi {
  availability(options: ModelOptions): Promise<DeviceState>;
  create(options: CreateOptions): Promise<LanguageModelSession>;
}
interface Expected {
  type: 'text' | 'image';
  languages?: string[];
}
interface ModelOptions {
  expectedInputs: Expected[];
  expectedOutputs: Expected[];
}
interface CreateOptions extends ModelOptions {
  initialPrompts?: { role: 'system'; content: string }[];
  monitor?: (monitor: EventTarget) => void;
  signal: AbortSignal;
}
interface Prompt {
  role: 'user' | 'assistant';
  content: string | ({ type: 'text'; value: string } | { type: 'image'; value: Blob })[];
}
export interface LanguageModelSession {
  promptStreaming(prompts: Prompt[], options: { signal: AbortSignal }): ReadableStream<string>;
  destroy(): void;
}

const { model: MODEL, languages: LANGUAGES } = DEVICE_FACTS.chromeModel;

function optionsFor(language: string): ModelOptions {
  return {
    expectedInputs: [{ type: 'text', languages: ['en'] }, { type: 'image' }],
    expectedOutputs: [{ type: 'text', languages: [language] }],
  };
}

/** The model as a page can make it ready; `undefined` where the browser has no such API. */
export function chromeModel(api: LanguageModelApi | undefined): DeviceModel | undefined {
  if (!api) return undefined;
  return {
    state: () => api.availability(optionsFor('en')).catch((): DeviceState => 'unavailable'),
    async prepare(onProgress, signal) {
      const monitor = (events: EventTarget) => {
        events.addEventListener('downloadprogress', (event) => {
          onProgress(Number(Reflect.get(event, 'loaded')));
        });
      };
      const session = await api
        .create({ ...optionsFor('en'), monitor, signal })
        .catch((error: unknown) => {
          signal.throwIfAborted();
          throw deviceFailure(error);
        });
      session.destroy();
    },
  };
}

/** A provider that asks it. It runs in a page: the API is not promised to workers. */
export function createChromeModelProvider(
  find: () => LanguageModelApi | undefined,
): VisionProvider {
  async function* describe(
    request: VisionRequest,
    signal: AbortSignal,
  ): AsyncGenerator<VisionEvent> {
    const api = find();
    if (!api) throw new AppError('modelUnavailable');
    // What fails in here is a bug in Descry, not an answer of the model.
    const prompts = request.messages.map(promptOf);
    const options: CreateOptions = {
      ...optionsFor(languageFor(request.language)),
      initialPrompts: [{ role: 'system', content: request.instructions }],
      signal,
    };
    let session: LanguageModelSession | undefined;
    try {
      session = await api.create(options);
      const stream = session.promptStreaming(prompts, { signal });
      for await (const text of stream) {
        signal.throwIfAborted();
        if (text !== '') yield { type: 'words', text };
      }
      signal.throwIfAborted();
      yield { type: 'end', model: MODEL, cut: false, streamed: true };
    } catch (error) {
      signal.throwIfAborted();
      throw translate(error);
    } finally {
      session?.destroy();
    }
  }
  return { describe, listModels: () => Promise.resolve([{ id: MODEL, vision: true }]) };
}

/** It speaks few languages; asked for another, it would refuse. */
function languageFor(language: string | undefined): string {
  const short = (language ?? 'en').split('-')[0] ?? 'en';
  return LANGUAGES.includes(short) ? short : 'en';
}

function promptOf(message: VisionMessage): Prompt {
  if (message.role === 'assistant') return { role: 'assistant', content: message.text };
  const content = message.parts.map((part) =>
    part.type === 'text'
      ? { type: 'text' as const, value: part.text }
      : { type: 'image' as const, value: blobOfDataUrl(part.url) },
  );
  return { role: 'user', content };
}

/** "Errors" of the Prompt API's explainer: each has a name of its own. */
function translate(error: unknown): AppError {
  if (!(error instanceof DOMException)) return deviceFailure(error);
  const facts = { serverWords: error.message };
  // What it wrote was held back.
  if (error.name === 'NotReadableError')
    return new AppError('contentRefused', facts, { cause: error });
  // Too long for it.
  if (error.name === 'QuotaExceededError')
    return new AppError('requestRefused', facts, { cause: error });
  return deviceFailure(error);
}
