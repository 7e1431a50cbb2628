/** Who may make which call of the background's: the `from` of its row, looked up. */
import * as v from 'valibot';
import { AppError } from '../../../utils/core/errors';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { SenderChecks } from '../../../utils/browser/messaging/answering';
import type { TabPage } from '../../../utils/browser/messaging/call';
import { jobInput } from '../../../utils/browser/messaging/job-calls';
import { isExtensionPage } from '../../../utils/browser/messaging/sender';

type Sender = Parameters<SenderChecks<'ownPage'>['ownPage']>[0];

/** The checks over the jobs there are. Each throws for a sender that may not call. */
export function senderChecks(
  store: Pick<JobStore, 'ready' | 'get'>,
): SenderChecks<'ownPage' | 'jobCard' | 'anyOwn'> {
  return {
    ownPage(sender) {
      if (!isExtensionPage(sender)) throw new AppError('unexpected');
    },
    async jobCard(sender, input) {
      const { jobId } = v.parse(jobInput, input);
      await store.ready;
      const job = store.get(jobId);
      const may = isExtensionPage(sender) || job?.tabId === pageOf(sender).tabId;
      if (!job || !may) throw new AppError('unexpected');
      return job;
    },
    anyOwn: (sender) => (isExtensionPage(sender) ? undefined : pageOf(sender)),
  };
}

/**
 * The page of a content script.
 *
 * @throws {AppError} for who is in no tab: -1 is what jobs have that belong to no page, and what
 *   browsers call a window without tabs.
 */
function pageOf({ tab, url = '' }: Sender): TabPage {
  if (tab?.id === undefined || tab.id < 0) throw new AppError('unexpected');
  return { tabId: tab.id, url, private: tab.incognito };
}
