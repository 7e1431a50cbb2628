/** The one way to a model server: every request goes through here, and so keeps to the same rules. */
import { AppError } from '../errors';

/** The network failed. Only what `fetch` and the reader of its answer throw is one of these. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  /** Whether the answer had begun. */
  readonly begun: boolean;

  constructor(begun: boolean, cause: unknown) {
    super('network failure', { cause });
    this.begun = begun;
  }
}

export interface ServerRequest {
  method?: 'GET' | 'POST';
  headers?: Headers;
  body?: string;
  signal: AbortSignal;
}

/** What came back. No `Response`: one with a status of a server's own making cannot be made. */
export interface ServerAnswer {
  status: number;
  headers: Headers;
  /** Fails by name. */
  body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
}

/**
 * Asks a model server, without cookies and referrer, and keeps nothing in the browser's cache.
 *
 * @param send For tests; the global `fetch` otherwise.
 * @throws {NetworkFailure} also while the answer is read.
 * @throws {AppError} `redirected`. Redirects are not followed: they would take the image, and keys
 *   in headers other than `Authorization`, wherever the server likes, the person's network included.
 */
export async function fetchFromServer(
  url: string,
  request: ServerRequest,
  send: typeof fetch = globalThis.fetch,
): Promise<ServerAnswer> {
  const response = await asNetwork(false, request.signal, () =>
    send(url, {
      ...request,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      // Not `error`, which looks like a server that is off.
      redirect: 'manual',
    }),
  );
  const { type, status, headers, body } = response;
  // Browsers hide a redirect's status; Node, which runs the tests, does not.
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    throw new AppError('redirected');
  }
  return { status, headers, body: body ? named(body, request.signal) : undefined };
}

/** In characters. The longest list of models that we have seen has less than a million. */
const MAX_TEXT_LENGTH = 4_000_000;

/** In bytes. An answer comes a few words at a time; one in a single piece has some thousands. */
const MAX_EVENT_LENGTH = 2_000_000;

/**
 * All of an answer as text.
 *
 * @throws {NetworkFailure}
 * @throws {AppError} `answerMalformed` for more than anybody has to say: while it was parsed, nothing
 *   else would go on.
 */
export async function textOf(answer: ServerAnswer): Promise<string> {
  const text = await beginningOf(answer, MAX_TEXT_LENGTH + 1);
  if (text.length > MAX_TEXT_LENGTH) throw new AppError('answerMalformed');
  return text;
}

/**
 * So many characters of an answer. What comes after them is not read.
 *
 * @throws {NetworkFailure}
 */
export async function beginningOf({ body }: ServerAnswer, length: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let text = '';
  while (text.length < length) {
    const piece = await reader?.read();
    if (!piece || piece.done) return text + decoder.decode();
    text += decoder.decode(piece.value, { stream: true });
  }
  // How it ends no longer matters.
  reader?.cancel().catch(() => undefined);
  return text.slice(0, length);
}

const CR = 13;
const LF = 10;

/**
 * The bytes of a stream of events, as long as each event has a length that one can have: who decodes
 * it keeps all of an event until its end has come.
 *
 * @throws {AppError} `answerMalformed`, from the stream.
 */
export function withEventLimit(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let length = 0;
  let last = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, stream) {
        for (const byte of piece) {
          length += 1;
          // An empty line ends an event. CR and LF together are one end of a line.
          const endsTwice = isLineEnd(byte) && isLineEnd(last) && !(last === CR && byte === LF);
          if (endsTwice) length = 0;
          if (length > MAX_EVENT_LENGTH) throw new AppError('answerMalformed');
          last = byte;
        }
        stream.enqueue(piece);
      },
    }),
  );
}

function isLineEnd(byte: number): boolean {
  return byte === CR || byte === LF;
}

/** The same bytes, with a name for what breaks them off. */
function named(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(stream) {
        const piece = await asNetwork(true, signal, () => reader.read());
        if (piece.done) stream.close();
        else stream.enqueue(piece.value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function asNetwork<T>(
  begun: boolean,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw signal.aborted ? error : new NetworkFailure(begun, error);
  }
}
