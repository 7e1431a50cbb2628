/** Every regular expression of the extension takes time in proportion to what it is given. */
import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { regexesIn, slownessOf } from './architecture/regexes';

const FILES = globSync('{entrypoints,components,utils}/**/*.{ts,tsx}').map((path) => {
  const { found, made } = regexesIn(path, readFileSync(path, 'utf8'));
  return { path, found, made };
});
const EXPRESSIONS = new Map(
  FILES.flatMap(({ path, found }) =>
    found.map((each) => [`/${each.source}/${each.flags}`, { ...each, path }] as const),
  ),
);

// In this thread: the programs that it can start are not on every machine.
beforeAll(() => vi.stubEnv('RECHECK_SYNC_BACKEND', 'pure'));

describe('the extension’s regular expressions', () => {
  it('are found', () => {
    expect(EXPRESSIONS.size).toBeGreaterThan(100);
  });

  it('stand as they are: none is made of strings', () => {
    expect(FILES.filter(({ made }) => made.length > 0)).toEqual([]);
  });

  it.each([...EXPRESSIONS])(
    '%s takes time in proportion',
    (_, { path, ...expression }) => {
      expect({ slowness: slownessOf(expression), path }).toEqual({ slowness: undefined, path });
    },
    30_000,
  );
});

describe('one that takes too long is found:', () => {
  it.each([
    // What once looked for tables: 81 characters took nine seconds.
    ['^[ \\t]*\\|?[ \\t]*:?-+:?[ \\t]*(?:\\|[ \\t]*:?-*:?[ \\t]*)+$', 'm', 'exponential'],
    ['(a+)+$', '', 'exponential'],
    ['(?<=x)(y+)+z', '', 'exponential'],
    ['\\s+$', '', 'polynomial'],
    ['url\\(.*?\\)', 's', '2nd degree polynomial'],
  ])('%s', (source, flags, words) => {
    expect(slownessOf({ source, flags })).toBe(words);
  });

  it('wherever it stands in a file, and one that is made of strings too', () => {
    const text = 'const a = b.replace(/(a+)+$/u, "");\nv.regex(/x/);\nnew RegExp(`${a}+`);';
    expect(regexesIn('utils/a.ts', text)).toEqual({
      found: [
        { source: '(a+)+$', flags: 'u' },
        { source: 'x', flags: '' },
      ],
      made: [3],
    });
  });
});
