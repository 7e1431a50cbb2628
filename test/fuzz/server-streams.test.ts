/** Answers of model servers, spoiled, broken off and cut anywhere, some with the key in them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SERVER_IDS } from '../../utils/core/vision/provider-kind';
import type { VisionEvent } from '../../utils/core/vision/provider';
import {
  all,
  chunk,
  DONE,
  KEY,
  piecesOfKeyIn,
  provider,
  request,
  sse,
  USAGE,
} from '../fixtures/openai-server';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures';
import { always, type Reach } from './always';
import { expectNamed, FIELDS, MARKS, ODD_VALUES, PUTS } from './hostile-server';
import { spoiledJson, spoiledText } from './spoil';

const signal = new AbortController().signal;
const JSON_OPTIONS = { odd: ODD_VALUES, names: FIELDS };

const message = (said: object) => `data: ${JSON.stringify(said)}\n\n`;
const part = (delta: object, finish_reason: string | null = null) =>
  message({ id: 'c', choices: [{ index: 0, delta, finish_reason }] });
const WORDS = [chunk('A dog'), chunk(' runs '), chunk('home.'), chunk('', 'stop')];
/** Streams as servers send them, each in its messages; the first of them end as answers. */
const ANSWERS: readonly string[][] = [
  [...WORDS, USAGE, DONE],
  [part({ role: 'assistant', content: '' }), part({ content: `It says ${KEY}.` }, 'length'), DONE],
  [...Array.from(`My key: ${KEY}`, (letter) => part({ content: letter })), part({}, 'stop'), DONE],
  [': ping\n\n', chunk('Yes'), message({ error: '', choices: [] }), chunk('.', 'stop')],
  ...Object.values(SERVER_FIXTURES).map(({ usage }) => [...WORDS, message({ usage }), DONE]),
];
const STREAMS: readonly string[][] = [
  ...ANSWERS,
  [chunk('No'), part({ refusal: `I must not. ${KEY}` }), DONE],
  [chunk('No'), part({}, 'content_filter'), DONE],
  [chunk('A'), message({ error: { message: `Overloaded, ${KEY}`, code: 529 } })],
  [chunk('A'), 'event: error\ndata: "Rate limit"\n\n'],
  [chunk('A'), chunk('dog')],
];
const wholeAnswer = {
  model: 'm',
  choices: [{ message: { content: 'A dog.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 3 },
};

/** A stream with its messages changed as values; one that is none is left as it is. */
const spoiledMessages = spoiledJson(
  STREAMS.map((lines) =>
    lines.map((line) =>
      line.startsWith('data: {') ? (JSON.parse(line.slice(6)) as unknown) : line,
    ),
  ),
  JSON_OPTIONS,
).map(({ value, ...rest }) => {
  const lines = Array.isArray(value) ? (value as unknown[]) : [value];
  const text = lines.map((line) =>
    typeof line === 'string' ? line : message({ ...(line as object) }),
  );
  return { ...rest, type: 'text/event-stream', text: text.join('') };
});
const spoiledStream = spoiledText(
  STREAMS.map((lines) => lines.join('')),
  { puts: PUTS, marks: MARKS },
).map(({ value, ...rest }) => ({ ...rest, type: 'text/event-stream', text: value }));
const spoiledWhole = spoiledJson([wholeAnswer, [wholeAnswer]], JSON_OPTIONS).map(({ value }) => ({
  from: -1,
  intact: false,
  type: 'application/json',
  text: JSON.stringify(value) ?? '',
}));
const spoiledAnswer = fc.oneof(
  { weight: 5, arbitrary: spoiledMessages },
  { weight: 3, arbitrary: spoiledStream },
  { weight: 1, arbitrary: spoiledWhole },
);

/** The bytes of a text, in so many pieces. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const at = [
    0,
    ...places.map((place) => Math.floor((place / 1_000) * bytes.length)),
    bytes.length,
  ];
  return at
    .toSorted((a, b) => a - b)
    .map((from, index, every) => bytes.subarray(from, every[index + 1] ?? from));
}
const cuts = fc.array(fc.nat(999), { maxLength: 6 });

interface Said {
  events: VisionEvent[];
  words: string;
  error: unknown;
}

async function hear(events: AsyncIterable<VisionEvent>): Promise<Said> {
  const said: Said = { events: [], words: '', error: undefined };
  try {
    for await (const event of events) {
      said.events.push(event);
      if (event.type === 'words') said.words += event.text;
    }
  } catch (error) {
    said.error = error;
  }
  return said;
}

/** Where words differ from what was sent, but for pieces of the key: those are `…` after three letters at most. */
function unsaid(sent: string, said: string, reach: Reach): string | undefined {
  let [at, heard] = [0, 0];
  while (at < sent.length) {
    let end = at;
    while (end < sent.length && KEY.includes(sent.slice(at, end + 1))) end += 1;
    const piece = sent.slice(at, end);
    if (piece.length < 8) {
      if (said[heard] !== sent[at]) return said.slice(heard);
      at += 1;
      heard += 1;
    } else {
      const shown = said.indexOf('…', heard) - heard;
      if (shown < 0 || shown > 3 || said.slice(heard, heard + shown) !== piece.slice(0, shown)) {
        return said.slice(heard);
      }
      reach('piece');
      at = end;
      heard += shown + 1;
    }
  }
  return said.slice(heard) || undefined;
}

describe('a stream', () => {
  it('that is spoiled ends with an answer or a failure by name, never one of ours', async () => {
    await always(
      fc.tuple(spoiledAnswer, cuts, fc.constantFrom(...SERVER_IDS), fc.nat(9)),
      async ([{ text, type, intact, from }, places, id, breaks], reach) => {
        const pieces = cut(text, places);
        const headers = { 'content-type': type };
        const body = new ReadableStream({
          pull(stream) {
            const piece = pieces.shift();
            if (piece) return stream.enqueue(piece);
            return breaks === 0 ? stream.error(new TypeError('network error')) : stream.close();
          },
        });
        const server = provider([new Response(body, { headers })], { provider: id });
        const { events, words, error } = await hear(server.describe(request, signal));
        expect(piecesOfKeyIn({ events, words })).toEqual([]);
        if (text.includes(KEY.slice(0, 8))) reach('key repeated');
        if (error !== undefined) return expectNamed(error, reach);
        reach(intact ? 'intact' : 'answered');
        if (type === 'application/json') reach('in one piece');
        const end = events.at(-1);
        expect(events.filter((event) => event.type === 'end')).toEqual([end]);
        if (end?.type !== 'end') return;
        if (end.cut) reach('cut short');
        if (!end.usage) return;
        reach('counted');
        const { inputTokens, outputTokens, cost = 0 } = end.usage;
        const counts = [inputTokens, outputTokens, cost];
        expect(counts.filter((count) => !(count >= 0 && count <= 1e8))).toEqual([]);
        if (intact) expect(from).toBeLessThan(ANSWERS.length);
      },
      {
        share: 1 / 2,
        floors: {
          intact: 0.03,
          answered: 0.05,
          counted: 0.05,
          'key repeated': 0.05,
          'in one piece': 0.006,
          'cut short': 0.005,
          answerBroken: 0.04,
          answerMalformed: 0.09,
          contentRefused: 0.01,
          rateLimited: 0.005,
          serverError: 0.006,
        },
      },
    );
  });

  it('says the same wherever the network and the server cut it, without pieces of the key', async () => {
    const word = fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.nat(KEY.length), fc.nat(KEY.length))
          .map(([from, to]) => KEY.slice(from, to)),
      },
    );
    await always(
      fc.tuple(fc.array(word, { maxLength: 8 }), cuts),
      async ([words, places], reach) => {
        const lines = [...words.map((content) => part({ content })), part({}, 'stop'), DONE];
        const server = provider([sse(...cut(lines.join(''), places))]);
        const said = (await all(server.describe(request, signal)))
          .map((event) => (event.type === 'words' ? event.text : ''))
          .join('');
        expect(piecesOfKeyIn(said)).toEqual([]);
        expect(unsaid(words.join(''), said, reach)).toBeUndefined();
      },
      { share: 1 / 2, floors: { piece: 0.1 } },
    );
  });
});
