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
  if (await inject(tabId)) return true;
  await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  return await inject(tabId);
}

async function inject(tabId: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({ target: { tabId }, files: ['/page.js'] });
    return true;
  } catch (error) {
    console.warn('no card in this page', error);
    return false;
  }
}
