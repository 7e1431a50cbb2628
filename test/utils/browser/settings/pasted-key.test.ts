import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanKey, unsendableIn } from '../../../../utils/browser/settings/pasted-key';

/** What a clipboard brings along, signs that mean something in a header, and letters. */
const SIGNS = [
  ' ',
  '\n',
  '"',
  '`',
  ':',
  ',',
  'a',
  'Z',
  '0',
  '-',
  '_',
  '\u007f',
  '\u0000',
  '\u200b',
  '\ufeff',
  '\u00a0',
  '\u2028',
  'é',
  '“',
  'Bearer ',
];
const KEY = 'sk-proj_Zq81.vTn0/wXy+7pL=';

describe('a pasted key', () => {
  it.each([
    ['white space around it', `  ${KEY}\t`],
    ['a line end after it', `${KEY}\r\n`],
    ['a line end inside it', `sk-proj_Zq81\n.vTn0/wXy+7pL=`],
    ['spaces inside it', `sk-proj_Zq81 .vTn0/wXy +7pL=`],
    ['a no-break space', `\u00a0sk-proj_Zq81\u00a0.vTn0/wXy+7pL=`],
    ['a zero-width space', `sk-proj_Zq81\u200b.vTn0/wXy+7pL=`],
    ['joiners and marks of direction', `\u200e\u200fsk-proj_\u200c\u200dZq81.vTn0/wXy+7pL=\u2060`],
    ['embedded and isolated directions', `\u202ask-proj_Zq81\u202c.vTn0\u2066/wXy+7pL=\u2069`],
    ['a byte order mark', `\ufeff${KEY}`],
    ['a soft hyphen', `sk-proj_\u00adZq81.vTn0/wXy+7pL=`],
    ['a variation selector and fillers', `sk-proj_\ufe0fZq81\u3164.vTn0/wXy+7pL=\u2800`],
    ['control characters', `\u0000sk-proj_Zq81\u001b.vTn0/wXy+7pL=\u007f\u0085`],
    ['line and paragraph separators', `sk-proj_Zq81\u2028.vTn0/wXy+7pL=\u2029`],
    ['straight quotation marks', `"${KEY}"`],
    ['single ones', `'${KEY}'`],
    ['curved ones', `“${KEY}”`],
    ['angled ones, with spaces', `« ${KEY} »`],
    ['back ticks', `\`${KEY}\``],
    ['Bearer', `Bearer ${KEY}`],
    ['bearer, and a line end', `bearer\n${KEY}`],
    ['a whole header', `Authorization: Bearer ${KEY}`],
    ['Bearer within quotation marks', `"Bearer ${KEY}"`],
    ['quotation marks after Bearer', `Bearer "${KEY}"`],
  ])('loses %s', (_what, pasted) => {
    expect(cleanKey(pasted)).toBe(KEY);
  });

  it('that is clean stays as it is, with what only looks like something else', () => {
    expect(cleanKey(KEY)).toBe(KEY);
    expect(cleanKey('Bearerbutakey')).toBe('Bearerbutakey');
    expect(cleanKey('a"b')).toBe('a"b');
    expect(cleanKey(' \u200b\n')).toBe('');
  });

  it('has, once it is clean, nothing but what a header carries or what is named', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...SIGNS), size: 'max', maxLength: 60 }),
        (pasted) => {
          const key = cleanKey(pasted);
          expect(cleanKey(key)).toBe(key);
          fc.pre(unsendableIn(key) === undefined);
          const carried = new Headers({ authorization: `Bearer ${key}` });
          expect(carried.get('authorization')).toBe(`Bearer ${key}`.trim());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with a letter that only looks like one of ours has it named', () => {
    expect(unsendableIn('sk-\u0430bc')).toBe('\u0430');
    expect(unsendableIn('sk-😀')).toBe('😀');
    expect(unsendableIn('sk-é')).toBe('é');
    expect(unsendableIn(KEY)).toBeUndefined();
  });
});
