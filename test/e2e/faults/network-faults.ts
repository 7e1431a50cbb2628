/** What can go wrong on the way to a server and in its answers, each with its end. */
import type { BrowserName } from '../../../scripts/machine.mjs';
import type { ErrorCode } from '../../../utils/core/errors.ts';
import { ANSWER, chunkOf, sleep, type FaultyServer, type Script } from './faulty-server.ts';

export interface NetworkFault {
  /** As the docs name it. */
  name: string;
  script?: Script;
  /** Where the connection leads instead of to the server. */
  baseUrl?: (server: FaultyServer) => string;
  /** The host permission that a person gives as they connect: without it the browser may hide answers. */
  allow?: string;
  /** The requests it takes. */
  requests: number;
  ends: { status: 'done'; cut?: boolean } | { status: 'failed'; code: ErrorCode };
  /** What the card says while it is tried again; not where the browser itself does so before us. */
  retries?: Partial<Record<BrowserName, RegExp>>;
  /** All that was said, where that is not the answer. */
  said?: string;
}

const WORDS = 'A teal rectangle on a white page. '.repeat(4);
const PIECES = WORDS.match(/\S+ /g) ?? [];

const AGAIN = { chrome: /attempt 2 of 3/, firefox: /attempt 2 of 3/ };

const DONE = { status: 'done' } as const;
const failed = (code: ErrorCode) => ({ status: 'failed', code }) as const;

/** Refuses once, then answers. */
const once =
  (status: number, headers: Record<string, string> = {}): Script =>
  (exchange) => {
    if (exchange.number === 1) return exchange.refuse(status, headers);
    exchange.say(ANSWER);
    return exchange.end();
  };

/** What an umlaut is split by: two bytes of one sign in two packets. */
const UMLAUT = 'Zwei Häuser, zwei Bäume: 🏠🏠🌳🌳.';

async function inPieces(
  write: (bytes: Uint8Array) => Promise<void>,
  text: string,
  at: readonly number[],
): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  const ends = [...at, bytes.length];
  for (const [index, end] of ends.entries()) {
    await write(bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
    await sleep(60);
  }
}

/** Before the second byte of each sign that has more than one. */
function insideSigns(text: string): number[] {
  const bytes = Buffer.from(text, 'utf8');
  return [...bytes.keys()].filter((at) => ((bytes[at] ?? 0) & 0xc0) === 0x80);
}

export const NETWORK_FAULTS: readonly NetworkFault[] = [
  {
    name: 'No such host (DNS)',
    baseUrl: () => 'http://nowhere.invalid/v1',
    allow: 'http://nowhere.invalid/*',
    requests: 0,
    ends: failed('unreachable'),
  },
  {
    name: 'TLS fails',
    baseUrl: ({ port }) => `https://127.0.0.1:${port}/v1`,
    allow: 'https://127.0.0.1/*',
    requests: 0,
    ends: failed('unreachable'),
  },
  {
    name: 'Connection reset before the first word',
    script: (exchange) => {
      if (exchange.number > 1) {
        exchange.say(ANSWER);
        return exchange.end();
      }
      exchange.begin();
      return void setTimeout(() => exchange.reset(), 100);
    },
    requests: 2,
    ends: DONE,
    // Firefox sends it once more by itself.
    retries: { chrome: AGAIN.chrome },
  },
  {
    name: 'Connection reset in mid-stream',
    script: async ({ sayEach, reset }) => {
      await sayEach(PIECES.slice(0, 10), 20);
      reset();
    },
    requests: 1,
    ends: failed('answerBroken'),
    said: PIECES.slice(0, 10).join(''),
  },
  {
    name: 'Stream cut without its end mark',
    script: async ({ sayEach, cut }) => {
      await sayEach(PIECES.slice(0, 10), 20);
      cut();
    },
    requests: 1,
    ends: failed('answerBroken'),
    said: PIECES.slice(0, 10).join(''),
  },
  {
    name: 'Chunks split inside a character',
    script: async ({ write, end }) => {
      const text = chunkOf(UMLAUT);
      await inPieces(write, text, insideSigns(text));
      end();
    },
    requests: 1,
    ends: DONE,
    said: UMLAUT,
  },
  {
    name: 'Chunks split inside a field',
    script: async ({ write, end }) => {
      const text = chunkOf(ANSWER);
      await inPieces(write, text, [3, 9, text.indexOf('content') + 3, text.length - 1]);
      end();
    },
    requests: 1,
    ends: DONE,
  },
];

export const SERVER_FAULTS: readonly NetworkFault[] = [
  {
    name: '429 with Retry-After',
    script: once(429, { 'retry-after': '2', 'access-control-expose-headers': 'retry-after' }),
    requests: 2,
    ends: DONE,
    retries: AGAIN,
  },
  { name: '429 without', script: once(429), requests: 2, ends: DONE, retries: AGAIN },
  ...[500, 502, 503, 529].map((status): NetworkFault => ({
    name: `${status}, once`,
    script: once(status),
    requests: 2,
    ends: DONE,
    retries: AGAIN,
  })),
  {
    name: '500 again and again',
    script: ({ refuse }) => refuse(500),
    requests: 3,
    ends: failed('serverError'),
  },
  {
    name: 'HTML instead of JSON',
    script: ({ begin, response }) => {
      begin(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Welcome to the hotel network</title>');
    },
    requests: 1,
    ends: failed('answerMalformed'),
  },
  {
    name: 'Malformed JSON in mid-stream',
    script: async ({ say, write, cut }) => {
      say('A teal ');
      await sleep(50);
      await write('data: {"choices": [{"delta": \n\n');
      cut();
    },
    requests: 1,
    ends: failed('answerMalformed'),
    said: 'A teal ',
  },
  {
    name: 'An error inside a 200 stream, before the first word',
    script: (exchange) => {
      if (exchange.number > 1) {
        exchange.say(ANSWER);
        return exchange.end();
      }
      exchange.begin();
      const error = { error: { code: 502, message: 'Provider disconnected' } };
      return void exchange.response.end(`data: ${JSON.stringify(error)}\n\n`);
    },
    requests: 2,
    ends: DONE,
    retries: AGAIN,
  },
  {
    name: 'An error inside a 200 stream, in mid-stream',
    script: async ({ sayEach, response }) => {
      await sayEach(PIECES.slice(0, 6), 20);
      const error = { error: { code: 502, message: 'Provider disconnected' } };
      response.end(`data: ${JSON.stringify(error)}\n\n`);
    },
    requests: 1,
    ends: failed('serverError'),
    said: PIECES.slice(0, 6).join(''),
  },
  {
    name: 'An answer of 5 MB',
    script: async ({ write, end }) => {
      const megabyte = chunkOf(WORDS.repeat(Math.ceil(1_000_000 / WORDS.length)));
      for (let sent = 0; sent < 5; sent += 1) await write(megabyte);
      end();
    },
    requests: 1,
    ends: { status: 'done', cut: true },
    said: WORDS.repeat(8_000),
  },
  {
    name: 'A server that never ends',
    script: async ({ response, say }) => {
      while (!response.destroyed) {
        say(WORDS.repeat(20));
        await sleep(5);
      }
    },
    requests: 1,
    ends: { status: 'done', cut: true },
    said: WORDS.repeat(8_000),
  },
];
