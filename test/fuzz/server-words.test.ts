/** What model servers say besides answers, spoiled, some with the key in it: refusals and lists. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../utils/core/errors';
import { SERVER_IDS } from '../../utils/core/vision/provider-kind';
import { createOpenAiProvider } from '../../utils/core/vision/openai';
import { all, KEY, piecesOfKeyIn, provider, request } from '../fixtures/openai-server';
import type { Refusal } from '../fixtures/server-fixture';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures';
import { SERVER_REFUSALS } from '../fixtures/server-refusals';
import { always } from './always';
import { expectNamed, FIELDS, MARKS, ODD_VALUES, PUTS } from './hostile-server';
import { spoiledJson, spoiledText } from './spoil';

const signal = new AbortController().signal;

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const REFUSALS: readonly Refusal[] = [
  ...Object.values(SERVER_REFUSALS).flatMap(({ gone, blind }) => (blind ? [gone, blind] : [gone])),
  { status: 400, body: { error: { message: 'Unsupported parameter', param: 'max_tokens' } } },
  { status: 401, body: { error: { message: `Incorrect API key provided: ${KEY}` } } },
  { status: 400, body: { error: { message: 'no', content: `It is ${KEY}.` } } },
  { status: 403, body: '' },
  { status: 429, body: { error: { message: 'slow down', type: 'insufficient_quota' } } },
  { status: 500, body: `<html>${KEY}</html>` },
];
const status = fc.constantFrom(
  200,
  204,
  301,
  400,
  401,
  402,
  403,
  404,
  410,
  413,
  422,
  429,
  500,
  599,
);
const wait = fc.constantFrom(undefined, '5', '-1', '1e400', 'Wed, 21 Oct 2026 07:28:00 GMT', 'x');

describe('a server’s refusal', () => {
  it('that is spoiled is a failure by name, without the key', async () => {
    const made = fc.record({
      body: spoiledJson(
        REFUSALS.map(({ body }) => body ?? ''),
        { odd: ODD_VALUES, names: FIELDS },
      ),
      cutAt: fc.option(fc.nat(999), { freq: 9 }),
      other: fc.option(status, { freq: 3 }),
      id: fc.constantFrom(...SERVER_IDS),
      retryAfter: wait,
    });
    await always(
      made,
      async ({ body, cutAt, other, id, retryAfter }, reach) => {
        const { value, from, intact } = body;
        const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
        const text = cutAt === null ? whole : whole.slice(0, (whole.length * cutAt) / 1_000);
        const sent = other ?? REFUSALS[from]?.status ?? 400;
        const answer = () =>
          Promise.resolve(
            new Response(sent === 204 ? null : text, {
              status: sent,
              headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
            }),
          );
        // Asked again without each field that it may mean.
        const server = () => provider(Array<typeof answer>(8).fill(answer), { provider: id });
        const error = await failureOf(all(server().describe(request, signal)));
        expectNamed(error, reach);
        const { facts } = error as AppError;
        expect((facts.serverWords ?? '').length).toBeLessThanOrEqual(300);
        if (facts.serverWords !== undefined) reach('words');
        if (facts.retryAfterMs !== undefined) {
          reach('waits');
          expect(facts.retryAfterMs >= 0 && facts.retryAfterMs <= 86_400_000).toBe(true);
        }
        if (intact) reach('intact');
        // As a list it may be one.
        const ofList = await failureOf(server().listModels(signal));
        if (ofList !== undefined) expectNamed(ofList, reach);
      },
      {
        share: 1 / 2,
        floors: {
          accessRefused: 0.02,
          addressWrong: 0.05,
          answerMalformed: 0.02,
          answerBroken: 0.02,
          imageRefused: 0.06,
          intact: 0.05,
          keyRefused: 0.03,
          modelNotFound: 0.06,
          originRefused: 0.008,
          quotaUsedUp: 0.02,
          rateLimited: 0.03,
          redirected: 0.02,
          requestRefused: 0.08,
          serverError: 0.05,
          waits: 0.03,
          words: 0.2,
        },
      },
    );
  });
});

const modelSchema = v.strictObject({
  id: v.string(),
  vision: v.optional(v.boolean()),
  context: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1e9))),
  price: v.optional(
    v.strictObject({
      input: v.pipe(v.number(), v.minValue(0), v.maxValue(100_000)),
      output: v.pipe(v.number(), v.minValue(0), v.maxValue(100_000)),
    }),
  ),
  retires: v.optional(v.pipe(v.string(), v.maxLength(10))),
  replacement: v.optional(v.string()),
});

/** What each kind of server answers besides questions, by path. */
const LISTS = SERVER_IDS.flatMap((id) => {
  const { answers, model } = SERVER_FIXTURES[id];
  return Object.entries(answers).map(([path, answer]) => ({ id, path, value: answer({ model }) }));
});
const VALUES = LISTS.map(({ value }) => value);
const TEXTS = VALUES.map((value) => JSON.stringify(value));
const spoiledList = fc.oneof(
  {
    weight: 4,
    arbitrary: spoiledJson(VALUES, { odd: ODD_VALUES, names: FIELDS }).map(({ value, ...rest }) =>
      Object.assign(rest, { text: JSON.stringify(value) ?? '' }),
    ),
  },
  {
    weight: 1,
    arbitrary: spoiledText(TEXTS, { puts: PUTS, marks: MARKS }).map(({ value, ...rest }) =>
      Object.assign(rest, { text: value }),
    ),
  },
);

describe('a server’s list of models', () => {
  it('that is spoiled is models, or a failure by name, and holds no key', async () => {
    await always(
      spoiledList,
      async ({ from, text, intact }, reach) => {
        const { id = 'custom', path = '' } = LISTS[from] ?? {};
        const { answers, model, base, listed } = SERVER_FIXTURES[id];
        const send = (address: string) => {
          const { pathname } = new URL(address);
          if (pathname === path) return Promise.resolve(new Response(text));
          const answer = answers[pathname];
          // The others answer as they do.
          return Promise.resolve(
            answer ? Response.json(answer({ model })) : new Response('', { status: 404 }),
          );
        };
        const connection = { id, provider: id, baseUrl: `https://mine.example.com${base}`, model };
        const server = createOpenAiProvider({ connection, key: KEY, fetch: send as typeof fetch });
        const found: unknown = await server.listModels(signal).catch((error: unknown) => error);
        if (!Array.isArray(found)) return expectNamed(found, reach);
        const models = v.parse(v.array(modelSchema), found);
        expect(piecesOfKeyIn(models)).toEqual([]);
        if (text.includes(KEY.slice(0, 8))) reach('key repeated');
        reach(models.length === 0 ? 'none' : 'listed');
        for (const each of models) for (const field of Object.keys(each)) reach(field);
        if (!intact) return;
        reach('intact');
        expect(models).toContainEqual(listed[0]);
      },
      {
        share: 1 / 2,
        floors: {
          answerMalformed: 0.1,
          context: 0.3,
          id: 0.4,
          intact: 0.05,
          'key repeated': 0.01,
          listed: 0.1,
          none: 0.002,
          price: 0.1,
          replacement: 0.02,
          retires: 0.02,
          vision: 0.3,
        },
      },
    );
  });
});
