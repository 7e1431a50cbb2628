/** How large what was built is, against the budgets. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SIZE_BUDGETS } from './size-budgets.ts';

const OUTPUT = '.output';
const BUDGETS_FILE = 'test/built/size-budgets.ts';

/** What is wrong with a file's size, as a sentence; `undefined` where nothing is. */
function faultOf(name: string, bytes: number): string | undefined {
  const budget = new Map<string, number>(Object.entries(SIZE_BUDGETS)).get(name);
  if (budget === undefined) return `${name} has no budget in ${BUDGETS_FILE}.`;
  const over = bytes - budget;
  if (over > 0) {
    return `${name} has ${count(bytes)} bytes, ${count(over)} more than its budget of ${count(budget)} in ${BUDGETS_FILE}.`;
  }
  if (bytes < budget * 0.8) {
    return `${name} has only ${count(bytes)} bytes: lower its budget of ${count(budget)} in ${BUDGETS_FILE}.`;
  }
  return undefined;
}

const count = (bytes: number) => bytes.toLocaleString('en');

describe.each(['chrome', 'firefox'])('the build for %s', (browser) => {
  const folder = join(OUTPUT, `${browser}-mv3`);

  it.each(globSync('*.js', { cwd: folder }))('keeps %s within its budget', (name) => {
    expect(faultOf(name, statSync(join(folder, name)).size)).toBeUndefined();
  });

  it.each(globSync('*.html', { cwd: folder }))(
    'keeps the scripts of %s within their budget',
    (name) => {
      const scripts = scriptsOf(join(folder, name));
      expect(scripts.size).toBeGreaterThan(0);
      const bytes = [...scripts].reduce((sum, script) => sum + statSync(script).size, 0);
      expect(faultOf(name, bytes)).toBeUndefined();
    },
  );

  it('lets the popup begin within its budget', () => {
    const page = join(folder, 'popup.html');
    const files = namedIn(page, /(?:src|href)="(\/[^"]+\.(?:js|css))"/g);
    expect(files.length).toBeGreaterThan(2);
    const sizes = files.map((file) => gzipSync(readFileSync(join(folder, file))).length);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(faultOf('the first frame of popup.html, gzipped', bytes)).toBeUndefined();
  });

  it('has every script and page that has a budget', () => {
    const files = Object.keys(SIZE_BUDGETS).filter((name) => /^[\w-]+\.(?:js|html)$/.test(name));
    expect(files.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
  });
});

it.each(['chrome.zip', 'firefox.zip', 'sources.zip'] as const)(
  '%s is within its budget',
  (name) => {
    const [zip] = globSync(`*-${name}`, { cwd: OUTPUT });
    if (zip === undefined) throw new Error(`There is no ${name}: run "npm run reproducible".`);
    expect(faultOf(name, statSync(join(OUTPUT, zip)).size)).toBeUndefined();
  },
);

it('is said with the file, the excess and the place of the figure', () => {
  const budget = SIZE_BUDGETS['page.js'];
  expect(faultOf('page.js', budget)).toBeUndefined();
  expect(faultOf('page.js', budget + 1_000)).toBe(
    `page.js has ${count(budget + 1_000)} bytes, 1,000 more than its budget of ${count(budget)} in test/built/size-budgets.ts.`,
  );
  expect(faultOf('page.js', budget / 2)).toMatch(/lower its budget/);
  expect(faultOf('new.js', 1)).toBe('new.js has no budget in test/built/size-budgets.ts.');
});

/** Every script that a page loads: those it names, and those they import. */
function scriptsOf(page: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = namedIn(page, /src="(\/[^"]+\.js)"/g).map((name) => join(dirname(page), name));
  for (let script = waiting.pop(); script !== undefined; script = waiting.pop()) {
    if (found.has(script)) continue;
    found.add(script);
    const folder = dirname(script);
    waiting.push(
      ...namedIn(script, /["'`](\.\/[\w-]+\.js)["'`]/g).map((name) => join(folder, name)),
    );
  }
  return found;
}

function namedIn(file: string, pattern: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(pattern)].flatMap(([, name]) => name ?? []);
}
