/** Servers with their quirks (`test/fixtures/server-fixtures.ts`), in front of the kept mock. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { imageUrls } from '../../fixtures/server-fixture.ts';
import { SERVER_FIXTURES } from '../../fixtures/server-fixtures.ts';
import { providerKind } from '../../../utils/core/vision/providers.ts';
import type { ServerId } from '../../../utils/core/vision/provider-kind.ts';
import { isDrawing, seeDrawing } from './eyes.ts';
import type { ModelServer } from './model-server.ts';
import { BAD_STREAMS, refusalIn, type Mood } from './moods.ts';

export interface QuirkyServer {
  /** What a connection names as its address. */
  baseUrl: string;
  mood: Mood;
  /** The questions that it let through to the model. */
  answered: { headers: IncomingMessage['headers']; body: Record<string, unknown> }[];
  /** The statuses that it refused questions with. */
  refused: number[];
  stop(): Promise<void>;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*, authorization, x-api-key, api-key, content-type',
};

/** Starts a server of a kind, on a free port where none is named. */
export async function startQuirkyServer(
  id: ServerId,
  model: ModelServer,
  { port = 0, cors = true } = {},
): Promise<QuirkyServer> {
  const fixture = SERVER_FIXTURES[id];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const used = (server.address() as AddressInfo).port;
  const self: QuirkyServer = {
    baseUrl: `http://127.0.0.1:${used}${fixture.base}`,
    mood: 'well',
    answered: [],
    refused: [],
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return self;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    const headers = { ...(cors ? CORS : {}), 'content-type': 'application/json' };
    const send = (status: number, value: unknown) =>
      response.writeHead(status, headers).end(value === undefined ? '' : JSON.stringify(value));
    const asked = { headers: request.headers as Record<string, string | undefined>, body };
    // Ollama looks at the origin before anything else, be it a list or a question, and says nothing
    // then: no header that would let a browser tell us why.
    const early = id === 'ollama' ? fixture.refuse?.({ ...asked, body: {} }) : undefined;
    if (early) {
      if (pathname.endsWith('/chat/completions')) self.refused.push(early.status);
      return void response.writeHead(early.status).end();
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end();
    if (self.mood === 'redirecting') {
      return void response.writeHead(307, { ...headers, location: self.baseUrl }).end();
    }
    if (self.mood === 'html') {
      return void response
        .writeHead(200, { ...headers, 'content-type': 'text/html' })
        .end('<!doctype html><title>Welcome</title>');
    }
    if (!pathname.endsWith('/chat/completions')) {
      const made = fixture.answers[pathname];
      return void (made ? send(200, made(body)) : send(404, { error: { message: 'Not found' } }));
    }
    const refused = refusalIn(self.mood, id, body) ?? fixture.refuse?.(asked);
    if (refused) {
      self.refused.push(refused.status);
      return void send(refused.status, refused.body);
    }
    self.answered.push({ headers: request.headers, body });
    if (self.mood === 'silent') return;
    const bad = BAD_STREAMS[self.mood];
    if (bad !== undefined) {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      return void response.end(bad);
    }
    await passOn(response, body);
  }

  /**
   * To the mock, by what it has of the OpenAI protocol, which is all that we speak: what it has of
   * Anthropic's and Ollama's own protocols would be asked by nobody. OpenRouter has a place of its
   * own there.
   */
  async function passOn(response: ServerResponse, body: Record<string, unknown>): Promise<void> {
    const [image = ''] = imageUrls(body);
    const drawn = isDrawing(JSON.stringify(body['messages'] ?? ''));
    if (drawn && self.mood !== 'blind') model.answer(await seeDrawing(image));
    else if (drawn) model.answer('A beautiful sunset over the sea.');
    const surface = id === 'openrouter' ? '/api/v1' : '/v1';
    const stream = self.mood !== 'inOnePiece';
    const always = providerKind(id).usage === 'always';
    const counting = always ? { stream_options: { include_usage: true } } : {};
    const passed = await fetch(`${model.mock.url}${surface}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream, ...counting }),
    });
    response.writeHead(passed.status, {
      ...(cors ? CORS : {}),
      'content-type': passed.headers.get('content-type') ?? 'text/event-stream',
    });
    for await (const piece of passed.body ?? []) response.write(piece);
    response.end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
