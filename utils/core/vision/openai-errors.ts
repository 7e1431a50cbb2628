/** What goes wrong on the way to a model server, and what it answers, as our own error codes. */
import { APIError } from 'openai/core/error';
import { AppError, type ErrorFacts } from '../errors';
import type { CheckCode } from './check-report';
import { NetworkFailure } from './server-fetch';
import { keyRemover } from './without-key';

interface Context {
  key: string | undefined;
  /** Whether it is on the person's own machine or network. */
  local: boolean;
  /** For tests; what the browser knows otherwise. */
  online?: boolean;
}

/** How much of a server's message is kept. */
const WORDS_MAX_LENGTH = 300;
/** How much of them is looked at for that: spaces and keys are left out. */
const WORDS_READ = 5_000;

/** A day. Who asks for more is not waited for in any case. */
const MAX_WAIT_MS = 86_400_000;

/**
 * The `AppError` for anything thrown while asking a server. The server's words are kept, without
 * the key: some servers repeat it in their refusal.
 */
export function translateError(error: unknown, context: Context): AppError {
  if (error instanceof AppError) {
    const { serverWords } = error.facts;
    if (!serverWords) return error;
    return new AppError(error.code, {
      ...error.facts,
      serverWords: tidy(serverWords, context.key),
    });
  }
  if (error instanceof APIError) return fromServer(error as APIError, context);
  if (error instanceof NetworkFailure) {
    return new AppError(error.begun ? 'answerBroken' : lostCode(context), {}, { cause: error });
  }
  // Everything else is a bug in Descry.
  return new AppError('unexpected', {}, { cause: error });
}

/** Why a server cannot be reached: one on the person's own machine is there without a network. */
export function lostCode({ local, online }: Omit<Context, 'key'>): 'offline' | 'unreachable' {
  // Node has none, and is taken for online.
  const isOnline = online ?? (navigator as { onLine?: boolean }).onLine ?? true;
  return isOnline || local ? 'unreachable' : 'offline';
}

function fromServer(error: APIError, context: Context): AppError {
  // Inside a stream there is no status; OpenRouter puts it into the error's code.
  const status = Number(error.status ?? plain(error.code));
  const facts: ErrorFacts = { serverWords: tidy(error.message, context.key) };
  if (Number.isInteger(status) && status >= 400 && status < 1000) facts.status = status;
  const retryAfterMs = readRetryAfter(error.headers);
  if (retryAfterMs !== undefined) facts.retryAfterMs = retryAfterMs;
  return new AppError(codeFor(facts.status, error, context), facts, { cause: error });
}

/**
 * Refusals whose words say more than their status, as servers have been seen to write them. They are
 * looked for before the status: it is the same for a model that is gone and one that is blind.
 */
const KNOWN_WORDS: readonly [RegExp, CheckCode][] = [
  // OpenRouter (404), Ollama's cloud (400).
  [/support image input/i, 'imageRefused'],
  // llama.cpp, Ollama: 500, which would be tried again.
  [/image input is not supported|required for image input/i, 'imageRefused'],
  // Ollama and vLLM with Qwen's models: 500, or a panic, for a shape that never passes.
  [/larger than factor|aspect ratio must be smaller/i, 'imageRefused'],
  // Groq (400), for a text-only model.
  [/content must be a string/i, 'imageRefused'],
  // OpenRouter (404): the person's own settings leave no server for the model.
  [/no endpoints found matching your/i, 'accessRefused'],
  // The name of a model may hold "vision". OpenRouter: 404, and 400 for a name that never was.
  [/no endpoints found for|is not a valid model id/i, 'modelNotFound'],
  // Mistral, LM Studio.
  [/invalid[ _]model/i, 'modelNotFound'],
  // Groq (400); Azure (404), where a model is a deployment.
  [/model_decommissioned|DeploymentNotFound/, 'modelNotFound'],
];

function codeFor(status: number | undefined, error: APIError, { local }: Context): CheckCode {
  const words = `${plain(error.code)} ${plain(error.type)} ${error.message}`;
  const known = KNOWN_WORDS.find(([each]) => each.test(words));
  if (known) return known[1];
  switch (status) {
    case 401:
      return 'keyRefused';
    case 402:
      return 'quotaUsedUp';
    case 403:
      // Ollama says no word of why; who refuses a key does.
      return local && error.error === undefined ? 'originRefused' : 'accessRefused';
    case 404:
      return /model/i.test(words) ? 'modelNotFound' : 'addressWrong';
    case 410:
      return 'modelNotFound';
    case 413:
      return 'imageRefused';
    case 429:
      return /insufficient_quota|quota|billing|credit/i.test(words) ? 'quotaUsedUp' : 'rateLimited';
    default:
      break;
  }
  if (status === undefined || status >= 500 || status === 408 || status === 409) {
    return /rate.?limit/i.test(words) ? 'rateLimited' : 'serverError';
  }
  return refusalCode(words);
}

/** What a 400 is about. Servers agree on the status alone, so their words decide. */
function refusalCode(words: string): CheckCode {
  if (
    /invalid_image_url|(download|fetch|retrieve|access)\w{0,9}\s.{0,40}(image|url)/i.test(words)
  ) {
    return 'imageNotDownloadable';
  }
  if (/content_policy|content_filter|moderation|safety/i.test(words)) return 'contentRefused';
  if (/image|vision|multimodal/i.test(words)) return 'imageRefused';
  if (/model_not_found|model.{0,60}(not found|not exist|unknown|invalid)/i.test(words))
    return 'modelNotFound';
  if (/api.?key/i.test(words)) return 'keyRefused';
  return 'requestRefused';
}

/** A field of an error as words. Whatever else a server puts there may not even become a string. */
export function plain(field: unknown): string {
  return typeof field === 'string' || typeof field === 'number' ? String(field) : '';
}

/** Milliseconds from a `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3). */
function readRetryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return undefined;
  return Math.min(milliseconds, MAX_WAIT_MS);
}

function tidy(words: string, key: string | undefined): string {
  return (
    keyRemover(key)
      .from(words.slice(0, WORDS_READ))
      // Servers also repeat a masked or cut form of the key.
      .replaceAll(/\b(sk|gsk|xai|key)-[\w*.-]{6,}|…[*.]{2,}[\w-]*/gi, '…')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .slice(0, WORDS_MAX_LENGTH)
  );
}
