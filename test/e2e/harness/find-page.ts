/** Finds tabs by the address they show, also those that the extension opened. */
import type { Browser, Page } from 'puppeteer-core';
import { poll } from './poll.ts';

/** All tabs whose address has these words in it. */
export async function pagesAt(session: { browser: Browser }, words: string): Promise<Page[]> {
  const found: Page[] = [];
  for (const page of await session.browser.pages()) {
    // In Firefox a tab that changed to the extension's process keeps its old `page.url()`.
    const url = await page.evaluate(() => location.href).catch(() => page.url());
    if (url.includes(words)) found.push(page);
  }
  return found;
}

/** Waits for a tab whose address has these words in it. */
export function waitForPage(
  session: { browser: Browser },
  words: string,
  timeout?: number,
): Promise<Page> {
  const options = timeout === undefined ? {} : { timeout };
  return poll(`a tab at ${words}`, async () => (await pagesAt(session, words))[0], options);
}
