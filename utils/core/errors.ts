/** Everything that can go wrong, by name, and the one error class that carries such a name. */

import * as v from 'valibot';

/** What helps: a change in settings, another try, one with more room for the answer, or neither. */
export type NextStep = 'settings' | 'connect' | 'retry' | 'retryLonger' | 'none';

interface ErrorRow {
  nextStep: NextStep;
  /**
   * The step at which a check of the connection ends with this error (`CHECK_STEPS`), and what to
   * change then (`doctor.settings` in the message files). A failed job with such an error offers the
   * check. Absent where no check ends so: it finds a connection, and sends a drawing of its own.
   */
  check?: { step: string; setting: string };
  /**
   * It may be over a moment later: Descry retries automatically, as long as no word has come. A
   * connection that was reset looks like none at all, and like an answer that is hidden from us.
   */
  retried?: true;
  /** The server has worked and may charge for it, though it sent no count of tokens. */
  charged?: true;
}

/**
 * All that is known of each error code, in one row. A new code is a row here, and does not compile
 * without its words in the message files (`error.<code>`).
 */
export const ERRORS = {
  // Before anything is sent.
  noConnection: { nextStep: 'connect' },
  imageUnreadable: { nextStep: 'retry' },
  /** The page itself has tried to load it, and failed. */
  imageNotLoaded: { nextStep: 'retry' },
  /** It can only be had from the screen, and its tab is not in front. */
  imageNotInView: { nextStep: 'retry' },
  /** An image that the person gave, and that is kept no more. */
  imageGone: { nextStep: 'none' },
  /** The image is gone from its page, or is of a kind that has no alt text. */
  altUnsupported: { nextStep: 'none' },
  /** As many images are chosen for comparison as can be. */
  compareFull: { nextStep: 'none' },
  compareFew: { nextStep: 'none' },
  /** A page of the browser's own, its store, another extension. */
  pageRefused: { nextStep: 'none' },
  imageTooLarge: { nextStep: 'none' },
  imageBroken: { nextStep: 'retry' },
  /** A dot that is there to keep room or to count visits. */
  imageEmpty: { nextStep: 'none' },
  /** The keys are locked by a passphrase. */
  keysLocked: { nextStep: 'settings' },
  /** What is stored as keys is not of this version. */
  keysUnreadable: { nextStep: 'settings' },
  /** What opened the stored keys is gone. */
  keysLost: { nextStep: 'settings' },
  /** The month's cap of the connection would be passed. */
  capReached: { nextStep: 'settings', check: { step: 'key', setting: 'cap' } },
  /** What the connection has spent cannot be read, so its cap cannot be kept. */
  spendingUnreadable: { nextStep: 'settings', check: { step: 'key', setting: 'cap' } },
  /** It holds a character that no request can carry. */
  keyMalformed: { nextStep: 'settings', check: { step: 'key', setting: 'key' } },
  // The way to the server.
  /** The browser's own model may not be asked without the person's leave. */
  permissionMissing: { nextStep: 'settings' },
  /**
   * No answer, or none that we may read: without the person's leave the browser hides answers, and
   * a server that is off looks the same.
   */
  maybeBlocked: {
    nextStep: 'settings',
    check: { step: 'permission', setting: 'permission' },
    retried: true,
  },
  /** It sends requests on to another address, which we do not follow. */
  redirected: { nextStep: 'settings', check: { step: 'address', setting: 'address' } },
  offline: { nextStep: 'retry', check: { step: 'address', setting: 'network' } },
  unreachable: {
    nextStep: 'settings',
    check: { step: 'address', setting: 'address' },
    retried: true,
  },
  timedOut: { nextStep: 'retry', check: { step: 'firstWord', setting: 'patience' }, charged: true },
  // What the server says.
  keyRefused: { nextStep: 'settings', check: { step: 'key', setting: 'key' } },
  accessRefused: { nextStep: 'settings', check: { step: 'key', setting: 'rights' } },
  /** A server on the person's machine that refuses requests from extensions, as Ollama does. */
  originRefused: { nextStep: 'retry', check: { step: 'origin', setting: 'origin' } },
  addressWrong: { nextStep: 'settings', check: { step: 'address', setting: 'address' } },
  modelNotFound: { nextStep: 'settings', check: { step: 'model', setting: 'model' } },
  /** It answers, and does not see. */
  modelBlind: { nextStep: 'settings', check: { step: 'sight', setting: 'model' } },
  /** A model of the browser itself that is not, or no longer, there. */
  modelUnavailable: { nextStep: 'settings', check: { step: 'model', setting: 'deviceModel' } },
  /** It describes in its own way, and takes no question. */
  promptUnsupported: { nextStep: 'none' },
  quotaUsedUp: { nextStep: 'retry', check: { step: 'key', setting: 'credit' } },
  rateLimited: { nextStep: 'retry', check: { step: 'key', setting: 'limits' }, retried: true },
  serverError: { nextStep: 'retry', check: { step: 'model', setting: 'server' }, retried: true },
  imageRefused: { nextStep: 'settings', check: { step: 'sight', setting: 'model' } },
  imageNotDownloadable: { nextStep: 'retry', check: { step: 'sight', setting: 'server' } },
  contentRefused: { nextStep: 'settings', check: { step: 'sight', setting: 'model' } },
  requestRefused: { nextStep: 'settings', check: { step: 'model', setting: 'modelOrAddress' } },
  // What the answer is.
  answerEmpty: { nextStep: 'retryLonger', check: { step: 'streaming', setting: 'room' } },
  answerMalformed: { nextStep: 'settings', check: { step: 'address', setting: 'address' } },
  answerBroken: {
    nextStep: 'retry',
    check: { step: 'streaming', setting: 'server' },
    retried: true,
    charged: true,
  },
  // Our own life.
  interrupted: { nextStep: 'retry' },
  /** Descry was updated or reloaded while a page was open: its card there is cut off. */
  reloaded: { nextStep: 'none' },
  /** Another page of Descry keeps the history open. */
  historyBlocked: { nextStep: 'none' },
  /** A newer Descry has written it. */
  historyNewer: { nextStep: 'none' },
  historyFull: { nextStep: 'none' },
  historyBroken: { nextStep: 'none' },
  storageFailed: { nextStep: 'retry' },
  /** Another question is being answered, perhaps from another surface. */
  stillAnswering: { nextStep: 'none' },
  /** A newer Descry has stored these settings. */
  settingsNewer: { nextStep: 'settings' },
  unexpected: { nextStep: 'retry' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[];

/** A failure as data, safe to show and to store: never holds a key. */
export const failureSchema = v.object({
  code: v.picklist(ERROR_CODES),
  /** The HTTP status, where there was an answer. */
  status: v.optional(v.number()),
  /** What the server said, in its own words, shortened and with the key removed. */
  serverWords: v.optional(v.string()),
  /** How long the server asks us to wait, in milliseconds. */
  retryAfterMs: v.optional(v.number()),
  /** A model to use in place of one that is gone. */
  replacement: v.optional(v.string()),
  /** The server may be one that has to be told to let extensions in. */
  mayRefuseExtensions: v.optional(v.boolean()),
});
export type Failure = v.InferOutput<typeof failureSchema>;

/** What is known of one failure besides its code. */
export type ErrorFacts = Omit<Failure, 'code'>;

/** A failure with a name. Foreign errors become one of these at the edge that meets them. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.facts = facts;
  }
}

/** The name of any thrown value: its own for an `AppError`, else `unexpected`. */
export function errorCode(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'unexpected';
}

/** Any thrown value as data: with its facts for an `AppError`, else `unexpected`. */
export function failureOf(error: unknown): Failure {
  return error instanceof AppError ? { code: error.code, ...error.facts } : { code: 'unexpected' };
}

/**
 * What a call across contexts answers: errors travel as data, since `Error` objects lose theirs.
 */
export type Result<T> = { ok: true; value: T } | ({ ok: false } & Failure);

/**
 * The value of a result.
 *
 * @throws {AppError} its failure, by name and with its facts.
 */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { ok: _, code, ...facts } = result;
  throw new AppError(code, facts);
}

/** Runs `work` and gives its value or its failure as data. Never rejects. */
export async function asResult<T>(work: () => Promise<T> | T): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) console.error(printable(error));
    return { ok: false, ...failureOf(error) };
  }
}

/**
 * What is wrong with data, for the console: where, and what was expected. The issues of a schema
 * hold what was there, and their words repeat it: a key, a page, an answer.
 */
export function failedAt(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return issues.map(
    (issue) => `${v.getDotPath(issue) ?? 'all of it'}: expected ${issue.expected ?? issue.type}`,
  );
}

/** An error as it may be printed. */
export function printable(error: unknown): unknown {
  return v.isValiError(error) ? failedAt(error.issues) : error;
}
