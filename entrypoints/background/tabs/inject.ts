/** Makes sure that a tab has our content script, under the grant of the click. */
import { browser } from 'wxt/browser';

/**
 * Right after a popup or a tab has closed, Chromium now and then refuses the first attempt (seen
 * once in 55 clicks, under load); the next one is let in.
 */
const TRY_AGAIN_MS = 150;

/**
 * Puts the content script into a tab's own document; there it is harmless to put twice. Gives false
 * where the browser lets no extension in: its own pages, its store, other extensions.
 *
 * The top document alone: a click grants the tab's origin, not that of its frames.
 */
export async function injectCard(tabId: number): Promise<boolean> {
  if (await injectBoth(tabId)) return true;
  await pause();
  return await injectBoth(tabId);
}

/** Side by side, and not in one call: the first answers while the second, half as long again, comes. */
async function injectBoth(tabId: number): Promise<boolean> {
  const page = inject(tabId, '/page.js');
  void draw(page);
  return await page;

  async function draw(answers: Promise<boolean>): Promise<void> {
    if ((await inject(tabId, '/card.js')) || !(await answers)) return;
    await pause();
    await inject(tabId, '/card.js');
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
}

/** Puts the picker and the list of images beside the card's script, which must be there. */
export async function injectPicks(tabId: number): Promise<boolean> {
  return await inject(tabId, '/pick.js');
}

async function inject(tabId: number, file: '/page.js' | '/card.js' | '/pick.js'): Promise<boolean> {
  try {
    // At once: a page that is still loading, as some are for ever, is asked about all the same.
    const now = { injectImmediately: true };
    await browser.scripting.executeScript({ target: { tabId }, files: [file], ...now });
    return true;
  } catch (error) {
    console.warn('no card in this page', error);
    return false;
  }
}
