/** Whether a tab is, and stays, in front of its window at the page it was asked about. */
import { browser, type Browser } from 'wxt/browser';
import { AppError } from '../../../utils/core/errors';

export interface TabInFront {
  tabId: number;
  windowId: number;
  /** Of its page; what follows a `#` does not count. Empty where we may not know it. */
  address: string;
}

export interface TabWatch {
  /** @throws {AppError} `imageNotInView` where it is not in front, or was not for a moment. */
  mustBeInFront(): Promise<void>;
  end(): void;
}

/** Watches a tab from now on: one that is left and come back to looks as if nothing had been. */
export function watchTab({ tabId, windowId, address }: TabInFront): TabWatch {
  let left = false;

  const onActivated = (info: Browser.tabs.OnActivatedInfo) => {
    if (info.windowId === windowId && info.tabId !== tabId) left = true;
  };
  const onUpdated = (updatedId: number, { url }: Browser.tabs.OnUpdatedInfo) => {
    if (updatedId === tabId && url !== undefined && !isSamePage(url, address)) left = true;
  };
  browser.tabs.onActivated.addListener(onActivated);
  browser.tabs.onUpdated.addListener(onUpdated);

  return {
    async mustBeInFront() {
      const tab = await browser.tabs.get(tabId).catch(() => undefined);
      const isThere = tab?.active && tab.windowId === windowId && isSamePage(tab.url, address);
      if (left || !isThere) throw new AppError('imageNotInView');
    },
    end() {
      browser.tabs.onActivated.removeListener(onActivated);
      browser.tabs.onUpdated.removeListener(onUpdated);
    },
  };
}

function isSamePage(one = '', other = ''): boolean {
  return withoutFragment(one) === withoutFragment(other);
}

function withoutFragment(address: string): string {
  return address.split('#', 1)[0] ?? '';
}
