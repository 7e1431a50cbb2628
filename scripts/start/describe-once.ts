/** The main job without a person: a real right-click on an image, and the words as they come. */
import type { Page } from 'puppeteer-core';
import { waitForCard, type CardHandle } from '../../test/e2e/harness/card.ts';
import { describeImage } from '../../test/e2e/harness/image-menu.ts';
import { startXdotool } from '../../test/e2e/harness/xdotool.ts';
import type { LaunchedBrowser } from '../launch.ts';

/** A local model may have to be read from disk first. */
const MAX_SILENCE_MS = 300_000;

/**
 * Right-clicks the first image of a page and prints its description while it arrives.
 *
 * @param env The display the browser is on.
 * @returns Whether it ended as a description.
 */
export async function describeOnce(
  launched: LaunchedBrowser,
  page: Page,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const xdotool = startXdotool(env);
  try {
    await describeImage({ ...launched, xdotool }, page, 'img[id]');
    return await printWords(await waitForCard(launched, page));
  } finally {
    xdotool.stop();
  }
}

async function printWords(card: CardHandle): Promise<boolean> {
  let printed = '';
  let lastWordsAt = Date.now();
  while (Date.now() - lastWordsAt < MAX_SILENCE_MS) {
    const { words, done, failure } = await card.evaluate((root) => ({
      words: root.querySelector('.job-words')?.textContent ?? '',
      done: root.querySelector('.job-words.done') !== null,
      failure: root.querySelector<HTMLElement>('.job-notice.danger')?.innerText,
    }));
    if (words.length > printed.length) {
      process.stdout.write(words.slice(printed.length));
      printed = words;
      lastWordsAt = Date.now();
    }
    if (done || failure !== undefined) {
      process.stdout.write(failure === undefined ? '\n' : `\n${failure}\n`);
      return done;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.error('\nNo words for too long; given up.');
  return false;
}
