/** Opens our own pages in tabs, each at most once where once is enough. */
import { browser } from 'wxt/browser';
import type { Job } from '../../../utils/core/jobs/job';

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
 * Opens a job's result in a tab of its own, where the page of a tab lets no card in. What was asked
 * in a private window is shown in that one: Chrome has no page of an extension in such a window; the
 * popup opens there, with the result in its list.
 */
export async function openResult({ id, image }: Job, { from }: { from: number }): Promise<void> {
  const url = resultUrl(id);
  if (!image.private) return void (await browser.tabs.create({ url }));
  const { windowId } = await browser.tabs.get(from);
  if (import.meta.env.FIREFOX) await browser.tabs.create({ url, windowId });
  else await browser.action.openPopup({ windowId });
}

/** Opens the result of a job of the history, as the person asked. */
export async function openFromHistory(jobId: string): Promise<void> {
  await browser.tabs.create({ url: `${resultUrl(jobId)}&from=history` });
}

function resultUrl(jobId: string): string {
  return `${browser.runtime.getURL('/result.html')}?job=${encodeURIComponent(jobId)}`;
}
