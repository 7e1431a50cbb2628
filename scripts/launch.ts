/** Starts a real browser with the extension in it, the same way for tests, benchmarks and demos. */
import { resolve } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { findBrowser, type BrowserName } from './machine.mjs';

export interface LaunchOptions {
  browser: BrowserName;
  /** The folder of the built extension. */
  extensionPath: string;
  /** The environment of the browser; a `Display` gives one. */
  env?: NodeJS.ProcessEnv;
  headless?: boolean;
  /** Host names that lead to this machine instead of the network. */
  localHosts?: readonly string[];
  /** More command line switches. */
  args?: readonly string[];
  /** More preferences; Firefox only. */
  prefs?: Readonly<Record<string, unknown>>;
  /** Leaves Chromium's workers without a debugger, which would keep them alive. */
  leaveWorkers?: boolean;
  /** A folder for the profile, which is kept; else one that goes with the browser. */
  profile?: string;
}

export interface LaunchedBrowser {
  name: BrowserName;
  browser: Browser;
  extensionId: string;
  /** The address that the extension's own pages begin with, ending in a slash. */
  baseUrl: string;
  close(): Promise<void>;
}

/** A browser may take this long to start: five at once on two cores took over the usual 30 s. */
export const START_MS = 90_000;

const WINDOW = { width: 1200, height: 900 };

/** Firefox gives each extension a random address; tests need one that they know beforehand. */
const FIREFOX_ID = 'descry@descry.dev';
const FIREFOX_UUID = 'de5c2700-0000-4000-8000-000000000001';

/**
 * Starts a browser, installs the extension and waits until it is there.
 *
 * @throws {Error} when no such browser is installed.
 */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const executablePath = findBrowser(options.browser);
  if (!executablePath) throw new Error(`No ${options.browser} found; see "npm start".`);
  const browser = await (options.browser === 'chrome'
    ? launchChrome(executablePath, options)
    : launchFirefox(executablePath, options));
  try {
    if (options.browser === 'chrome' && options.leaveWorkers) await leaveWorkers(browser);
    const extensionId = await browser.installExtension(resolve(options.extensionPath));
    const baseUrl =
      options.browser === 'chrome'
        ? `chrome-extension://${extensionId}/`
        : `moz-extension://${FIREFOX_UUID}/`;
    const close = () => browser.close();
    return { name: options.browser, browser, extensionId, baseUrl, close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function launchChrome(executablePath: string, options: LaunchOptions): Promise<Browser> {
  const { env, headless = false, localHosts = [], args = [], profile } = options;
  const isRoot = process.getuid?.() === 0;
  return puppeteer.launch({
    browser: 'chrome',
    executablePath,
    headless,
    timeout: START_MS,
    // The window's own size, as a person has it.
    defaultViewport: null,
    // Extensions.loadUnpacked is only there over a pipe.
    pipe: true,
    enableExtensions: true,
    ...(env ? { env } : {}),
    ...(profile === undefined ? {} : { userDataDir: profile }),
    ...(options.leaveWorkers ? { targetFilter: isNoWorker } : {}),
    // Without the bar "controlled by automated test software", which pushes pages down.
    ignoreDefaultArgs: ['--enable-automation'],
    args: [
      `--window-size=${WINDOW.width},${WINDOW.height}`,
      '--window-position=0,0',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--disable-search-engine-choice-screen',
      '--hide-crash-restore-bubble',
      // Chromium's sandbox refuses to run as root; --test-type hides the bar that says so.
      ...(isRoot
        ? ['--no-sandbox', '--test-type', '--disable-gpu', '--enable-unsafe-swiftshader']
        : []),
      ...(localHosts.length > 0
        ? [`--host-resolver-rules=${localHosts.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`]
        : []),
      ...args,
    ],
  });
}

/**
 * Puppeteer lets Chromium hold each worker as it starts until a debugger has come and gone, which
 * takes a round trip.
 */
async function leaveWorkers(browser: Browser): Promise<void> {
  const devtools = await browser.target().createCDPSession();
  // What puppeteer has asked for on its connection, but for workers and for the holding.
  await devtools.connection()?.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
    filter: [{ type: 'page', exclude: true }, { type: 'service_worker', exclude: true }, {}],
  });
  await devtools.detach();
}

function isNoWorker(target: { type(): string }): boolean {
  return target.type() !== 'service_worker';
}

function launchFirefox(executablePath: string, options: LaunchOptions): Promise<Browser> {
  const { env, headless = false, localHosts = [], args = [], prefs = {}, profile } = options;
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless,
    timeout: START_MS,
    defaultViewport: null,
    ...(env ? { env } : {}),
    ...(profile === undefined ? {} : { userDataDir: profile }),
    args: [
      `--width=${WINDOW.width}`,
      `--height=${WINDOW.height}`,
      // Lets tests read the browser's own menus and panels: where they are, what is selected.
      '--remote-allow-system-access',
      ...args,
    ],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [FIREFOX_ID]: FIREFOX_UUID }),
      'network.dns.localDomains': localHosts.join(','),
      ...prefs,
    },
  });
}
