// @ts-check
/** What this machine has. Plain JavaScript: set-up uses it on whatever Node there is. */
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** @type {Record<'chrome' | 'firefox', Record<string, string[]>>} */
const BROWSER_PATHS = JSON.parse(
  readFileSync(new URL('browser-paths.json', import.meta.url), 'utf8'),
);

/**
 * The path of a program, looked up in `PATH` as a shell would.
 *
 * @param {string} name A bare name, or a path with %variables% as Windows writes them.
 * @returns {string | undefined}
 */
export function findExecutable(name) {
  const path = name.replaceAll(/%([^%]+)%/g, (_, variable) => process.env[variable] ?? '');
  const candidates = isAbsolute(path)
    ? [path]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, path));
  return candidates.find(isExecutable);
}

/**
 * The browser to drive: the one named by `CHROME_PATH` or `FIREFOX_PATH`, else the first installed.
 *
 * @param {'chrome' | 'firefox'} browser `chrome` is any Chromium: Chrome, Chromium or Edge.
 * @returns {string | undefined}
 */
export function findBrowser(browser) {
  const named = process.env[browser === 'chrome' ? 'CHROME_PATH' : 'FIREFOX_PATH'];
  if (named) return findExecutable(named);
  const known = BROWSER_PATHS[browser][process.platform] ?? [];
  return known.map(findExecutable).find((path) => path !== undefined);
}

/** Whether a person can see windows on this machine. */
export function hasDesktop() {
  if (process.platform !== 'linux') return true;
  // Set but empty is how a desktop is switched off for one command.
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
