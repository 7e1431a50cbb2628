import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../../utils/core/errors';
import { providerKind } from '../../../../utils/core/vision/providers';
import { SERVER_IDS, type ServerId } from '../../../../utils/core/vision/provider-kind';
import { createOpenAiProvider } from '../../../../utils/core/vision/openai';
import { all, chunk, DONE, KEY, request, sse } from '../../../fixtures/openai-server';
import type { FixtureRequest, Refusal } from '../../../fixtures/server-fixture';
import { SERVER_FIXTURES } from '../../../fixtures/server-fixtures';
import { SERVER_REFUSALS } from '../../../fixtures/server-refusals';

const PNG = 'data:image/png;base64,AAAA';

/** A server as its fixture describes it; one that refuses every question where it is said how. */
function serve(id: ServerId, always?: Refusal) {
  const fixture = SERVER_FIXTURES[id];
  const asked: (FixtureRequest & { url: URL })[] = [];
  const fetch = (address: string, init: RequestInit): Promise<Response> => {
    const url = new URL(address);
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = JSON.parse(String(init.body ?? '{}')) as Record<string, unknown>;
    asked.push({ url, headers, body });
    if (!url.pathname.endsWith('/chat/completions')) {
      const answer = fixture.answers[url.pathname];
      return Promise.resolve(
        answer ? Response.json(answer(body)) : new Response('', { status: 404 }),
      );
    }
    const refused = always ?? fixture.refuse?.({ headers, body });
    if (refused) return Promise.resolve(Response.json(refused.body, { status: refused.status }));
    const usage = `data: ${JSON.stringify({ choices: [], usage: fixture.usage })}\n\n`;
    return Promise.resolve(sse(chunk('A dog.', 'stop'), usage, DONE));
  };
  const baseUrl = providerKind(id).baseUrl ?? `https://mine.example.com${fixture.base}`;
  const connection = { id, provider: id, baseUrl, model: fixture.model };
  const key = providerKind(id).key === 'required' ? KEY : undefined;
  return {
    provider: createOpenAiProvider({ connection, key, fetch: fetch as typeof globalThis.fetch }),
    asked,
    fixture,
  };
}

const signal = new AbortController().signal;
const question = (model: string) => ({
  ...request,
  model,
  messages: [{ role: 'user' as const, parts: [{ type: 'image' as const, url: PNG }] }],
});

describe.each(SERVER_IDS)('%s', (id) => {
  it('answers, and counts', async () => {
    const { provider, fixture } = serve(id);
    const events = await all(provider.describe(question(fixture.model), signal));
    expect(events).toMatchObject([{ text: 'A dog.' }, { streamed: true, usage: fixture.counted }]);
  });

  it('is understood where it has no such model, and where the model cannot see', async () => {
    const { gone, blind } = SERVER_REFUSALS[id];
    const failureOf = async (refused: Refusal) => {
      const { provider, asked, fixture } = serve(id, refused);
      const error: unknown = await all(provider.describe(question(fixture.model), signal)).catch(
        (each: unknown) => each,
      );
      return [(error as AppError).code, asked.length];
    };
    const refusals = [gone, ...(blind ? [blind] : [])];
    expect(await Promise.all(refusals.map(failureOf))).toEqual(
      [
        ['modelNotFound', 1],
        ['imageRefused', 1],
      ].slice(0, refusals.length),
    );
  });

  it('lists its models with what is known of them', async () => {
    const { provider, fixture } = serve(id);
    expect(await provider.listModels(signal)).toEqual(fixture.listed);
  });

  it('gets the key in its own header alone', async () => {
    const { provider, asked, fixture } = serve(id);
    await all(provider.describe(question(fixture.model), signal));
    await provider.listModels(signal);
    for (const { url, headers, body } of asked) {
      const holding = Object.keys(headers).filter((name) => headers[name]?.includes(KEY));
      const expected = providerKind(id).key === 'required' ? 1 : 0;
      expect(`${url.pathname} ${holding.length}`).toBe(`${url.pathname} ${expected}`);
      expect(url.href + JSON.stringify(body)).not.toContain(KEY);
    }
  });

  it('knows its own address, or says what it looks like', () => {
    const { baseUrl, addressExample } = providerKind(id);
    expect(new URL(baseUrl ?? addressExample ?? '').pathname).toBe(SERVER_FIXTURES[id].base);
  });
});

it('a list without the details of its models is a list all the same', async () => {
  const { fixture } = serve('ollama');
  const fetch = (address: string) =>
    Promise.resolve(
      address.endsWith('/models')
        ? Response.json(fixture.answers['/v1/models']?.({}))
        : new Response('', { status: 403 }),
    );
  const connection = {
    id: 'o',
    provider: 'ollama' as const,
    baseUrl: 'http://localhost:11434/v1',
    model: '',
  };
  const provider = createOpenAiProvider({
    connection,
    key: undefined,
    fetch: fetch as typeof globalThis.fetch,
  });
  expect(await provider.listModels(signal)).toEqual([{ id: 'qwen3-vl:8b' }, { id: 'llama3.2:3b' }]);
});
