/** The tab that the popup was opened over. */
import { browser } from 'wxt/browser';
import { AppError } from '../../utils/core/errors';

/** Its id, which browsers tell without the `tabs` permission. */
export async function activeTabId(): Promise<number> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) throw new AppError('unexpected');
  return tab.id;
}
