/** A server that repeats the key, counts what cannot be, sends us elsewhere; and faults of our own. */
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VisionEvent } from '../../../../utils/core/vision/provider';
import { createOpenAiProvider } from '../../../../utils/core/vision/openai';
import {
  all,
  chunk,
  connection,
  DONE,
  failure,
  KEY,
  piecesOfKeyIn,
  provider,
  refusal,
  request,
  sse,
} from '../../../fixtures/openai-server';

const signal = new AbortController().signal;

afterEach(() => void vi.restoreAllMocks());

const ask = (...lines: string[]) => all(provider([sse(...lines)]).describe(request, signal));
const wordsOf = (events: VisionEvent[]) =>
  events.map((event) => (event.type === 'words' ? event.text : '')).join('');
const line = (said: object) => `data: ${JSON.stringify(said)}\n\n`;

describe('a key that its server repeats is not passed on', () => {
  it('in the words of an answer, wherever they are split', async () => {
    for (let at = 0; at <= KEY.length; at += 1) {
      const [head, tail] = [KEY.slice(0, at), KEY.slice(at)];
      const events = await ask(chunk(`It says ${head}`), chunk(`${tail} here.`, 'stop'), DONE);
      expect(piecesOfKeyIn(wordsOf(events))).toEqual([]);
      expect(wordsOf(events)).toMatch(/^It says .{0,3}… here\.$/);
    }
  });

  it('letter by letter, at the end, and where the answer breaks off', async () => {
    const letters = Array.from(KEY, (letter) => chunk(letter));
    expect(wordsOf(await ask(...letters, chunk('', 'stop'), DONE))).toBe(`${KEY.slice(0, 3)}…`);
    const events: VisionEvent[] = [];
    const broken = async () => {
      for await (const event of provider([sse(...letters)]).describe(request, signal)) {
        events.push(event);
      }
    };
    await expect(broken()).rejects.toMatchObject({ code: 'answerBroken' });
    expect(wordsOf(events)).toBe(`${KEY.slice(0, 3)}…`);
  });

  it('and words that only resemble it are all there', async () => {
    const said = 'sk-test? 0123456 and s, k, te, abcdef, sk-tes';
    const letters = Array.from(said, (letter) => chunk(letter));
    expect(wordsOf(await ask(...letters, chunk('', 'stop'), DONE))).toBe(said);
    expect(wordsOf(await ask(chunk('Ends in sk-te', 'stop'), DONE))).toBe('Ends in sk-te');
  });

  it('in the name of the model, escaped or not, and in one piece', async () => {
    const end = { model: `gpt-${KEY}`, choices: [{ delta: {}, finish_reason: 'stop' }] };
    expect(piecesOfKeyIn(await ask(chunk('Yes'), line(end), DONE))).toEqual([]);
    const escaped = line(end).replace('sk-', String.raw`\u0073k-`);
    expect(piecesOfKeyIn(await ask(chunk('Yes'), escaped, DONE))).toEqual([]);
    const message = { content: `A ${KEY}.` };
    const whole = Response.json({ ...end, choices: [{ message, finish_reason: 'stop' }] });
    const events = await all(provider([whole]).describe(request, signal));
    expect(piecesOfKeyIn(events)).toEqual([]);
    expect(wordsOf(events)).toBe('A ….');
  });

  it('in a list of models', async () => {
    const listed = { data: [{ id: KEY }, { id: 'b', deprecation_replacement_model: KEY }] };
    const models = await provider([Response.json(listed)]).listModels(signal);
    expect(models).toHaveLength(2);
    expect(piecesOfKeyIn(models)).toEqual([]);
  });

  it.each([280, 290, 300, 480, 490, 500])(
    'in a refusal that would be cut in the middle of it, after %i characters',
    async (length) => {
      // Spaces are left out of what is kept, and a part of the key is no key by its beginning.
      const words = `${' '.repeat(length)}${KEY.slice(3)}`;
      const refusals = [
        new Response(words, { status: 400 }),
        refusal(400, { message: words }),
        Response.json({ detail: words }, { status: 400 }),
        sse(line({ error: { message: words } })),
        sse(line({ choices: [{ delta: { refusal: words } }] })),
      ];
      for (const each of refusals) expect(piecesOfKeyIn((await failure([each])).facts)).toEqual([]);
    },
  );

  it('in the cause of a failure, in whatever field', async () => {
    const error = { message: 'no', content: `It is ${KEY}.`, [`${KEY}code`]: 529 };
    for (const each of [refusal(400, error), sse(line({ error }))]) {
      expect(piecesOfKeyIn(inspect(await failure([each]), { depth: 9 }))).toEqual([]);
    }
  });

  it('and nothing that it says is printed', async () => {
    const printed = [
      vi.spyOn(console, 'error'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'log'),
    ];
    for (const each of printed) each.mockImplementation(() => undefined);
    const error = await failure([sse(`data: {"choices": ["${KEY}\n\n`)]);
    expect(error.code).toBe('answerMalformed');
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});

describe('a number that cannot be one counts as not given:', () => {
  const counted = async (usage: object) => {
    const events = await ask(chunk('Yes', 'stop'), line({ choices: [], usage }), DONE);
    const end = events.at(-1);
    return end?.type === 'end' ? end.usage : undefined;
  };

  it.each([[-1], [1e300], [1e9], ['5'], [null]])('tokens of %o', async (bad) => {
    expect(await counted({ prompt_tokens: bad, completion_tokens: 5 })).toBeUndefined();
    expect(await counted({ prompt_tokens: 5, completion_tokens: bad })).toBeUndefined();
    const total = { prompt_tokens: 5, completion_tokens: 6, total_tokens: bad };
    expect(await counted(total)).toEqual({ inputTokens: 5, outputTokens: 6 });
  });

  it.each([[-100], [1e300], [20_000], ['5'], [null]])('a cost of %o', async (cost) => {
    const usage = { prompt_tokens: 5, completion_tokens: 6, cost };
    expect(await counted(usage)).toEqual({ inputTokens: 5, outputTokens: 6 });
  });

  it.each([['-1'], ['1e400'], ['1e3'], [''], ['free']])('a price of %o', async (prompt) => {
    const data = [{ id: 'a', pricing: { prompt, completion: '0.000002' } }];
    const listed = await provider([Response.json({ data })], { provider: 'openrouter' }).listModels(
      signal,
    );
    expect(listed).toEqual([{ id: 'a' }]);
  });

  it.each([[-5], [1e300]])('a context of %o tokens', async (context_length) => {
    const data = [{ id: 'a', context_length }];
    expect(await provider([Response.json({ data })]).listModels(signal)).toEqual([{ id: 'a' }]);
  });
});

describe('a server that sends requests elsewhere', () => {
  it.each([301, 302, 303, 307, 308])('is told from one that is off: %i', async (status) => {
    const redirect = () =>
      new Response(null, { status, headers: { location: 'http://router.example/reboot' } });
    expect((await failure([redirect()])).code).toBe('redirected');
    await expect(provider([redirect()]).listModels(signal)).rejects.toMatchObject({
      code: 'redirected',
    });
  });
});

describe('a fault of ours is called that', () => {
  const planted = () => {
    throw new TypeError('planted');
  };

  it('before anything is sent', async () => {
    const { describe: asks, sent } = provider([sse(DONE)]);
    const broken = Object.defineProperty({ ...request }, 'messages', { get: planted });
    await expect(all(asks(broken, signal))).rejects.toMatchObject({ code: 'unexpected' });
    expect(sent).toEqual([]);
  });

  it('while an answer is read', async () => {
    vi.spyOn(Headers.prototype, 'get').mockImplementation(planted);
    expect((await failure([sse(chunk('A'))])).code).toBe('unexpected');
  });

  it('while a line or a list is parsed', async () => {
    const list = Response.json({ data: [] });
    const { describe: asks } = provider([sse(chunk('A'))]);
    const { listModels } = provider([list]);
    vi.spyOn(JSON, 'parse').mockImplementation(planted);
    await expect(all(asks(request, signal))).rejects.toMatchObject({ code: 'unexpected' });
    await expect(listModels(signal)).rejects.toMatchObject({ code: 'unexpected' });
  });

  it.each(['sk-1\u200b2', 'sk-1\n2', 'sk-1\u00a02'])(
    'and a key that cannot be sent is called that: %o',
    async (key) => {
      const send = vi.fn<typeof fetch>();
      const { describe: asks, listModels } = createOpenAiProvider({ connection, key, fetch: send });
      await expect(all(asks(request, signal))).rejects.toMatchObject({ code: 'keyMalformed' });
      await expect(listModels(signal)).rejects.toMatchObject({ code: 'keyMalformed' });
      expect(send).not.toHaveBeenCalled();
    },
  );

  it('and what a server makes up is none', async () => {
    const odd = { toString: 1, valueOf: 1 };
    const error = { message: odd, code: odd, type: odd, param: odd };
    const codes = [
      await failure([refusal(400, error)]),
      await failure([sse(line({ error }))]),
      await failure([sse('event: error\ndata: "x"\n\n')]),
      await failure([new Response(null, { status: 204 })]),
      await failure([sse(`data: ${'['.repeat(200_000)}\n\n`)]),
    ];
    expect(codes.map(({ code }) => code)).not.toContain('unexpected');
  });
});
