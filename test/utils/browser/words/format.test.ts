import { describe, expect, it } from 'vitest';
import { formatAgo, formatBytes, formatSeconds } from '../../../../utils/browser/words/format';

const MINUTE = 60_000;

describe('formatting', () => {
  it('gives seconds one digit', () => {
    expect(formatSeconds(3_240)).toBe('3.2\u00A0s');
    expect(formatSeconds(12_000)).toBe('12.0\u00A0s');
  });

  it('gives bytes a unit that fits', () => {
    expect(formatBytes(300)).toBe('1 kB');
    expect(formatBytes(43_000)).toBe('43 kB');
    expect(formatBytes(1_240_000)).toBe('1.2 MB');
  });

  it.each([
    [0, 'Just now'],
    // A clock that was set back.
    [-5 * MINUTE, 'Just now'],
    [5 * MINUTE, '5 min. ago'],
    [3 * 60 * MINUTE, '3 hr. ago'],
    [24 * 60 * MINUTE, 'yesterday'],
  ])('says how long ago %i ms is', (passed, words) => {
    expect(formatAgo(1_000_000_000, 1_000_000_000 + passed)).toBe(words);
  });
});
