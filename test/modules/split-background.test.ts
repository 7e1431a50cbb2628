/** A split script, built and run as a service worker and as a page run it. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { beforeAll, expect, it } from 'vitest';
import { splitScript } from '../../modules/split-background/split-script';

const SOURCES = {
  'shared.ts': `export class Wrong extends Error {} export const seen: string[] = [];`,
  'rare.ts': `import { seen, Wrong } from './shared'; import { word } from './only-rare';
    seen.push('rare loaded');
    export const fail = () => { throw new Wrong(word); };`,
  'other.ts': `import { word } from './only-rare'; export default () => word;`,
  'only-rare.ts': `export const word = 'rarely needed';`,
  'main.ts': `import { seen, Wrong } from './shared';
    seen.push('main');
    Object.assign(globalThis, { seen, run: async () => {
      const { fail } = await import('./rare');
      const other = await import('./other');
      try { fail(); } catch (error) { return error instanceof Wrong && other.default(); }
    } });`,
};

let out: string;
const code = (file: string) => readFileSync(join(out, file), 'utf8');

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'descry-split-'));
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(root, name), text);
  out = join(root, 'out');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [splitScript('main')],
    build: {
      outDir: out,
      lib: { entry: 'main.ts', formats: ['cjs'], fileName: 'main' },
      rolldownOptions: { output: { entryFileNames: 'main.js' } },
    },
  });
});

interface Scope {
  seen: string[];
  run: () => Promise<unknown>;
  imported: string[];
  install: () => void;
}

/** A service worker that has been started; `importScripts` runs a file in it. */
function worker(): Scope {
  const imported: string[] = [];
  const scope = createContext({
    imported,
    importScripts: (file: string) => {
      imported.push(file);
      runInContext(code(file), scope);
    },
    addEventListener: (type: string, listener: () => void) =>
      Object.assign(scope, { [type]: listener }),
  });
  runInContext(code('main.js'), scope);
  return scope as unknown as Scope;
}

it('is two files, of which the first holds nothing that is loaded later', () => {
  expect(readdirSync(out).toSorted()).toEqual(['main-later.js', 'main.js']);
  expect(code('main.js')).not.toContain('rarely needed');
  expect(code('main-later.js')).toContain('rarely needed');
});

it('runs nothing of the second file before it is asked for, and then once', async () => {
  const scope = worker();
  expect([...scope.seen]).toEqual(['main']);
  expect(await scope.run()).toBe('rarely needed');
  expect(await scope.run()).toBe('rarely needed');
  expect([...scope.seen]).toEqual(['main', 'rare loaded']);
  expect(scope.imported).toEqual(['main-later.js']);
});

it('imports the second file at the installation, after which a worker may import no other', async () => {
  const scope = worker();
  scope.install();
  expect(scope.imported).toEqual(['main-later.js']);
  expect([...scope.seen]).toEqual(['main']);
  expect(await scope.run()).toBe('rarely needed');
  expect(scope.imported).toEqual(['main-later.js']);
});

it('imports it as a module where there are no workers', () => {
  expect(code('main.js')).toContain('import("/main-later.js")');
});
