/** What a hostile model server puts into its answers, and what must hold of each failure. */
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { AppError } from '../../utils/core/errors';
import { KEY, piecesOfKeyIn } from '../fixtures/openai-server';
import type { Reach } from './always';

/** The key and pieces of it, as a server may write them. */
const KEYS = [
  KEY,
  KEY.slice(3),
  KEY.slice(0, 12),
  KEY.slice(-8),
  `${KEY}${KEY}`,
  `gpt-${KEY}`,
  `Wrong key: ${KEY}. ${'Look it up. '.repeat(40)}`,
  `${' '.repeat(290)}${KEY}`,
];

/** Values that may stand anywhere in an answer. */
export const ODD_VALUES: readonly unknown[] = [
  ...KEYS,
  null,
  true,
  -1,
  0,
  429,
  500,
  1e300,
  '',
  'stop',
  'length',
  'content_filter',
  '-1',
  'x y',
  [],
  {},
  ['vision'],
  { message: KEY },
  { content: KEY },
  { code: 402, message: 'no' },
];

/** Fields that we read, and some that we do not. */
export const FIELDS =
  'model choices delta message content refusal finish_reason usage error code param type detail id data pricing capabilities context_length meta __proto__'.split(
    ' ',
  );

/** What may be written into the text of an answer. */
export const PUTS: readonly string[] = [
  ...KEYS,
  ...Array.from('"{}[],:\\\n\r\0\ufeff'),
  '\n\n',
  '\r\n',
  'data:',
  'data: ',
  'data: [DONE]',
  'event: error\n',
  ': ping\n\n',
  '['.repeat(9_000),
  '<html>',
  String.raw`\u0073k-test-0123456789`,
  String.raw`sk-test-\u0030123456789`,
];
export const MARKS = /[":,{}[\]\n]/g;

/** A failure is by name, of the server, and without the key, whatever of it is written down. */
export function expectNamed(error: unknown, reach: Reach): void {
  expect(error).toBeInstanceOf(AppError);
  const { code } = error as AppError;
  // With its cause.
  if (code === 'unexpected') throw error;
  expect(piecesOfKeyIn(inspect(error, { depth: 20, maxStringLength: null }))).toEqual([]);
  reach(code);
}
