/** The browser's own question whether the extension may reach a host, answered by real keys. */
import type { Page } from 'puppeteer-core';
import { poll } from './poll.ts';
import { openExtensionPage } from './extension-page.ts';
import type { Session } from './session.ts';
import { evaluateInBrowserWindow } from './bidi.ts';

/** Chromium's dialogs ignore answers in their first half second, against clicks meant for the page. */
const CHROMIUM_DEAF_MS = 600;

/**
 * Waits for the prompt and answers it.
 *
 * @param page The page that asked.
 */
export async function answerPermissionPrompt(
  { name, browser, xdotool }: Session,
  page: Page,
  answer: 'allow' | 'deny',
): Promise<void> {
  if (name === 'firefox') {
    await poll('the permission prompt', () =>
      evaluateInBrowserWindow(browser, () => {
        const panel = document.getElementById('notification-popup');
        return panel !== null && Reflect.get(panel, 'state') === 'open';
      }),
    );
    xdotool.send(`key alt+${answer === 'allow' ? 'a' : 'd'}`);
    return;
  }
  // The dialog takes the focus from the page, and begins on Deny.
  await poll('the permission prompt', async () => !(await hasFocus(page)));
  await new Promise((resolve) => setTimeout(resolve, CHROMIUM_DEAF_MS));
  xdotool.send(answer === 'allow' ? 'key Tab Return' : 'key Escape');
  await poll('the end of the permission prompt', () => hasFocus(page));
}

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  permissions: {
    request(what: { origins: string[] }): Promise<boolean>;
    contains(what: { origins: string[] }): Promise<boolean>;
  };
}

/** Lets the extension ask for a host, and allows it as a person does. */
export async function grantHost(session: Session, origin: string): Promise<void> {
  const page = await openExtensionPage(session, 'popup.html');
  await page.bringToFront();
  await page.evaluate((pattern) => {
    const { browser, chrome } = globalThis as Globals;
    // Firefox lets an extension ask inside a click alone.
    document.addEventListener('click', () => {
      void (browser ?? chrome)?.permissions.request({ origins: [pattern] });
    });
  }, origin);
  await page.mouse.click(3, 3);
  await answerPermissionPrompt(session, page, 'allow');
  await poll('the grant', () =>
    page.evaluate((pattern) => {
      const { browser, chrome } = globalThis as Globals;
      return (browser ?? chrome)?.permissions.contains({ origins: [pattern] });
    }, origin),
  );
  await page.close();
}

function hasFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => document.hasFocus());
}
