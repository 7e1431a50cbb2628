/** A model server that notes the time: when a request arrives, and when its first word leaves. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelClock {
  baseUrl: string;
  /** When the newest request's headers arrived, and its first word was written; in epoch ms. */
  requestAt: number;
  firstWordAt: number;
  reset(): void;
  stop(): Promise<void>;
}

/** Long enough for the benchmark to look into the card before the first word comes. */
const FIRST_WORD_MS = 700;

/** Now, in milliseconds since 1970 with fractions: the clock that pages have too. */
export const now = () => performance.timeOrigin + performance.now();

/** aimock does not say when a request arrived and when a word left; this server does little else. */
export async function startModelClock(): Promise<ModelClock> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    // So that a preflight is asked for once, as with a server in use.
    response.setHeader('access-control-max-age', '600');
    if (request.method === 'OPTIONS') return void response.end();
    clock.requestAt = now();
    request.resume();
    request.on('end', () => void answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clock: ModelClock = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requestAt: 0,
    firstWordAt: 0,
    reset() {
      clock.requestAt = 0;
      clock.firstWordAt = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  async function answer(response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'text/event-stream');
    response.flushHeaders();
    await new Promise((resolve) => setTimeout(resolve, FIRST_WORD_MS));
    clock.firstWordAt = now();
    response.write(chunk({ delta: { content: 'First' }, finish_reason: null }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    response.end(
      `${chunk({ delta: { content: ' word.' }, finish_reason: 'stop' })}data: [DONE]\n\n`,
    );
  }
  return clock;
}

function chunk(choice: object): string {
  return `data: ${JSON.stringify({ model: 'bench', choices: [choice] })}\n\n`;
}
