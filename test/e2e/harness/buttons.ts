/** Buttons of an extension page, found by the name a screen reader would say. */
import type { Page } from 'puppeteer-core';
import { poll } from './poll.ts';

/** Clicks the nth button of this name, with a trusted event, once it is there. */
export async function clickButton(page: Page, name: string | RegExp, index = 0): Promise<void> {
  const button = await poll(`a button ${String(name)}`, async () => {
    const found = [];
    for (const each of await page.$$('button:not([hidden] button)')) {
      const label = await each.evaluate(
        (element) => element.getAttribute('aria-label') ?? element.textContent.trim(),
      );
      if (typeof name === 'string' ? label === name : name.test(label)) found.push(each);
    }
    return found[index];
  });
  await button.click();
}

/** Waits until the page says these words, and gives all it says. */
export function waitForWords(
  page: Page,
  words: string | RegExp,
  timeout = 20_000,
): Promise<string> {
  return poll(
    `${String(words)} on the page`,
    async () => {
      const now = await page.evaluate(() => document.body.innerText);
      return (typeof words === 'string' ? now.includes(words) : words.test(now)) && now;
    },
    { timeout },
  );
}
