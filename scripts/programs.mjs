// @ts-check
/** Which programs our scripts drive, whether they are here, and the command that brings them. */
import { existsSync, readFileSync } from 'node:fs';
import { findBrowser, findExecutable, hasDesktop } from './machine.mjs';

/** @typedef {'chrome' | 'firefox' | 'xvfb' | 'xdotool' | 'openbox' | 'exiftool' | 'fonts' | 'emoji'} Program */
/** @typedef {{ names: Program[], command: string, mayInstall: boolean }} Missing */

/** What tests drive: both browsers, and a screen with pointer and keyboard of its own. */
/** @type {Program[]} */
const SCREEN = ['xvfb', 'xdotool', 'openbox'];
/** @type {Program[]} */
const EVERYTHING = ['chrome', 'firefox', ...SCREEN];

/** What tells whether images arrive without metadata. */
/** @type {Program[]} */
const EXIFTOOL = ['exiftool'];

/** @typedef {{ install: string, packages: Partial<Record<Program, string>> }} Manager */

const APT = 'apt-get update && apt-get install -y --no-install-recommends';
const SCREEN_PACKAGES = { xvfb: 'xvfb', xdotool: 'xdotool', openbox: 'openbox' };
const FONT_PACKAGES = { fonts: 'fonts-noto-core', emoji: 'fonts-noto-color-emoji' };

/** How each package manager is called, and what it calls the programs. */
const MANAGERS = {
  debian: {
    install: APT,
    packages: {
      chrome: 'chromium',
      firefox: 'firefox-esr',
      exiftool: 'libimage-exiftool-perl',
      ...SCREEN_PACKAGES,
      ...FONT_PACKAGES,
    },
  },
  ubuntu: {
    install: APT,
    packages: {
      chrome: 'chromium-browser',
      firefox: 'firefox',
      exiftool: 'libimage-exiftool-perl',
      ...SCREEN_PACKAGES,
      ...FONT_PACKAGES,
    },
  },
  dnf: {
    install: 'dnf install -y',
    packages: {
      chrome: 'chromium',
      firefox: 'firefox',
      ...SCREEN_PACKAGES,
      xvfb: 'xorg-x11-server-Xvfb',
      exiftool: 'perl-Image-ExifTool',
    },
  },
  pacman: {
    install: 'pacman -S --needed',
    packages: {
      chrome: 'chromium',
      firefox: 'firefox',
      ...SCREEN_PACKAGES,
      xvfb: 'xorg-server-xvfb',
      exiftool: 'perl-image-exiftool',
    },
  },
  brew: {
    install: 'brew install --cask',
    packages: { chrome: 'google-chrome', firefox: 'firefox' },
  },
  winget: {
    install: 'winget install',
    packages: { chrome: 'Google.Chrome', firefox: 'Mozilla.Firefox' },
  },
};

/**
 * The programs that a script needs and this machine has not.
 *
 * @param {string} script `start`, `test` and so on.
 * @param {string[]} flags
 * @returns {Missing | undefined} undefined where nothing is missing.
 */
export function missingPrograms(script, flags) {
  const names = neededBy(script, flags).filter((name) => !isHere(name));
  if (names.length === 0) return undefined;
  const manager = managerHere();
  /** @type {Manager} */
  const { install, packages } = MANAGERS[manager];
  const command = `${install} ${names.map((name) => packages[name] ?? name).join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  return {
    names,
    command:
      isRoot || process.platform !== 'linux'
        ? command
        : `sudo ${command}`.replace('&& ', '&& sudo '),
    // A desktop is a person's own: what is installed there is theirs to say. Ubuntu's browsers are
    // snaps, which do not run without a desktop.
    mayInstall: isRoot && manager === 'debian' && !hasDesktop(),
  };
}

/**
 * @param {string} script
 * @param {string[]} flags
 * @returns {Program[]}
 */
function neededBy(script, flags) {
  if (script === 'start') return neededByStart(flags);
  if (!['test', 'e2e', 'bench', 'screenshots'].includes(script)) return [];
  // Only X11 lets a program click for real; elsewhere the scripts say what they leave out.
  if (process.platform !== 'linux') return [];
  /** @type {Program[]} */
  const needed = [...EVERYTHING, ...(['test', 'e2e'].includes(script) ? EXIFTOOL : [])];
  return hasDesktop() ? needed : [...needed, 'fonts', 'emoji'];
}

/**
 * @param {string[]} flags
 * @returns {Program[]}
 */
function neededByStart(flags) {
  const browser = flags.includes('--browser=firefox') ? 'firefox' : 'chrome';
  if (!hasDesktop()) return [browser, ...SCREEN, 'fonts', 'emoji'];
  const named = flags.some((flag) => flag.startsWith('--browser='));
  // Without a wish, whichever browser is there will do.
  return !named && isHere('firefox') ? [] : [browser];
}

/** @param {Program} name */
function isHere(name) {
  switch (name) {
    case 'chrome':
    case 'firefox':
      return findBrowser(name) !== undefined;
    case 'xvfb':
      return findExecutable('Xvfb') !== undefined;
    case 'fonts':
      return existsSync('/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf');
    case 'emoji':
      return existsSync('/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf');
    default:
      return findExecutable(name) !== undefined;
  }
}

/** @returns {keyof typeof MANAGERS} */
function managerHere() {
  if (process.platform === 'darwin') return 'brew';
  if (process.platform === 'win32') return 'winget';
  if (findExecutable('dnf')) return 'dnf';
  if (findExecutable('pacman')) return 'pacman';
  return isUbuntu() ? 'ubuntu' : 'debian';
}

function isUbuntu() {
  try {
    return /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
