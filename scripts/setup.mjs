// @ts-check
/**
 * Makes a machine ready, then runs a script of this folder: `node scripts/setup.mjs start`.
 *
 * Plain JavaScript without dependencies: it runs on whatever Node a machine has (18 or newer) and
 * brings the right one. On a machine that is ready it costs a few file checks.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPrograms } from './programs.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');

const [script, ...args] = process.argv.slice(2);
if (!script) fail('Which script? For example: node scripts/setup.mjs start');
if (!isInstalled()) installPackages();
installPrograms(script, args);
runScript(script, args);

/** npm writes its own copy of the lockfile last, so it is older than ours when ours has changed. */
function isInstalled() {
  const copy = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(copy)) return false;
  const installedAt = statSync(copy).mtimeMs;
  // npm install writes both within a moment.
  return installedAt + 1000 >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

function installPackages() {
  say('Installing packages (npm ci)…');
  if (npm('ci')) return;
  // npm ci refuses a lockfile that lacks another platform's build of an optional package. All that
  // the lockfile has keeps its version here, and the file stays as it is.
  say('npm ci failed, its own words are above. Trying npm install…');
  if (!npm('install', '--no-save')) fail('npm install failed too; its own words are above.');
}

/**
 * Runs npm, and says whether that went well.
 *
 * @param {string[]} command
 */
function npm(...command) {
  // A person's npm settings are for their projects: these would leave out what we need.
  const needed = ['--include=dev', '--include=optional', '--ignore-scripts=false'];
  const scope = ['--dry-run=false', '--global=false', '--package-lock-only=false'];
  const flags = [...command, ...needed, ...scope, '--no-audit', '--no-fund'];
  // The npm that runs us, if one does: a machine may have several.
  const own = process.env['npm_execpath'] ?? '';
  const isNpm = own.endsWith('npm-cli.js');
  const result = spawnSync(isNpm ? process.execPath : 'npm', isNpm ? [own, ...flags] : flags, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development' },
    shell: !isNpm && process.platform === 'win32',
  });
  return result.status === 0;
}

/**
 * Installs the programs a script drives where we may, else names the one command that does.
 *
 * @param {string} name
 * @param {string[]} flags
 */
function installPrograms(name, flags) {
  const missing = missingPrograms(name, flags);
  if (!missing) return;
  if (!missing.mayInstall) {
    fail(`Missing: ${missing.names.join(', ')}. This brings it:\n\n  ${missing.command}\n`);
  }
  say(`Installing ${missing.names.join(', ')}…`);
  const result = spawnSync('sh', ['-c', missing.command], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.status !== 0) fail(`This failed; its own words are above:\n\n  ${missing.command}\n`);
  if (missingPrograms(name, flags)) fail(`Installed, but not found: ${missing.names.join(', ')}`);
}

/**
 * @param {string} name
 * @param {string[]} flags
 */
function runScript(name, flags) {
  const node = join(BIN, process.platform === 'win32' ? 'node.exe' : 'node');
  const runtime = existsSync(node) ? node : process.execPath;
  const child = spawn(runtime, [join(ROOT, 'scripts', `${name}.ts`), ...flags], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  // The terminal sends Ctrl+C to both; the script decides how to end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** @param {string} text */
function say(text) {
  console.log(`\n▸ ${text}\n`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  console.error(`\n✗ ${text}`);
  process.exit(1);
}
