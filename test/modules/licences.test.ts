/** What may ship, what is said of it, and that package.json holds nothing to ship that does not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completed, notices, page, problems, type Shipped } from '../../modules/licences/notices';

const OURS =
  'MIT License\n\nCopyright (c) 2026 The Descry contributors\n\nPermission is granted.\n';
const GOOD: Shipped = {
  name: 'good',
  version: '1.0.0',
  identifier: 'MIT',
  text: 'Words.\r\nMore.',
};

describe('what may ship', () => {
  it('is under a licence of the list, with its words', () => {
    expect(problems([GOOD])).toEqual([]);
    const { identifier: _, ...without } = GOOD;
    const bad = [{ ...GOOD, identifier: 'GPL-3.0-only' }, without, { ...GOOD, text: '' }];
    expect(problems(bad)).toEqual([
      'good 1.0.0 has the licence GPL-3.0-only, which is not on the list',
      'good 1.0.0 has the licence (none), which is not on the list',
      'good 1.0.0 comes without the words of its licence',
    ]);
  });

  it('gets the words that its package left out, where they are known', () => {
    const given = [
      { name: 'unknown', version: '1.0.0', identifier: 'MIT' },
      { name: 'wxt', version: '1.0.0', identifier: 'MIT' },
      { name: 'wxt', version: '2.0.0', identifier: 'Apache-2.0' },
    ];
    const [unknown, known, other] = completed(given, OURS).map(({ text }) => text);
    expect(known).toContain('Copyright (c) 2023 Aaron\n\nPermission');
    expect([unknown, other]).toEqual([undefined, undefined]);
  });
});

describe('what is said of it', () => {
  it('is in one order, whichever build brought it first', () => {
    const all = ['b', 'a', '@c/d'].map((name): Shipped => ({ name, version: '1.0.0' }));
    const names = (list: readonly Shipped[]) => list.map(({ name }) => name);
    expect(names(completed(all, OURS))).toEqual(['@c/d', 'a', 'b']);
    expect(names(completed(all.toReversed(), OURS))).toEqual(['@c/d', 'a', 'b']);
  });

  it('has our own words and those of each, with the same line ends everywhere', () => {
    const words = notices(OURS, [GOOD]);
    expect(words).toContain('The Descry contributors');
    expect(words).toContain('good 1.0.0 (MIT)\n\nWords.\nMore.');
    expect(words).not.toContain('\r');
    expect(page([GOOD])).toContain('| good | 1.0.0 | MIT |');
  });
});

it('package.json has no dependency of which nothing ships', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const shipped = [...readFileSync('docs/LICENCES.md', 'utf8').matchAll(/^\| (\S+) +\| (\d\S+)/gm)];
  const names = new Set(shipped.map(([, name, version]) => `${name} ${version}`));
  const declared = Object.entries(dependencies).map((each) => each.join(' '));
  expect(declared.filter((each) => !names.has(each))).toEqual([]);
});
