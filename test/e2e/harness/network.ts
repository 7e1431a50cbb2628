/** Takes the browser off the network, and puts it back. */
import { TargetType } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
import type { Session } from './session.ts';

/** Firefox reaches this machine offline, too, unless it is told otherwise. */
export const OFFLINE_PREFS = { 'network.disable-localhost-when-offline': true };

/**
 * Gives the way back. Chromium is told so for its worker alone, and forgets it as a page of the
 * extension opens: they share a process.
 */
export async function goOffline(
  session: Pick<Session, 'name' | 'browser'>,
): Promise<() => Promise<void>> {
  const set = session.name === 'firefox' ? inFirefox(session) : await inChromium(session);
  await set(true);
  return () => set(false);
}

function inFirefox({ browser }: Pick<Session, 'browser'>) {
  return (offline: boolean) =>
    evaluateInBrowserWindow(
      browser,
      (value) => {
        const { io } = Reflect.get(globalThis, 'Services') as { io: { offline: boolean } };
        io.offline = value;
      },
      offline,
    );
}

async function inChromium({ browser }: Pick<Session, 'browser'>) {
  const target = await browser.waitForTarget((each) => each.type() === TargetType.SERVICE_WORKER);
  const devtools = await target.createCDPSession();
  await devtools.send('Network.enable');
  return async (offline: boolean) => {
    const rates = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await devtools.send('Network.emulateNetworkConditions', { offline, ...rates });
    // Another session could not take it back.
    if (!offline) await devtools.detach();
  };
}
