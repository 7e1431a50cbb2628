/** The cards of a page: opens them and follows their jobs. */
import { createJobPort } from '../../components/job-port';
import { isSettled, type Job } from '../../utils/jobs/job';
import { opinionsOf } from '../../utils/jobs/conversation';
import { backgroundCalls } from '../../utils/messaging/calls';
import { openFeed } from '../../utils/messaging/job-feed-client';
import { withMessage, type LiveJobs } from '../../utils/messaging/live-jobs';
import { contextOf } from '../../utils/page/context';
import { otherImagesInView } from '../../utils/page/find-image';
import { boxInTab } from '../../utils/page/frame-offset';
import { openCard, type CardHost } from './card-host';
import { needsPage } from '../../utils/prompts/prompt';
import { boxOf, elementOf } from '../../utils/page/targets';

interface OpenCard {
  host: CardHost;
  anchor: Element | undefined;
  jobId: string;
}

/** What a second injection into the same page finds of the first. */
export interface Cards {
  /** Listens again for jobs. False once the extension behind these cards is gone. */
  wake(): boolean;
}

/** Starts to listen for jobs to show. */
export function startCards(): Cards {
  let jobs: LiveJobs = new Map<string, Job>();
  let gone = false;
  const cards = new Set<OpenCard>();

  const feed = openFeed({
    onMessage(message) {
      jobs = withMessage(jobs, message);
      if (message.type === 'open') open(message.job);
      else showChanges();
    },
    activeJobs: () => [...jobs.keys()].filter(isActive),
    onGone() {
      // The extension was updated or removed under us. The cards say so by themselves.
      gone = true;
    },
  });

  const port = createJobPort(async (asked) => {
    // A worker that sleeps wakes for the call, and has to find us listening.
    feed.connect();
    const answer = await asked;
    return answer.ok ? answer : undefined;
  });

  function isActive(jobId: string): boolean {
    const job = jobs.get(jobId);
    return job !== undefined && !isSettled(job.state);
  }

  function showChanges(): void {
    for (const { host, jobId } of cards) {
      const job = jobs.get(jobId);
      if (job) host.show(job, opinionsOf(job, jobs.values()));
    }
  }

  /**
   * One card, which goes where the person goes: a pile of them would cover the next picture. A card
   * that was moved stays, and so does the answer of every job, in the popup.
   */
  function open(job: Job): void {
    const anchor = elementOf(job.image);
    tellContext(job, anchor);
    const same = [...cards].find((card) => card.host.isStanding() && card.anchor === anchor);
    if (same && anchor) {
      same.jobId = job.id;
      same.host.show(job, opinionsOf(job, jobs.values()));
      same.host.focus();
      return;
    }
    for (const card of cards) if (!card.host.isMoved()) card.host.close();
    const neighbours = {
      cards: [...cards].map(({ host }) => host.box()),
      pictures: otherImagesInView(anchor).map(boxInTab),
    };
    const host = openCard(job, { element: anchor, box: boxOf(job.image) }, neighbours, port, {
      onSeen: (jobId, seen) => void backgroundCalls.sendMessage('job.seen', { jobId, ...seen }),
      onClosed: () => cards.delete(card),
    });
    const card: OpenCard = { host, anchor, jobId: job.id };
    cards.add(card);
  }

  /** Before the card, which takes longer: the request waits for these words. */
  function tellContext(job: Job, anchor: Element | undefined): void {
    const wanted = !job.context && !job.compared && needsPage(job.preset) && isActive(job.id);
    if (!anchor || !wanted) return;
    try {
      feed.tellContext(job.id, contextOf(anchor));
    } catch (error) {
      // Asked for it, this page then answers the same; the card comes all the same.
      console.warn(error);
    }
  }

  return {
    wake() {
      feed.connect();
      return !gone;
    },
  };
}
