/** The background's sudden death, as the browser brings it about after half a minute of rest. */
import { evaluateInBrowserWindow } from './bidi.ts';
import { openExtensionPage } from './extension-page.ts';
import type { Session } from './session.ts';

/** Ends Chromium's service worker or Firefox's event page at once, whatever it is doing. */
export async function stopBackground(session: Session): Promise<void> {
  if (session.name === 'firefox') {
    await evaluateInBrowserWindow(
      session.browser,
      async (id) => {
        const policies: unknown = Reflect.get(globalThis, 'WebExtensionPolicy');
        const { extension } = (policies as WebExtensionPolicies).getByID(id);
        await extension.terminateBackground({ ignoreDevToolsAttached: true });
      },
      session.extensionId,
    );
    return;
  }
  // The command belongs to a page of the worker's origin; its debugger must not stay attached.
  const page = await openExtensionPage(session, 'manifest.json');
  const devtools = await page.createCDPSession();
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  await page.close();
}

/** Whether it has ended, as it does after half a minute of rest. Keeps nothing awake by asking. */
export async function isBackgroundAsleep({
  name,
  browser,
  extensionId,
}: Session): Promise<boolean> {
  if (name === 'firefox') {
    const state = await evaluateInBrowserWindow(
      browser,
      (id) => {
        const policies: unknown = Reflect.get(globalThis, 'WebExtensionPolicy');
        return (policies as WebExtensionPolicies).getByID(id).extension.backgroundState;
      },
      extensionId,
    );
    return state === 'stopped';
  }
  const devtools = await browser.target().createCDPSession();
  const { targetInfos } = await devtools.send('Target.getTargets');
  await devtools.detach();
  return !targetInfos.some(
    ({ type, url }) => type === 'service_worker' && url.includes(extensionId),
  );
}

interface WebExtensionPolicies {
  getByID(id: string): {
    extension: {
      backgroundState: string;
      terminateBackground(how: { ignoreDevToolsAttached: boolean }): Promise<void>;
    };
  };
}
