/** A short notice on the page whose menu was used. */
import { callPage } from '../../../utils/browser/messaging/call-page';

/** Does nothing on pages that block extensions. */
export async function showNoticeOnPage(
  tabId: number,
  pageReady: Promise<boolean>,
  words: string,
): Promise<void> {
  if (!(await pageReady)) return;
  await callPage(tabId, 'notice.show', { words });
}
