import { describe, expect, it, vi } from 'vitest';
import { createOpenAiProvider } from '../../../../utils/core/vision/openai';
import {
  all,
  chunk,
  connection,
  DONE,
  failure,
  KEY,
  provider,
  refusal,
  request,
  sse,
  USAGE,
} from '../../../fixtures/openai-server';

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
        streamed: true,
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
    expect(init.redirect).toBe('manual');
    expect(init.referrerPolicy).toBe('no-referrer');
    expect(init.cache).toBe('no-store');
    expect(String(init.body)).not.toContain(KEY);
    expect(bodies()[0]).toEqual({
      model: 'gpt-6-luna',
      messages: [
        { role: 'system', content: 'Be truthful.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What breed is the dog?' },
            {
              type: 'image_url',
              image_url: { url: 'https://images.example.com/dog.jpg', detail: 'high' },
            },
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

  it.each([
    ['offline', 'https://api.openai.com/v1', 3_000],
    // The person's own machine is there without a network.
    ['timedOut', 'http://localhost:8080/v1', 120_000],
  ])('notices in mid-stream that the network has gone: %s', async (code, baseUrl, after) => {
    vi.useFakeTimers();
    vi.stubGlobal('navigator', { onLine: true });
    const open = (_: string, { signal }: { signal: AbortSignal }) => {
      const body = new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode(chunk('A dog')));
          signal.addEventListener('abort', () => stream.error(signal.reason));
        },
      });
      const headers = { 'content-type': 'text/event-stream' };
      return Promise.resolve(new Response(body, { headers }));
    };
    const { describe: ask } = createOpenAiProvider({
      connection: { ...connection, baseUrl },
      key: KEY,
      fetch: open as unknown as typeof fetch,
    });
    const outcome = all(ask(request, new AbortController().signal)).catch((e: unknown) => e);
    const over = vi.fn<() => void>();
    void outcome.then(over);
    await vi.advanceTimersByTimeAsync(100);
    vi.stubGlobal('navigator', { onLine: false });
    await vi.advanceTimersByTimeAsync(after - 200);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_200);
    expect(await outcome).toMatchObject({ code });
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('says of a connection that is reset in mid-stream that the answer broke', async () => {
    const body = new ReadableStream({
      pull: (stream) => stream.error(new TypeError('network error')),
    });
    const headers = { 'content-type': 'text/event-stream' };
    expect((await failure([new Response(body, { headers })])).code).toBe('answerBroken');
    expect((await failure([new TypeError('Failed to fetch')])).code).toBe('unreachable');
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
