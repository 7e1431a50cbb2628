/** Shows on Descry's button that a click was noticed, while its page is too busy to show a card. */
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';

/** After this time people think that the click was not noticed. */
const SOON_MS = 800;

/** Marks the button of a tab from some time on, until its page is ready, or cannot be. */
export async function markWhileBusy(tabId: number, ready: Promise<unknown>): Promise<void> {
  let marked: Promise<void> | undefined;
  const timer = setTimeout(() => {
    marked = mark(tabId, '…', i18n.t('action.busyPage'));
  }, SOON_MS);
  await ready.catch(() => undefined);
  clearTimeout(timer);
  if (!marked) return;
  await marked;
  await mark(tabId, null, i18n.t('extension.name'));
}

/** @param text `null` for what the button says in every tab. */
async function mark(tabId: number, text: string | null, title: string): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ tabId, text } as { tabId: number; text: string }),
    browser.action.setTitle({ tabId, title }),
  ]).catch(() => undefined);
}
