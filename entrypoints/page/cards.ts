/** The cards of a page: opens them and follows their jobs. */
import type { CardHost, OpenCard } from '../../components/job/card-host';
import { createJobPort } from '../../components/job/job-port';
import type { Job } from '../../utils/core/jobs/job';
import type { JobImage } from '../../utils/core/jobs/job-image';
import { isJobSettled } from '../../utils/core/jobs/turns';
import { callBackground } from '../../utils/browser/messaging/call-background';
import { openFeed } from '../../utils/browser/messaging/job-feed-client';
import { withMessage, type LiveJobs } from '../../utils/browser/messaging/live-jobs';
import { contextOf } from '../../utils/page/context';
import { otherImagesInView } from '../../utils/page/find-image';
import { boxInTab } from '../../utils/page/frame-offset';
import type { PageContext } from '../../utils/core/prompts/page-context';
import { boxOf, elementOf } from '../../utils/page/job-targets';

interface StandingCard {
  host: CardHost;
  anchor: Element | undefined;
  jobId: string;
}

/** What a second injection into the same page finds of the first. */
export interface Cards {
  /** Gives what draws cards, which comes later than this script. */
  drawWith(openCard: OpenCard): void;
  /** Listens again for jobs. False once the extension behind these cards is gone. */
  wake(): boolean;
}

/** Starts to listen for jobs to show. */
export function startCards(): Cards {
  let jobs: LiveJobs = new Map<string, Job>();
  let gone = false;
  const cards = new Set<StandingCard>();
  let openCard: OpenCard | undefined;
  /** Jobs whose cards wait for what draws them. */
  const undrawn = new Set<string>();

  const feed = openFeed({
    onMessage(message) {
      jobs = withMessage(jobs, message);
      if (message.type === 'open') openSoon(message.job);
      else if (message.type === 'removed') close(message.jobId);
      else if (message.type === 'contextWanted') tellContext(message.jobId, message.image);
      else showChanges();
    },
    activeJobs: () => [...jobs.keys()].filter(isActive),
    onGone() {
      // The extension was updated or removed under us. The cards say so by themselves.
      gone = true;
    },
  });

  const port = createJobPort((name, input) => {
    const answer = callBackground(name, input);
    // A worker that sleeps wakes for the call, and has to find us listening.
    feed.connect();
    return answer;
  });

  function isActive(jobId: string): boolean {
    const job = jobs.get(jobId);
    return job !== undefined && !isJobSettled(job);
  }

  /** A job that was deleted elsewhere leaves nothing that could be done with it. */
  function close(jobId: string): void {
    for (const card of cards) if (card.jobId === jobId) card.host.close();
  }

  function showChanges(): void {
    for (const { host, jobId } of cards) {
      const job = jobs.get(jobId);
      if (job) host.show(job);
    }
  }

  /** After what else has come: to draw takes a while, in which the image can be on its way. */
  function openSoon({ id }: Job): void {
    setTimeout(() => {
      if (openCard) open(id, openCard);
      else undrawn.add(id);
    });
  }

  /**
   * One card, which goes where the person goes: a pile of them would cover the next image. A card
   * that was moved stays, and so does the answer of every job, in the popup.
   */
  function open(id: string, draw: OpenCard): void {
    const job = jobs.get(id);
    if (!job) return;
    const anchor = elementOf(job.image);
    const same = [...cards].find((card) => card.host.isStanding() && card.anchor === anchor);
    if (same && anchor) {
      same.jobId = job.id;
      same.host.show(job);
      same.host.focus();
      return;
    }
    for (const card of cards) if (!card.host.isMoved()) card.host.close();
    const neighbours = {
      cards: [...cards].map(({ host }) => host.box()),
      images: otherImagesInView(anchor).map(boxInTab),
    };
    const host = draw(job, { element: anchor, box: boxOf(job.image) }, neighbours, port, {
      onSeen: (jobId, seen) => void callBackground('job.seen', { jobId, ...seen }),
      onClosed: () => cards.delete(card),
    });
    const card: StandingCard = { host, anchor, jobId: job.id };
    cards.add(card);
  }

  /** Whatever happens, there is an answer: a request waits for it. */
  function tellContext(jobId: string, image: JobImage): void {
    let context: PageContext | undefined;
    try {
      const element = elementOf(image);
      context = element && contextOf(element);
    } catch (error) {
      console.warn(error);
    }
    feed.tellContext(jobId, context);
  }

  return {
    drawWith(given) {
      if (openCard) return;
      openCard = given;
      for (const id of undrawn) open(id, given);
      undrawn.clear();
    },
    wake() {
      feed.connect();
      return !gone;
    },
  };
}
