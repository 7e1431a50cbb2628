/** Keeps the pages for people true where that is cheap: links, commands, permissions. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../wxt.config';

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')];
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

/** The first cells of the rows under the heading "Permissions". */
/** Those of one browser: a row may say that it is the other's only. */
function listedPermissions(readme: string, browser: string): string[] {
  const section = readme.split(/^### Permissions$/m)[1]?.split(/^#/m)[0] ?? '';
  const others = browser === 'chrome' ? 'Firefox only' : 'Chrome only';
  return [...section.matchAll(/^\| `(\w+)`.*$/gm)]
    .filter(([row]) => !row.includes(others))
    .map(([, name = '']) => name);
}

describe.each(PAGES)('%s', (page) => {
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

describe('README.md', () => {
  it.each(['chrome', 'firefox'])(
    'lists the permissions of the manifest for %s',
    async (browser) => {
      const { manifest } = config;
      const env = {
        browser,
        manifestVersion: 3 as const,
        mode: 'production',
        command: 'build' as const,
      };
      const made = typeof manifest === 'function' ? await manifest(env) : await manifest;
      const readme = read('README.md');
      expect(listedPermissions(readme, browser).toSorted()).toEqual(
        (made?.permissions ?? []).toSorted(),
      );
      const optional = [
        ...(made?.optional_host_permissions ?? []),
        ...(made?.optional_permissions ?? []),
      ];
      for (const each of optional) expect(readme).toContain(`\`${each}\``);
      expect(made).not.toHaveProperty('host_permissions');
      expect(made).not.toHaveProperty('content_scripts');
    },
  );
});

it('docs/THREATS.md names tests that exist', () => {
  const named = [...read('docs/THREATS.md').matchAll(/`(test\/[\w./-]+)`: ([^|]+?) \|/g)];
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(([, path = '', title = '']) => !read(path).includes(title.trim()));
  expect(missing.map(([whole]) => whole)).toEqual([]);
});
