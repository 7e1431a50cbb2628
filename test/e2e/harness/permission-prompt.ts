/** The browser's own question whether the extension may reach a host, answered by real keys. */
import type { Page } from 'puppeteer-core';
import { poll } from './poll.ts';
import type { Session } from './session.ts';
import { evaluateInBrowserWindow } from './bidi.ts';

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
  await poll(
    'the permission prompt',
    async () => !(await page.evaluate(() => document.hasFocus())),
  );
  xdotool.send(answer === 'allow' ? 'key Tab Return' : 'key Escape');
}
