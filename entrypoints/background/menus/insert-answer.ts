/** The last description, put into the field that a person has right-clicked. */
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import type { Answer, Job } from '../../../utils/core/jobs/job';
import { answerText, presentTurn, purposeOfJob } from '../../../utils/core/jobs/turns';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import { insertText } from '../../../utils/page/insert-text';
import { altParts } from '../../../utils/core/prompts/alt-text';
import { openResult } from '../tabs/open-pages';
import { showNoticeOnPage } from '../tabs/show-notice';

/**
 * The newest whole answer of private windows, or of the others: neither kind is told what the other
 * has seen. `undefined` where there is none. Call it after `store.ready`.
 */
export function lastAnswered(
  store: Pick<JobStore, 'list'>,
  isPrivate: boolean,
): { job: Job; answer: Answer } | undefined {
  for (const job of store.list()) {
    if ((job.image.private ?? false) !== isPrivate) continue;
    const answer = presentTurn(job).answers.findLast(({ state }) => state.status === 'done');
    if (answer) return { job, answer };
  }
  return undefined;
}

interface Dependencies {
  store: Pick<JobStore, 'list' | 'ready'>;
  preparePage: (tabId: number) => Promise<boolean>;
}

/**
 * Inserts the last answer, as alt text where it has a long description too. Where the page, or the
 * frame of another site in it, lets nothing in, its result opens, to be copied.
 */
export async function insertLastAnswer(
  { store, preparePage }: Dependencies,
  { tabId, frameId, isPrivate }: { tabId: number; frameId: number; isPrivate: boolean },
): Promise<void> {
  await store.ready;
  const last = lastAnswered(store, isPrivate);
  if (!last) return await showNoticeOnPage(tabId, preparePage(tabId), i18n.t('insert.nothing'));
  const { job, answer } = last;
  const text = altParts(answerText(answer), purposeOfJob(job)).alt;
  const inserted = await browser.scripting
    .executeScript({ target: { tabId, frameIds: [frameId] }, func: insertText, args: [text] })
    .catch(() => []);
  if (inserted[0]?.result !== true) await openResult(job, { from: tabId });
}
