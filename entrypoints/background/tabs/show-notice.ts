/** A few words on the page that a menu entry was chosen on. */
import { callPage } from '../../../utils/browser/messaging/call-page';

/** Says nothing where the page lets nobody in. */
export async function showNoticeOnPage(
  tabId: number,
  pageReady: Promise<boolean>,
  words: string,
): Promise<void> {
  if (!(await pageReady)) return;
  await callPage(tabId, 'notice.show', { words });
}
