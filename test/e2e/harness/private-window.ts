/** A private window, which the person has let Descry into. */
import type { Page } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
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
