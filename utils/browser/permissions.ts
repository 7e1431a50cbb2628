/** The one host a connection needs: asked for inside a click, looked up, given back. */
import { browser } from 'wxt/browser';
import { originPattern } from '../core/vision/connection';

/**
 * Asks for a server's host; false where the person says no. Browsers allow it in a click alone, so
 * nothing may be awaited before.
 */
export function requestHost(baseUrl: string): Promise<boolean> {
  return browser.permissions.request({ origins: [originPattern(baseUrl)] });
}

/** The address of this computer's own servers. */
export const THIS_COMPUTER = 'http://localhost';

export function hasHost(baseUrl: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(baseUrl)] });
}

export function giveBackHost(baseUrl: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [originPattern(baseUrl)] });
}
