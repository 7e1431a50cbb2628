/** Opens what is folded on an extension's page, with a trusted click on its words. */
import type { Page } from 'puppeteer-core';
import { poll } from './poll.ts';

export async function openDetails(page: Page, words: string): Promise<void> {
  const summary = await poll(`the folded "${words}"`, async () => {
    for (const each of await page.$$('summary')) {
      if (await each.evaluate(({ textContent }, start) => textContent.startsWith(start), words)) {
        return each;
      }
    }
    return undefined;
  });
  await summary.click();
}
