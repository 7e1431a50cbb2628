/** Holds the colour tokens to WCAG: 7:1 for what is read at length, 4.5:1 for other words, 3:1 for
 * the edges of controls, in both schemes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('components/controls/tokens.css', 'utf8');
const tokens = new Map(
  [...css.matchAll(/--dy-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const SOFT = ['accent-soft', 'danger-soft', 'caution-soft', 'good-soft'];
const PAIRS: [word: string, grounds: string[], least: number][] = [
  ['ink', ['ground', 'surface', 'sunken', ...SOFT], 7],
  ['ink-quiet', ['surface', 'ground'], 7],
  ['ink-quiet', ['sunken', ...SOFT], 4.5],
  ['accent', ['ground', 'surface', 'accent-soft'], 4.5],
  ['accent-ink', ['accent', 'accent-strong'], 4.5],
  ['danger', ['ground', 'surface', 'danger-soft'], 4.5],
  ['caution', ['surface', 'caution-soft'], 4.5],
  ['good', ['ground', 'surface', 'good-soft', 'sunken', 'accent-soft'], 4.5],
  ['edge', ['ground', 'surface'], 3],
];

describe.each(['light', 'dark'] as const)('colours in the %s scheme', (scheme) => {
  it.each(PAIRS)('%s is told from %s', (word, grounds, least) => {
    for (const ground of grounds) {
      const [a, b] = [tokens.get(word)?.[scheme], tokens.get(ground)?.[scheme]];
      expect(contrast(a ?? '', b ?? ''), `${word} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });
});
