/** A model server that does what it is told to: the faults that the kept mock does not know. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for an answer. */
export interface Exchange {
  body: { messages: { role: string; content: unknown; prefix?: boolean }[] } & Record<
    string,
    unknown
  >;
  /** Which request this is, from 1. */
  number: number;
  response: ServerResponse;
  /** Begins an answer; `say` does it by itself. */
  begin(status?: number, headers?: Record<string, string>): void;
  /** One chunk with words. */
  say(words: string): void;
  /** Words one by one, so many milliseconds apart, as long as somebody listens. */
  sayEach(words: readonly string[], milliseconds: number): Promise<void>;
  /** Bytes as they are. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** The end of a whole answer. */
  end(reason?: string): void;
  /** The end of the connection without that of the answer. */
  cut(): void;
  /** A connection that breaks: TCP's RST. */
  reset(): void;
  /** An error, as servers answer it. */
  refuse(status: number, headers?: Record<string, string>): void;
  /** Resolves when the other side is gone. */
  gone: Promise<void>;
}

export type Script = (exchange: Exchange) => Promise<void> | void;

export interface FaultyServer {
  /** What a connection names as its address. */
  baseUrl: string;
  port: number;
  /** What it does with requests from now on; forgets the ones before. */
  play(script: Script): void;
  requests: readonly Exchange[];
  /** Everything it said in its last answer, up to a moment. */
  saidUntil(time: number): string;
  stop(): Promise<void>;
}

export const ANSWER = 'A teal rectangle on a white page.';

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };

/** One chunk of a stream, as it goes over the wire. */
export function chunkOf(content: string, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta: content ? { content } : {}, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ model: 'gpt-6-luna', choices })}\n\n`;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What it does when it is not told anything. */
export const wellBehaved: Script = ({ say, end }) => {
  say(ANSWER);
  end();
};

/** Starts it on a free port. */
export async function startFaultyServer(): Promise<FaultyServer> {
  let script: Script = wellBehaved;
  let requests: Exchange[] = [];
  let said: { words: string; at: number }[] = [];

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString('utf8');
    if (text === '') return void response.writeHead(404, CORS).end();
    said = [];
    const exchange = exchangeOf(JSON.parse(text) as Exchange['body'], response);
    requests.push(exchange);
    await script(exchange);
  }

  function exchangeOf(body: Exchange['body'], response: ServerResponse): Exchange {
    const begin = (status = 200, headers: Record<string, string> = {}) => {
      if (response.headersSent) return;
      response.writeHead(status, { ...CORS, 'content-type': 'text/event-stream', ...headers });
      response.flushHeaders();
    };
    const say = (words: string) => {
      begin();
      response.write(chunkOf(words));
      said.push({ words, at: Date.now() });
    };
    return {
      body,
      number: requests.length + 1,
      response,
      begin,
      say,
      async sayEach(words, milliseconds) {
        for (const each of words) {
          if (response.destroyed) return;
          say(each);
          await sleep(milliseconds);
        }
      },
      write: (bytes) =>
        new Promise((resolve) => {
          begin();
          response.write(bytes, () => resolve());
        }),
      end(reason = 'stop') {
        begin();
        response.end(`${chunkOf('', reason)}data: [DONE]\n\n`);
      },
      cut: () => void response.end(),
      reset: () => void response.socket?.resetAndDestroy(),
      refuse(status, headers = {}) {
        begin(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify({ error: { message: `Scripted ${status}` } }));
      },
      gone: new Promise((resolve) => response.once('close', resolve)),
    };
  }

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    play(next) {
      script = next;
      requests = [];
    },
    get requests() {
      return requests;
    },
    saidUntil: (time) =>
      said
        .filter(({ at }) => at <= time)
        .map(({ words }) => words)
        .join(''),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
