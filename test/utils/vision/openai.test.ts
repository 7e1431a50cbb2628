import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../utils/errors';
import type { Connection } from '../../../utils/vision/connection';
import { createOpenAiProvider } from '../../../utils/vision/openai';
import type { VisionEvent } from '../../../utils/vision/provider';

const KEY = 'sk-test-0123456789abcdef';
const connection: Connection = {
  id: 'c1',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-6-luna',
};
const request = {
  model: 'gpt-6-luna',
  instructions: 'Be truthful.',
  prompt: 'What breed is the dog?',
  images: [{ url: 'https://pictures.example.com/dog.jpg' }],
  maxTokens: 4_000,
};

const chunk = (content: string, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ model: 'gpt-6-luna-2026', choices: [{ delta: { content }, finish_reason }] })}\n\n`;
const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 900, completion_tokens: 12, cost: 0.0004 } })}\n\n`;
const DONE = 'data: [DONE]\n\n';

function sse(...parts: (string | Uint8Array)[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    start(controller) {
      for (const part of parts)
        controller.enqueue(typeof part === 'string' ? encoder.encode(part) : part);
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function refusal(status: number, error: object, headers: Record<string, string> = {}): Response {
  return Response.json({ error }, { status, headers });
}

/** A provider whose server gives these answers, one a request. */
function provider(
  answers: (Response | Error | (() => Promise<Response>))[],
  over: Partial<Connection> = {},
) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = vi.fn(async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const answer = answers.shift();
    if (answer instanceof Error || !answer) throw answer ?? new Error('asked too often');
    return typeof answer === 'function' ? await answer() : answer;
  });
  const made = createOpenAiProvider({
    connection: { ...connection, ...over },
    key: KEY,
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
  const bodies = () =>
    sent.map(({ init }) => JSON.parse(String(init.body)) as Record<string, unknown>);
  return { ...made, sent, bodies };
}

async function all(events: AsyncIterable<VisionEvent>): Promise<VisionEvent[]> {
  const seen: VisionEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

async function failure(
  answers: (Response | Error)[],
  over?: Partial<Connection>,
): Promise<AppError> {
  const { describe: ask } = provider(answers, over);
  const error: unknown = await all(ask(request, new AbortController().signal)).catch(
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe('describe', () => {
  it('streams the words and ends with what the server counted', async () => {
    const { describe: ask } = provider([sse(chunk('A '), chunk('dog.', 'stop'), USAGE, DONE)]);
    expect(await all(ask(request, new AbortController().signal))).toEqual([
      { type: 'words', text: 'A ' },
      { type: 'words', text: 'dog.' },
      {
        type: 'end',
        model: 'gpt-6-luna-2026',
        cut: false,
        usage: { inputTokens: 900, outputTokens: 12, cost: 0.0004 },
      },
    ]);
  });

  it('sends the key in the header alone, no cookies, and page text never as instructions', async () => {
    const { describe: ask, sent, bodies } = provider([sse(chunk('Yes', 'stop'), DONE)]);
    await all(ask(request, new AbortController().signal));
    const { url, init } = sent[0] ?? { url: '', init: {} };
    expect(url).toBe('https://api.openai.com/v1/chat/completions');
    expect(new Headers(init.headers).get('authorization')).toBe(`Bearer ${KEY}`);
    expect(init.credentials).toBe('omit');
    expect(String(init.body)).not.toContain(KEY);
    expect(bodies()[0]).toEqual({
      model: 'gpt-6-luna',
      messages: [
        { role: 'system', content: 'Be truthful.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What breed is the dog?' },
            { type: 'image_url', image_url: { url: 'https://pictures.example.com/dog.jpg' } },
          ],
        },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 4_000,
      reasoning_effort: 'low',
    });
  });

  it('loses nothing when a chunk is split inside a character', async () => {
    const bytes = new TextEncoder().encode(chunk('Über 犬', 'stop'));
    const parts = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const { describe: ask } = provider([sse(...parts, DONE)]);
    const [words] = await all(ask(request, new AbortController().signal));
    expect(words).toEqual({ type: 'words', text: 'Über 犬' });
  });

  it('takes a whole answer from a server that does not stream', async () => {
    const whole = {
      model: 'm',
      choices: [{ message: { content: 'A dog.' }, finish_reason: 'stop' }],
    };
    const { describe: ask } = provider([Response.json(whole)]);
    expect(await all(ask(request, new AbortController().signal))).toMatchObject([
      { text: 'A dog.' },
      { type: 'end', model: 'm' },
    ]);
  });

  it('says when the answer ended at the limit', async () => {
    const { describe: ask } = provider([sse(chunk('A long', 'length'), DONE)]);
    expect((await all(ask(request, new AbortController().signal))).at(-1)).toMatchObject({
      cut: true,
    });
  });

  it('asks once more without a field the server does not know', async () => {
    const { describe: ask, bodies } = provider(
      [
        refusal(400, {
          message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
          param: 'max_tokens',
        }),
        refusal(400, { message: 'Unrecognized request argument: stream_options' }),
        sse(chunk('Yes', 'stop'), DONE),
      ],
      { provider: 'custom' },
    );
    await all(ask(request, new AbortController().signal));
    expect(bodies()[0]).toMatchObject({ max_tokens: 4_000 });
    expect(bodies()[1]).toMatchObject({ max_completion_tokens: 4_000 });
    expect(bodies()[1]).not.toHaveProperty('max_tokens');
    expect(bodies()[2]).not.toHaveProperty('stream_options');
  });

  it('does not go round in circles with a server that knows neither limit', async () => {
    const no = () => refusal(400, { message: 'max_tokens and max_completion_tokens are unknown' });
    expect((await failure([no(), no(), no()], { provider: 'custom' })).code).toBe('requestRefused');
  });

  it('gives up on a server that stays silent', async () => {
    vi.useFakeTimers();
    const silent = (init: { signal: AbortSignal }) =>
      new Promise<Response>((_, reject) => {
        init.signal.addEventListener('abort', () => reject(init.signal.reason as Error));
      });
    const made = createOpenAiProvider({
      connection: { ...connection, firstWordSeconds: 30 },
      key: KEY,
      fetch: ((_: string, init: { signal: AbortSignal }) =>
        silent(init)) as unknown as typeof fetch,
    });
    const outcome = all(made.describe(request, new AbortController().signal)).catch(
      (e: unknown) => e,
    );
    await vi.advanceTimersByTimeAsync(29_000);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(await outcome).toMatchObject({ code: 'timedOut' });
    vi.useRealTimers();
  });

  it('ends with the reason of an abort, whatever the stream makes of it', async () => {
    const controller = new AbortController();
    const { describe: ask } = provider([sse(chunk('A'), chunk(' dog'), chunk('.', 'stop'), DONE)]);
    const events = ask(request, controller.signal)[Symbol.asyncIterator]();
    await events.next();
    controller.abort(new Error('stopped'));
    await expect(events.next().then(() => events.next())).rejects.toThrow('stopped');
  });
});

describe('failures', () => {
  it.each([
    [401, { message: 'Incorrect API key provided' }, 'keyRefused'],
    [402, { message: 'Insufficient credits' }, 'quotaUsedUp'],
    [403, { message: 'Your region is not supported' }, 'accessRefused'],
    [
      404,
      { message: 'The model `gpt-9` does not exist', code: 'model_not_found' },
      'modelNotFound',
    ],
    [404, { message: 'Not found' }, 'addressWrong'],
    [
      400,
      { message: 'Failed to download image from https://x', code: 'invalid_image_url' },
      'imageNotDownloadable',
    ],
    [400, { message: 'You uploaded an unsupported image' }, 'imageRefused'],
    [
      400,
      { message: 'Rejected by our safety system', code: 'content_policy_violation' },
      'contentRefused',
    ],
    [400, { message: 'Bad things' }, 'requestRefused'],
    [413, { message: 'Too large' }, 'imageRefused'],
    [429, { message: 'Slow down' }, 'rateLimited'],
    [
      429,
      { message: 'You exceeded your current quota', code: 'insufficient_quota' },
      'quotaUsedUp',
    ],
    [500, { message: 'Oops' }, 'serverError'],
    [529, { message: 'Overloaded' }, 'serverError'],
  ])('%i %o is %s', async (status, error, code) => {
    expect((await failure([refusal(status, error)])).code).toBe(code);
  });

  it('knows a local server that refuses extensions', async () => {
    const error = await failure([new Response('', { status: 403 })], {
      provider: 'ollama',
      baseUrl: 'http://localhost:11434/v1',
    });
    expect(error.code).toBe('originRefused');
  });

  it('reads how long to wait', async () => {
    const inSeconds = await failure([refusal(429, {}, { 'retry-after': '7' })]);
    expect(inSeconds.facts.retryAfterMs).toBe(7_000);
    const at = new Date(Date.now() + 20_000).toUTCString();
    const untilDate = await failure([refusal(429, {}, { 'retry-after': at })]);
    expect(untilDate.facts.retryAfterMs).toBeGreaterThan(17_000);
    const nonsense = await failure([refusal(429, {}, { 'retry-after': 'soon' })]);
    expect(nonsense.facts.retryAfterMs).toBeUndefined();
  });

  it('keeps the server’s words, without the key', async () => {
    const error = await failure([
      refusal(401, { message: `Incorrect API key: ${KEY} or sk-test-****cdef.` }),
    ]);
    expect(error.facts.serverWords).toContain('Incorrect API key');
    expect(JSON.stringify(error.facts)).not.toMatch(/sk-|cdef/);
  });

  it('takes an answer that is no stream of ours for malformed', async () => {
    const html = new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
    expect((await failure([html])).code).toBe('answerMalformed');
    expect((await failure([sse('data: {"choices": [\n\n')])).code).toBe('answerMalformed');
    expect((await failure([sse('data: {"choices": 5}\n\n')])).code).toBe('answerMalformed');
  });

  it('takes a stream that was cut for broken, never for an answer', async () => {
    expect((await failure([sse(chunk('A dog and'))])).code).toBe('answerBroken');
  });

  it('hears an error inside a stream that began well', async () => {
    const error = await failure([
      sse(
        chunk('A'),
        `data: ${JSON.stringify({ error: { message: 'Provider down', code: 502 } })}\n\n`,
      ),
    ]);
    expect(error).toMatchObject({ code: 'serverError', facts: { status: 502 } });
  });

  it('hears a refusal of the content in the stream', async () => {
    expect((await failure([sse(chunk('', 'content_filter'), DONE)])).code).toBe('contentRefused');
    const refused = `data: ${JSON.stringify({ choices: [{ delta: { refusal: 'I cannot.' } }] })}\n\n`;
    expect((await failure([sse(refused, DONE)])).code).toBe('contentRefused');
  });

  it('takes a failed connection for unreachable', async () => {
    expect((await failure([new TypeError('Failed to fetch')])).code).toBe('unreachable');
  });
});

describe('listModels', () => {
  it('gives the ids, and whether they see where the server says so', async () => {
    const { listModels, sent } = provider([
      Response.json({
        data: [
          { id: 'a' },
          { id: 'b', architecture: { input_modalities: ['text', 'image'] } },
          { id: 'c', architecture: { input_modalities: ['text'] } },
        ],
      }),
    ]);
    expect(await listModels(new AbortController().signal)).toEqual([
      { id: 'a' },
      { id: 'b', vision: true },
      { id: 'c', vision: false },
    ]);
    expect(sent[0]?.url).toBe('https://api.openai.com/v1/models');
  });

  it('says so when the answer is no list', async () => {
    const { listModels } = provider([Response.json({ models: [] })]);
    await expect(listModels(new AbortController().signal)).rejects.toMatchObject({
      code: 'answerMalformed',
    });
  });
});
