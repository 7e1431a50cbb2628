/** Who sent a message or opened a port: one of our own pages, or a content script in a tab. */
import { browser, type Browser } from 'wxt/browser';

/**
 * True for the popup, settings and welcome page, also when open in a tab. The browser sets the
 * sender's address, so a page cannot claim ours.
 */
export function isExtensionPage(sender: Browser.runtime.MessageSender): boolean {
  // Firefox lacks `sender.origin`.
  return (
    sender.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL('/'))
  );
}
