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

interface WebExtensionPolicies {
  getByID(id: string): {
    extension: { terminateBackground(how: { ignoreDevToolsAttached: boolean }): Promise<void> };
  };
}
