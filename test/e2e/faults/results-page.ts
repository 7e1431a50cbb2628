/** The popup's results in a tab: where a person finds what has no card any more. */
import type { CardHandle } from '../harness/card.ts';
import { openExtensionPage } from '../harness/extension-page.ts';
import { poll } from '../harness/poll.ts';
import type { Session } from '../harness/session.ts';

export interface ResultsPage extends Pick<CardHandle, 'evaluate' | 'bringToFront'> {
  waitForText(words: string | RegExp, timeout?: number): Promise<string>;
  clickButton(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openResults(session: Session): Promise<ResultsPage> {
  const page = await openExtensionPage(session, 'popup.html');
  const evaluate = (fn: unknown, ...args: unknown[]) =>
    page.evaluate(`(${String(fn)})(document, ...${JSON.stringify(args)})`);
  return {
    evaluate: evaluate as ResultsPage['evaluate'],
    waitForText: (words, timeout = 10_000) =>
      poll(
        `${String(words)} among the results`,
        async () => {
          const now = (await page.evaluate('document.body.innerText')) as string;
          const found = typeof words === 'string' ? now.includes(words) : words.test(now);
          return found && now;
        },
        { timeout },
      ),
    async clickButton(name) {
      // A tab behind others is not drawn, and a click waits for that.
      await page.bringToFront();
      for (const button of await page.$$('.job-actions button')) {
        const text = await button.evaluate((each) => each.textContent.trim());
        if (text === name) return await button.click();
      }
      throw new Error(`no button "${name}" among the results`);
    },
    bringToFront: () => page.bringToFront(),
    close: () => page.close(),
  };
}
