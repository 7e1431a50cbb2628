/** Keeps the pages for people true where that is cheap: links, commands, lists, the manifest. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPlain, LAYERS } from './architecture/rules';
import { GENERATED_PAGES, purposeOf } from '../scripts/docs';
import { leavesOf, readReviewed } from './built/manifests';

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md'), 'test/README.md'];
const read = (path: string) => readFileSync(path, 'utf8');

/** Addresses in links and images, without those on the web and within the page. */
function targets(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?:|#)/.test(target));
}

function commands(markdown: string): string[] {
  return [...markdown.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    ([, script, short]) => script ?? short ?? '',
  );
}

/** The cells of all rows of the tables in a page, or in the section under one of its headings. */
function rowsOf(markdown: string, heading?: string): string[][] {
  const section = heading ? (markdown.split(`\n${heading}\n`)[1]?.split(/^#/m)[0] ?? '') : markdown;
  return [...section.matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = '']) => row.split(/ +\| +/).map((cell) => cell.trim()))
    .filter(([first = '']) => first.startsWith('`'));
}

/** What stands in backticks. */
function quoted(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, value = '']) => value);
}

const BROWSERS = [
  ['chrome', 'Chrome'],
  ['firefox', 'Firefox'],
] as const;

/** Where a path may begin that a page names; in the walk of one image, at the background's folder. */
const ROOTS = new Set(
  ['components', 'docs', 'entrypoints', 'locales', 'modules', 'scripts', 'test', 'utils'].concat(
    globSync('entrypoints/background/*/').map((path) => basename(path)),
  ),
);

/** Files and folders in backticks. */
function pathsNamed(markdown: string): string[] {
  return quoted(markdown.replaceAll(/^```[^]*?^```/gm, '')).filter(
    (name) => /^[\w.-]+\/[\w./*-]*$/.test(name) && ROOTS.has(name.split('/')[0] ?? ''),
  );
}

const isThere = (path: string) =>
  [path, join('entrypoints/background', path)].some((each) => globSync(each).length > 0);

describe.each(PAGES)('%s', (page) => {
  it('names files that exist', () => {
    expect(pathsNamed(read(page)).filter((path) => !isThere(path))).toEqual([]);
  });

  it('links to files that exist', () => {
    const missing = targets(read(page))
      .map((target) => join(dirname(page), target.replace(/#.*/, '')))
      .filter((path) => !existsSync(path));
    expect(missing).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(commands(read(page)).filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('what "npm run docs" writes', () => {
  it.each(Object.entries(GENERATED_PAGES))('%s is up to date', async (path, text) => {
    expect(read(path)).toBe(await text());
  });

  it('has the first sentence of the comment that opens a file', () => {
    const text = '#!/usr/bin/env node\n/** Draws v1.5 in\n * two lines. And more. */\nexport {};';
    expect(purposeOf('a.ts', text)).toBe('Draws v1.5 in two lines.');
    expect(purposeOf('a.ts', '// @ts-check\n/**\n * A title\n *\n * More.\n */')).toBe('A title');
  });

  it('needs such a comment in every file', () => {
    expect(() => purposeOf('a.ts', 'export const a = 1; /** Late. */')).toThrow('a.ts');
  });
});

it('docs/ARCHITECTURE.md has the layers that the architecture test holds', () => {
  const rows = rowsOf(read('docs/ARCHITECTURE.md'), '## Layers');
  const layers = LAYERS.map((layer) => [layer, isPlain(layer) ? 'no' : 'yes']);
  expect(rows.map(([folder, , knows]) => [quoted(folder)[0], knows])).toEqual(layers.toReversed());
});

it('test/README.md shows the end-to-end test that is run', () => {
  const [, shown] = /```ts\n([^]*?)```/.exec(read('test/README.md')) ?? [];
  expect(read('test/e2e/example.test.ts')).toContain(shown);
});

describe.each(BROWSERS)('the manifest for %s', (browser, name) => {
  const manifest = readReviewed(browser);

  it('stands in docs/MANIFEST.md, each value with its key, and nothing else does', () => {
    const said = rowsOf(read('docs/MANIFEST.md'))
      .filter(([, , of]) => of === 'both' || of === name)
      .flatMap(([key, value]) => quoted(value).map((each) => `${quoted(key)[0]} = ${each}`));
    const there = leavesOf(manifest).map(([path, value]) => {
      const row = said.find((each) => each.endsWith(` = ${value}`) && isAt(path, each));
      return row ?? `${path} = ${value}`;
    });
    expect(said.toSorted()).toEqual(there.toSorted());
  });

  it('asks for the permissions that README.md lists, and no others', () => {
    const others = browser === 'chrome' ? 'Firefox only' : 'Chrome only';
    const listed = rowsOf(read('README.md'), '### Permissions').filter(
      (row) => !row.join(' ').includes(others),
    );
    const asked = ['permissions', 'optional_permissions', 'optional_host_permissions'].flatMap(
      (key) => leavesOf(manifest[key] ?? []).map(([, value]) => value),
    );
    expect(listed.flatMap(([first]) => quoted(first)).toSorted()).toEqual(asked.toSorted());
  });
});

/** Whether the path of a value is at the key that a row names, or within it. */
function isAt(path: string, row: string): boolean {
  const key = row.slice(0, row.indexOf(' = '));
  return path === key || path.startsWith(`${key}.`);
}

it('docs/THREATS.md names tests that exist', () => {
  const named = [...read('docs/THREATS.md').matchAll(/`(test\/[\w./-]+)`: ([^|]+?) \|/g)];
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(([, path = '', title = '']) => !read(path).includes(title.trim()));
  expect(missing.map(([whole]) => whole)).toEqual([]);
});
