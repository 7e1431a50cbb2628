/** Makes sure that a tab has our content script, under the grant of the click. */
import { browser } from 'wxt/browser';

/**
 * Puts the content script into a tab's own document; there it is harmless to put twice. Gives false
 * where the browser lets no extension in: its own pages, its store, other extensions.
 *
 * The top document alone: a click grants the tab's origin, not that of its frames.
 */
export async function injectCard(tabId: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({ target: { tabId }, files: ['/page.js'] });
    return true;
  } catch {
    return false;
  }
}
