/** A model server that notes the time: when a request arrives, and when its first word leaves. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The newest request; times in milliseconds since 1970. */
export interface ClockedRequest {
  /** When its headers arrived, and when all of it had. */
  at: number;
  wholeAt: number;
  /** When the first word was written. */
  firstWordAt: number;
  body: string;
}

export interface ModelClock {
  baseUrl: string;
  /** The requests so far, oldest first, without those that only asked for leave. */
  requests: readonly ClockedRequest[];
  /** How often a browser asked for leave first (CORS), which takes a round trip. */
  preflights: number;
  /** How many answers have ended, and how many were under way at once at most. */
  ended: number;
  mostAtOnce: number;
  /** The first word waits for this, too: whoever looks for it in a page must be ready. */
  mayAnswer: Promise<void>;
  stop(): Promise<void>;
}

/** Now, in milliseconds since 1970 with fractions: the clock that pages have too. */
export const now = () => performance.timeOrigin + performance.now();

export interface ModelTimes {
  /** From the whole request to the first word, and from there to the end. */
  firstWordMs: number;
  moreMs: number;
}

/** aimock does not say when a request arrived and when a word left; this server does little else. */
export async function startModelClock(
  { firstWordMs, moreMs }: ModelTimes = { firstWordMs: 400, moreMs: 100 },
): Promise<ModelClock> {
  let underWay = 0;
  const requests: ClockedRequest[] = [];
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS') {
      clock.preflights += 1;
      response.setHeader(
        'access-control-allow-headers',
        request.headers['access-control-request-headers'] ?? '*',
      );
      return void response.end();
    }
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clock: ModelClock = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    preflights: 0,
    ended: 0,
    mostAtOnce: 0,
    mayAnswer: Promise.resolve(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const clocked = { at: now(), wholeAt: 0, firstWordAt: 0, body: '' };
    requests.push(clocked);
    underWay += 1;
    clock.mostAtOnce = Math.max(clock.mostAtOnce, underWay);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    clocked.wholeAt = now();
    clocked.body = Buffer.concat(parts).toString();
    response.setHeader('content-type', 'text/event-stream');
    response.flushHeaders();
    await sleep(firstWordMs);
    await clock.mayAnswer;
    clocked.firstWordAt = now();
    response.write(chunk({ delta: { content: 'First' }, finish_reason: null }));
    await sleep(moreMs);
    response.end(
      `${chunk({ delta: { content: ' word.' }, finish_reason: 'stop' })}data: [DONE]\n\n`,
    );
    underWay -= 1;
    clock.ended += 1;
  }
  return clock;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function chunk(choice: object): string {
  return `data: ${JSON.stringify({ model: 'bench', choices: [choice] })}\n\n`;
}
