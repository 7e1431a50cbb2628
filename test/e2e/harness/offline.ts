/** The network gone and come back, as far as a browser can be told so. */
import type { CDPSession } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';

/** Firefox reaches this machine offline, too, unless told otherwise. */
export const OFFLINE_PREFS = { 'network.disable-localhost-when-offline': true };

/**
 * Takes the background off the network, and what it has open with it. Gives the way back.
 *
 * Chromium can be told so for its worker alone, by the debugging protocol; Firefox as a whole, by
 * "Work offline".
 */
export async function goOffline(
  session: Pick<Session, 'name' | 'browser' | 'extensionId'>,
): Promise<() => Promise<void>> {
  if (session.name === 'firefox') {
    const set = (offline: boolean) =>
      evaluateInBrowserWindow(
        session.browser,
        (value) => {
          const services: unknown = Reflect.get(globalThis, 'Services');
          (services as { io: { offline: boolean } }).io.offline = value;
        },
        offline,
      );
    await set(true);
    return async () => await set(false);
  }
  const worker = await poll('the worker', () =>
    session.browser.targets().find((target) => target.type() === 'service_worker'),
  );
  const devtools: CDPSession = await worker.createCDPSession();
  await devtools.send('Network.enable');
  const set = async (offline: boolean) => {
    const rates = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await devtools.send('Network.emulateNetworkConditions', { offline, ...rates });
  };
  await set(true);
  return async () => {
    await set(false);
    await devtools.detach();
  };
}
