/**
 * `npm run reproducible`: packs the extension for both browsers, then once more from its own sources
 * zip, in another folder and time zone, as the reviewers of a store do. Every byte must be the same.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import jszip from 'jszip';

const OUTPUT = '.output';
const BROWSERS = ['chrome', 'firefox'] as const;

const folder = mkdtempSync(join(tmpdir(), 'descry-reproducible-'));
const copy = join(folder, 'further', 'down');
try {
  const names = pack('.');
  const sources = names.find((name) => name.endsWith('-sources.zip')) ?? '';
  for (const [path, bytes] of await filesOf(join(OUTPUT, sources))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), bytes);
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
  pack(copy, { TZ: 'Pacific/Kiritimati' });
  for (const name of names) await compare(join(OUTPUT, name), join(copy, OUTPUT, name));
} finally {
  rmSync(folder, { recursive: true });
}

/** Makes every zip anew, and gives their names. */
function pack(cwd: string, env: NodeJS.ProcessEnv = {}): string[] {
  for (const old of globSync('*.zip', { cwd: join(cwd, OUTPUT) })) rmSync(join(cwd, OUTPUT, old));
  for (const browser of BROWSERS) {
    const { status, stdout, stderr } = spawnSync('wxt', ['zip', '-b', browser, '--mv3'], {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`Packing for ${browser} failed\n${stdout}${stderr}`);
  }
  return globSync('*.zip', { cwd: join(cwd, OUTPUT) }).toSorted();
}

/** Says whether two zips are the same, and if not, which of their files differ. */
async function compare(one: string, other: string): Promise<void> {
  const [hash, otherHash] = [one, other].map(hashOf);
  console.log(`${hash === otherHash ? '✓' : '✗'} ${hash} ${one}`);
  if (hash === otherHash) return;
  process.exitCode = 1;
  const [files, others] = await Promise.all([filesOf(one), filesOf(other)]);
  for (const path of new Set([...files.keys(), ...others.keys()])) {
    const bytes = others.get(path);
    if (!bytes || !files.get(path)?.equals(bytes)) console.error(`  differs: ${path}`);
  }
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

async function filesOf(zip: string): Promise<ReadonlyMap<string, Buffer>> {
  const { files } = await jszip.loadAsync(readFileSync(zip));
  const entries = Object.values(files).map(async (each): Promise<[string, Buffer]> => [
    each.name,
    await each.async('nodebuffer'),
  ]);
  return new Map(await Promise.all(entries));
}
