/** How many images are in the comparison tray, on Descry's button: a page's notice goes, this stays. */
import pLimit from 'p-limit';
import { browser } from 'wxt/browser';
import { inWindows, readTray, watchTray } from '../../../utils/browser/jobs/comparison-tray';
import { hasPrivateWindow, watchWindows } from '../tabs/private-windows';

/** Keeps the number in step with the tray. Call it synchronously when the background starts. */
export function startTrayBadge(): void {
  const queue = pLimit(1);
  const show = () => void queue(showCount).catch(console.error);
  watchTray(show);
  watchWindows(show);
}

/**
 * Chrome has one number for all windows. It counts nothing that was chosen in a private one, and
 * while one is open, it is not there: nor is what was chosen elsewhere to be read in that.
 */
async function showCount(): Promise<void> {
  const [tray, isPrivate] = await Promise.all([readTray(), hasPrivateWindow()]);
  const count = isPrivate ? 0 : inWindows(tray).length;
  await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) });
}
