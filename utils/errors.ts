/** Everything that can go wrong, by name, and the one error class that carries such a name. */

/**
 * Each code has words of its own in the message files (`error.<code>`), with a next step: see
 * `components/error-words.ts`, which does not compile while one is missing.
 */
export const ERROR_CODES = [
  // Before anything is sent.
  'noConnection',
  'imageUnreadable',
  /** It can only be had from the screen, and its tab is not in front. */
  'imageNotInView',
  /** A picture that the person gave, and that is kept no more. */
  'imageGone',
  /** The picture is gone from its page, or is of a kind that has no alt text. */
  'altNotTaken',
  /** As many pictures are chosen for comparison as can be. */
  'compareFull',
  'compareFew',
  /** A page of the browser's own, its store, another extension. */
  'pageRefused',
  'imageTooLarge',
  'imageBroken',
  /** A dot that is there to keep room or to count visits. */
  'imageEmpty',
  /** The keys are locked by a passphrase. */
  'keysLocked',
  /** The month's cap of the connection would be passed. */
  'capReached',
  // The way to the server.
  /** The server answers, but the browser keeps its answers from us without the person's leave. */
  'permissionMissing',
  'offline',
  'unreachable',
  'timedOut',
  // What the server says.
  'keyRefused',
  'accessRefused',
  /** A server on the person's machine that refuses requests from extensions, as Ollama does. */
  'originRefused',
  'addressWrong',
  'modelNotFound',
  /** It answers, and does not see. */
  'modelBlind',
  /** A model of the browser itself that is not, or no longer, there. */
  'modelUnavailable',
  /** It describes in its own way, and takes no question. */
  'promptNotTaken',
  'quotaUsedUp',
  'rateLimited',
  'serverError',
  'imageRefused',
  'imageNotDownloadable',
  'contentRefused',
  'requestRefused',
  // What the answer is.
  'answerEmpty',
  'answerMalformed',
  'answerBroken',
  // Our own life.
  'interrupted',
  /** Descry was updated or reloaded under an open page: what stands there is cut off from it. */
  'reloaded',
  /** Another page of ours does not let go of the history. */
  'historyBlocked',
  /** A newer Descry has written it. */
  'historyNewer',
  'historyFull',
  'historyBroken',
  'storageFailed',
  'unexpected',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** More about one failure, safe to show and to store: never holds a key. */
export interface ErrorFacts {
  /** The HTTP status, where there was an answer. */
  status?: number;
  /** What the server said, in its own words, shortened and with the key removed. */
  serverWords?: string;
  /** How long the server asks us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** A model to use in place of one that is gone. */
  replacement?: string;
  /** The server may be one that has to be told to let extensions in. */
  mayRefuseExtensions?: boolean;
}

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

/** What a call across contexts answers: errors travel as data, since `Error` objects lose theirs. */
export type Result<T> = { ok: true; value: T } | ({ ok: false; code: ErrorCode } & ErrorFacts);

/**
 * The value of a result.
 *
 * @throws {AppError} its failure, by name.
 */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new AppError(result.code);
  return result.value;
}

/** Runs `work` and gives its value or its failure as data. Never rejects. */
export async function asResult<T>(work: () => Promise<T> | T): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, ...error.facts };
    console.error(error);
    return { ok: false, code: 'unexpected' };
  }
}
