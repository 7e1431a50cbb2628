import { afterEach, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import {
  AppError,
  asResult,
  ERROR_CODES,
  ERRORS,
  failedAt,
  failureOf,
  failureSchema,
  valueOf,
  type ErrorFacts,
} from '../../../utils/core/errors';

const KEY = 'sk-test-0123456789abcdef';

afterEach(() => void vi.restoreAllMocks());

const facts: Required<ErrorFacts> = {
  status: 429,
  serverWords: 'Slow down',
  retryAfterMs: 7_000,
  replacement: 'gpt-6-luna',
  mayRefuseExtensions: true,
};

it('only what passes by itself is tried again, and only what a server has worked for is charged', () => {
  const having = (what: string) => ERROR_CODES.filter((code) => what in ERRORS[code]).toSorted();
  expect(having('retried')).toEqual([
    'answerBroken',
    'maybeBlocked',
    'rateLimited',
    'serverError',
    'unreachable',
  ]);
  expect(having('charged')).toEqual(['answerBroken', 'timedOut']);
});

it('a failure keeps its name and its facts on the way through a result', async () => {
  const result = await asResult(() => {
    throw new AppError('rateLimited', facts);
  });
  expect(() => valueOf(result)).toThrow(expect.objectContaining({ code: 'rateLimited', facts }));
  expect(valueOf({ ok: true, value: 5 })).toBe(5);
});

it('a failure is stored as it was thrown; what has no name is unexpected', () => {
  const failure = failureOf(new AppError('rateLimited', facts));
  expect(v.parse(failureSchema, failure)).toEqual({ code: 'rateLimited', ...facts });
  expect(failureOf(new TypeError('undefined.x'))).toEqual({ code: 'unexpected' });
});

it('what a schema was given is printed nowhere: only where it failed, and what was expected', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const schema = v.object({
    keys: v.record(v.string(), v.number()),
    url: v.pipe(v.string(), v.url()),
  });
  const given = { keys: { one: KEY }, url: KEY };
  expect(await asResult(() => v.parse(schema, given))).toEqual({ ok: false, code: 'unexpected' });
  expect(print).toHaveBeenCalledWith(['keys.one: expected number', 'url: expected url']);
  const parsed = v.safeParse(schema, KEY);
  expect(failedAt(parsed.issues ?? [])).toEqual(['all of it: expected Object']);
});
