/** A server that says more than anybody has to say: it is read up to a limit, and with little work. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyRemover } from '../../../../utils/core/vision/without-key';
import {
  all,
  chunk,
  DONE,
  failure,
  KEY,
  piecesOfKeyIn,
  provider,
  request,
  sse,
} from '../../../fixtures/openai-server';

const signal = new AbortController().signal;
const MEGABYTE = 1_000_000;

afterEach(() => void vi.restoreAllMocks());

/** Megabytes of the same words, and how many of them were read. */
function long(megabytes: number, words: string, init: ResponseInit = {}) {
  const piece = new TextEncoder().encode(words.repeat(MEGABYTE / words.length));
  const state = { read: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      if (state.read === megabytes) return stream.close();
      state.read += 1;
      stream.enqueue(piece);
    },
    cancel: () => void (state.cancelled = true),
  });
  return { state, answer: new Response(body, init) };
}

const EVENTS = { headers: { 'content-type': 'text/event-stream' } };
const WHOLE = { headers: { 'content-type': 'application/json' } };

describe('what a server says is not read to its end:', () => {
  it.each([400, 500])('a refusal: %i', async (status) => {
    const { answer, state } = long(61, `Not with ${KEY}. `, { status });
    const { code, facts } = await failure([answer]);
    expect(code).toBe(status === 500 ? 'serverError' : 'requestRefused');
    expect(facts.serverWords).toContain('Not with …. Not with …. ');
    expect(piecesOfKeyIn(facts)).toEqual([]);
    expect(state.cancelled).toBe(true);
    expect(state.read).toBeLessThan(4);
  });

  it('an answer in one piece, and a list of models', async () => {
    const whole = long(61, '[1],', WHOLE);
    expect((await failure([whole.answer])).code).toBe('answerMalformed');
    const list = long(61, '[1],', WHOLE);
    const models = provider([list.answer]).listModels(signal);
    await expect(models).rejects.toMatchObject({ code: 'answerMalformed' });
    for (const { state } of [whole, list]) {
      expect(state.cancelled).toBe(true);
      expect(state.read).toBeLessThan(9);
    }
  });

  it.each([
    ['in one line', 'data: x'],
    ['in many lines', 'data: x\r\n'],
    ['as a comment', ': x\n'],
  ])('an event %s', async (_, words) => {
    const { answer, state } = long(61, words, EVENTS);
    expect((await failure([answer])).code).toBe('answerMalformed');
    expect(state.cancelled).toBe(true);
    expect(state.read).toBeLessThan(6);
  });

  it.each([['\n\n'], ['\r\r'], ['\r\n\r\n']])('but many events are: %o', async (end) => {
    const pings = `: ${'x'.repeat(MEGABYTE / 4)}${end}`.repeat(5);
    const { describe: ask } = provider([sse(pings, chunk('A dog.', 'stop'), DONE)]);
    expect((await all(ask(request, signal)))[0]).toEqual({ type: 'words', text: 'A dog.' });
  });
});

describe('the key is looked for with little work:', () => {
  it('not letter by letter', () => {
    const includes = vi.spyOn(String.prototype, 'includes');
    const text = 'A key, a sk-test, an abcdef. '.repeat(1_000);
    expect(keyRemover(KEY).from(text + KEY)).toBe(`${text}…`);
    expect(includes.mock.calls.length).toBeLessThan(100);
  });

  it('in each event once', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const events = [chunk('A'), chunk(' dog'), chunk('.', 'stop'), DONE];
    await all(provider([sse(...events)]).describe(request, signal));
    expect(parse).toHaveBeenCalledTimes(3);
  });
});
