/** Who sent a message or opened a port: one of our own pages, the background, or a script in a tab. */
import { browser, type Browser } from 'wxt/browser';

type Sender = Browser.runtime.MessageSender;

/**
 * True for the popup and the pages in tabs. The browser sets the sender's address, so a page cannot
 * claim ours.
 */
export function isExtensionPage(sender: Sender): boolean {
  // Firefox lacks `sender.origin`.
  return (
    sender.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL('/'))
  );
}

/** True for the background, which has no tab; so it is for a popup of ours, which may do no less. */
export function isBackground(sender: Sender): boolean {
  return sender.id === browser.runtime.id && sender.tab === undefined;
}
