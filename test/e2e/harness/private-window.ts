/** A private window, which the person has let Descry into. */
import type { Page } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
import { evaluateInExtension } from './extension-page.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';

/** Opens a page in such a window, once Descry is let in (`letIntoPrivateWindows`). */
export async function openPrivatePage(session: Session, url: string): Promise<Page> {
  const before = new Set(await session.browser.pages());
  if (session.name === 'chrome') session.xdotool.send('key ctrl+shift+n');
  else await evaluateInBrowserWindow(session.browser, openPrivateFirefox);
  const page = await poll('the private window', async () =>
    (await session.browser.pages()).find((each) => !before.has(each)),
  );
  await page.goto(url);
  return page;
}

/** Lets Descry in. It is loaded anew with that: its pages that are open go. */
export async function letIntoPrivateWindows(session: Session): Promise<void> {
  const { name, browser, extensionId } = session;
  if (name === 'firefox') {
    await evaluateInBrowserWindow(browser, allowInFirefox, extensionId);
    return;
  }
  const page = await browser.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(async (id: string) => {
    const { developerPrivate } = Reflect.get(globalThis, 'chrome') as {
      developerPrivate: Record<string, (how: object) => Promise<void>>;
    };
    // It loads the extension anew, which is let be in developer mode alone.
    await developerPrivate['updateProfileConfiguration']?.({ inDeveloperMode: true });
    const how = { extensionId: id, incognitoAccess: true };
    await developerPrivate['updateExtensionConfiguration']?.(how);
  }, extensionId);
  await page.close();
}

/**
 * Firefox: out of the way of the pointer. A page in another window that is brought to the front has
 * the focus then, and its window stays behind all the same.
 */
export async function minimizePrivateWindows(session: Session): Promise<void> {
  if (session.name === 'chrome') return;
  await poll('private windows that are minimized', () =>
    evaluateInBrowserWindow(session.browser, () => {
      const MINIMIZED = 2;
      const { wm } = Reflect.get(globalThis, 'Services') as {
        wm: { getEnumerator(kind: string): Iterable<FrontWindow> };
      };
      const { PrivateBrowsingUtils: utils } = globalThis as unknown as {
        PrivateBrowsingUtils: { isWindowPrivate(window: FrontWindow): boolean };
      };
      const all = [...wm.getEnumerator('navigator:browser')].filter((each) =>
        utils.isWindowPrivate(each),
      );
      for (const each of all) each.minimize();
      return all.every(({ windowState }) => windowState === MINIMIZED);
    }),
  );
}

/**
 * Whether the one result that is open is in the window of the page at this address, as tab or popup,
 * where a popup has these words.
 */
export async function isResultWith(
  session: Session,
  pageUrl: string,
  words: string,
): Promise<boolean> {
  if (session.name === 'firefox') return await evaluateInExtension(session, isTabWith, pageUrl);
  const target = await session.browser.waitForTarget((each) => each.url().includes('/popup.html'));
  // A page of ours that opens takes the focus, and the popup goes.
  const popup = await target.asPage();
  return await popup.evaluate(isPopupWith, pageUrl, words);
}

interface Tab {
  url?: string;
  windowId: number;
  incognito: boolean;
}
interface Api {
  tabs: { query(of: object): Promise<Tab[]>; getCurrent(): Promise<Tab | undefined> };
  windows: { getCurrent(): Promise<{ id: number; incognito: boolean }> };
}

/** Stands alone: it is run in the extension. */
async function isTabWith(pageUrl: string): Promise<boolean> {
  const { browser } = globalThis as unknown as { browser: Api };
  const tabs = await browser.tabs.query({});
  const page = tabs.find(({ url }) => url === pageUrl);
  const results = tabs.filter(({ url }) => url?.includes('/result.html'));
  return (
    results.length === 1 &&
    results.every(({ incognito, windowId }) => incognito && windowId === page?.windowId)
  );
}

/** Stands alone: it is run in the popup, whose window is the one that it hangs from. */
async function isPopupWith(pageUrl: string, words: string): Promise<boolean> {
  const { chrome } = globalThis as unknown as { chrome: Api };
  if (await chrome.tabs.getCurrent()) return false;
  if (!document.body.innerText.includes(words)) return false;
  const [{ id, incognito }, tabs] = await Promise.all([
    chrome.windows.getCurrent(),
    chrome.tabs.query({}),
  ]);
  return incognito && tabs.find(({ url }) => url === pageUrl)?.windowId === id;
}

/** What we use of a window of Firefox. */
interface FrontWindow {
  windowState: number;
  minimize(): void;
}

/** Opens it and waits for its first page: `goto` before that is never answered (1 in 12 runs). */
async function openPrivateFirefox(): Promise<void> {
  interface BrowserWindow {
    gBrowserInit?: { delayedStartupFinished: boolean };
    gBrowser?: {
      selectedBrowser: {
        currentURI: { spec: string };
        webProgress: { isLoadingDocument: boolean };
      };
    };
  }
  const open = Reflect.get(globalThis, 'OpenBrowserWindow') as (how: {
    private: boolean;
  }) => BrowserWindow;
  const opened = open({ private: true });
  const isReady = () => {
    const shown = opened.gBrowser?.selectedBrowser;
    return (
      opened.gBrowserInit?.delayedStartupFinished &&
      shown?.currentURI.spec === 'about:privatebrowsing' &&
      !shown.webProgress.isLoadingDocument
    );
  };
  while (!isReady()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** What the tick in about:addons does. */
async function allowInFirefox(id: string): Promise<void> {
  const { importESModule } = Reflect.get(globalThis, 'ChromeUtils') as {
    importESModule(url: string): Record<string, Record<string, (...args: unknown[]) => unknown>>;
  };
  const { ExtensionPermissions } = importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  );
  const { AddonManager } = importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const granted = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
  await ExtensionPermissions?.['add']?.(id, granted);
  const addon = (await AddonManager?.['getAddonByID']?.(id)) as { reload(): Promise<void> };
  await addon.reload();
}
