/** Takes the browser off the network, and puts it back; this machine itself stays within reach. */
import { TargetType } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
import type { Session } from './session.ts';

export async function setOffline(session: Session, offline: boolean): Promise<void> {
  if (session.name === 'firefox') {
    await evaluateInBrowserWindow(
      session.browser,
      (value) => {
        const { io } = Reflect.get(globalThis, 'Services') as { io: { offline: boolean } };
        io.offline = value;
      },
      offline,
    );
    return;
  }
  const target = await session.browser.waitForTarget(
    (each) => each.type() === TargetType.SERVICE_WORKER,
  );
  const devtools = await target.createCDPSession();
  await devtools.send('Network.emulateNetworkConditions', {
    offline,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  if (!offline) await devtools.detach();
}
