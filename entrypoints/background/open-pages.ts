/** Opens our own pages in tabs, each at most once where once is enough. */
import { browser } from 'wxt/browser';

/** Opens the welcome page, or brings the open one to the front. */
export async function openWelcome(): Promise<void> {
  const url = browser.runtime.getURL('/welcome.html');
  const [open] = await browser.tabs.query({ url });
  if (open?.id === undefined) await browser.tabs.create({ url });
  else await browser.tabs.update(open.id, { active: true });
}

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

/**
 * Opens a job's result in a tab of its own: where its page lets no card in, or as the history was
 * asked for it.
 */
export async function openResult(jobId: string, { fromHistory = false } = {}): Promise<void> {
  const page = browser.runtime.getURL('/popup.html');
  const from = fromHistory ? '&from=history' : '';
  await browser.tabs.create({ url: `${page}?job=${encodeURIComponent(jobId)}${from}` });
}
