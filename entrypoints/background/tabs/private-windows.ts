/** Whether a private window is open, and word of every window that opens or closes. */
import { browser } from 'wxt/browser';

/** Whether there is one, as far as the person lets Descry into private windows. */
export async function hasPrivateWindow(): Promise<boolean> {
  return (await browser.windows.getAll()).some(({ incognito }) => incognito);
}

/** Calls back after any window has opened or closed. Call it synchronously. */
export function watchWindows(changed: () => void): void {
  browser.windows.onCreated.addListener(changed);
  browser.windows.onRemoved.addListener(changed);
}
