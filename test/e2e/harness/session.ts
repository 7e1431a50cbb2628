/** One browser with the extension, on a screen of its own, with servers for pages and for a model. */
import { fileURLToPath } from 'node:url';
import type { BrowserName } from '../../../scripts/machine.mjs';
import { openDisplay, startVirtualDisplay } from '../../../scripts/display.ts';
import { launchBrowser, START_MS, type LaunchedBrowser } from '../../../scripts/launch.ts';
import { waitForPage } from './find-page.ts';
import { startModelServer, type ModelServer, type ModelServerOptions } from './model-server.ts';
import { HOSTS, startPageServer, type PageServer } from './page-server.ts';
import { startXdotool, type Xdotool } from './xdotool.ts';

export interface Session extends Omit<LaunchedBrowser, 'close'> {
  pages: PageServer;
  model: ModelServer;
  xdotool: Xdotool;
  /** The environment of its screen, for other programs that look at it. */
  env: NodeJS.ProcessEnv;
  /**
   * Kills the browser at once, or quits it, and starts it again with the same profile, servers and
   * screen. Needs a profile of its own.
   */
  relaunch(again?: Relaunch): Promise<Session>;
  stop(): Promise<void>;
}

export interface Relaunch {
  /** Lets the browser end as when a person quits it. */
  quit?: boolean;
  /** Called while no browser runs. */
  between?: () => void;
  prefs?: Readonly<Record<string, unknown>>;
}

export interface SessionOptions {
  /** Leaves Chromium's worker without a debugger, which would keep it alive. */
  leaveWorkers?: boolean;
  /** A folder for the profile, to be kept when the browser is killed. */
  profile?: string;
  /** The browser; else the one that `DESCRY_BROWSER` names. */
  browser?: BrowserName;
  /** Preferences for Firefox. */
  prefs?: Readonly<Record<string, unknown>>;
  /** The folder of the built extension; else where the build puts it. */
  extensionPath?: string;
  model?: ModelServerOptions;
}

/** Firefox takes what is loaded for a test only for the time until it ends, with all it stored. */
const KEPT_PREFS = {
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
};

/** Those that have not been stopped yet. */
export const openSessions = new Set<Session>();

/** The browser that this run of the suite is for. */
const BROWSER: BrowserName = process.env['DESCRY_BROWSER'] === 'firefox' ? 'firefox' : 'chrome';

/**
 * Starts everything a test file needs; nothing is shared with other files. Call `stop()` after all
 * tests.
 */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const { browser = BROWSER, prefs = {}, profile, leaveWorkers = false } = options;
  // On the desktop a person can look on; the clicks move the pointer there, too.
  const display = await (process.env['DESCRY_SHOW'] ? openDisplay() : startVirtualDisplay());
  // English wherever the tests run: menu entries are found by their words.
  const env = { ...display.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', LANGUAGE: 'en' };
  const launch = async (again: Relaunch = {}) => {
    const run = await launchBrowser({
      browser,
      extensionPath: options.extensionPath ?? builtExtension(browser),
      env,
      localHosts: HOSTS,
      leaveWorkers,
      prefs: { ...(profile === undefined ? {} : KEPT_PREFS), ...prefs, ...again.prefs },
      ...(profile === undefined ? {} : { profile }),
    });
    // It opens with the installation, and would come before the page of the first test at any time.
    if (options.extensionPath === undefined) await waitForPage(run, '/welcome.html', START_MS);
    return run;
  };
  const [launched, pages, model] = await Promise.all([
    launch(),
    startPageServer(),
    startModelServer(options.model),
  ]);
  const xdotool = startXdotool(env);
  const sessionOf = (run: LaunchedBrowser): Session => {
    const session: Session = {
      ...run,
      pages,
      model,
      xdotool,
      env,
      async relaunch(again = {}) {
        openSessions.delete(session);
        await (again.quit ? run.close() : killed(run));
        again.between?.();
        return sessionOf(await launch(again));
      },
      async stop() {
        openSessions.delete(session);
        await run.close();
        xdotool.stop();
        await Promise.all([pages.stop(), model.stop(), display.stop()]);
      },
    };
    openSessions.add(session);
    return session;
  };
  return sessionOf(launched);
}

/** Ends the browser as a power cut does: without a word to anything in it. */
async function killed({ browser }: LaunchedBrowser): Promise<void> {
  const child = browser.process();
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await ended;
  await browser.disconnect().catch(() => undefined);
}

function builtExtension(browser: BrowserName): string {
  return fileURLToPath(new URL(`../../../.output/${browser}-mv3`, import.meta.url));
}
