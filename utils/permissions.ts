/** What a connection needs of the browser: asked for inside a click, looked up, given back. */
import { browser } from 'wxt/browser';
import { providerKind, type ProviderId } from './vision/catalog';
import { originPattern } from './vision/connection';

/** To change our own requests to a host that we are allowed; browsers ask nothing more for it. */
const CHANGE_REQUESTS = 'declarativeNetRequestWithHostAccess';

/**
 * Asks for a server's host, and for what else its kind needs; false where the person says no.
 * Browsers allow it in a click alone, so nothing may be awaited before.
 */
export function requestHost(provider: ProviderId, baseUrl: string): Promise<boolean> {
  const { refusesExtensions } = providerKind(provider);
  return browser.permissions.request({
    origins: [originPattern(baseUrl)],
    ...(refusesExtensions ? { permissions: [CHANGE_REQUESTS] } : {}),
  });
}

/** Asks for this computer's own servers, inside a click. */
export function requestThisComputer(): Promise<boolean> {
  return browser.permissions.request({
    origins: ['http://localhost/*'],
    permissions: [CHANGE_REQUESTS],
  });
}

export function hasHost(baseUrl: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(baseUrl)] });
}

export function giveBackHost(baseUrl: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [originPattern(baseUrl)] });
}
