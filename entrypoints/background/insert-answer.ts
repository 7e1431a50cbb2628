/** The last description, put into the field that a person has right-clicked. */
import { browser } from 'wxt/browser';
import { answerOf, roleOf } from '../../utils/jobs/conversation';
import type { Job } from '../../utils/jobs/job';
import type { JobStore } from '../../utils/jobs/job-store';
import { insertText } from '../../utils/page/insert-text';
import { altParts } from '../../utils/prompts/alt-text';
import { openResult } from './open-pages';

/** The newest whole answer; `undefined` where there is none. Call it after `store.ready`. */
export function lastAnswered(store: Pick<JobStore, 'list'>): Job | undefined {
  return store.list().find(({ state }) => state.status === 'done');
}

/**
 * Inserts the last answer, as alt text where it has a long description too. Where the page, or the
 * frame of another site in it, lets nothing in, its result opens, to be copied.
 */
export async function insertLastAnswer(
  store: Pick<JobStore, 'list' | 'ready'>,
  { tabId, frameId }: { tabId: number; frameId: number },
): Promise<void> {
  await store.ready;
  const job = lastAnswered(store);
  if (!job) return;
  const text = altParts(answerOf(job), roleOf(job)).alt;
  const inserted = await browser.scripting
    .executeScript({ target: { tabId, frameIds: [frameId] }, func: insertText, args: [text] })
    .catch(() => []);
  if (inserted[0]?.result !== true) await openResult(job.id);
}
