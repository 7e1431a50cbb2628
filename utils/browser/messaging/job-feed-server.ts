/** The background's side of the job feed: who is connected, and what each may hear. */
import * as v from 'valibot';
import { browser, type Browser } from 'wxt/browser';
import type { Job } from '../../core/jobs/job';
import type { PageContext } from '../../core/prompts/page-context';
import { FEED_PORT, feedRequestSchema, type FeedMessage } from './feed';
import { isExtensionPage } from './sender';

type Port = Browser.runtime.Port;

interface Listener {
  port: Port;
  /** The one tab whose jobs a content script may see; `undefined` for our own pages. */
  tabId: number | undefined;
  /** One of our pages in a private window. No other is told of jobs of private windows. */
  isPrivate: boolean;
}

export interface JobFeed {
  /** Whether a tab has a live content script of Descry. */
  hasTab(tabId: number): boolean;
  /** Shows a job in its tab, as soon as its content script is connected. */
  open(job: Job): void;
  /** Shows a job no more that has not been shown yet: its tab cannot have a content script. */
  dontOpen(jobId: string): void;
  /**
   * What the page of a job says about its image: asked as soon as its content script is connected.
   * `undefined` where it cannot tell, or once `signal` is aborted.
   */
  pageContext(job: Job, signal: AbortSignal): Promise<PageContext | undefined>;
  changed(job: Job): void;
  words(job: Job, words: AnswerWords): void;
  removed(job: Job): void;
}

/** New words of one answer; `at` is their place in its text. */
interface AnswerWords {
  answerId: string;
  at: number;
  text: string;
}

interface Jobs {
  ready: Promise<void>;
  list(): Job[];
  get(jobId: string): Job | undefined;
}

/** A question to a page that it has not answered yet. */
interface ContextRequest {
  job: Job;
  answer: (context: PageContext | undefined) => void;
}

/** Starts to listen for ports. Call it synchronously when the background starts. */
export function startJobFeed(jobs: Jobs): JobFeed {
  const listeners = new Set<Listener>();
  const waiting: Job[] = [];
  const contextRequests = new Set<ContextRequest>();

  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== FEED_PORT || port.sender?.id !== browser.runtime.id) return port.disconnect();
    const isOwn = isExtensionPage(port.sender);
    const tabId = isOwn ? undefined : port.sender.tab?.id;
    if (!isOwn && tabId === undefined) return port.disconnect();
    const listener: Listener = { port, tabId, isPrivate: false };
    listeners.add(listener);
    port.onDisconnect.addListener(() => listeners.delete(listener));
    if (tabId === undefined) {
      port.onMessage.addListener((message) => {
        const parsed = v.safeParse(feedRequestSchema, message);
        if (!parsed.success || parsed.output.type !== 'private') return;
        listener.isPrivate = true;
        void sendAll(listener);
      });
      void sendAll(listener);
    } else {
      port.onMessage.addListener((message) => void answer(listener, message));
      // Before any card, which takes longer to draw: a request waits for this answer.
      for (const { job } of contextRequests) if (job.tabId === tabId) askContext(listener, job);
      openWaiting(listener);
    }
  });

  async function sendAll(listener: Listener): Promise<void> {
    await jobs.ready;
    send(listener, { type: 'jobs', jobs: jobs.list().filter((job) => maySee(listener, job)) });
  }

  function openWaiting(listener: Listener): void {
    for (const { id, tabId } of waiting.splice(0)) {
      const job = jobs.get(id);
      if (!job) continue;
      if (tabId === listener.tabId) send(listener, { type: 'open', job });
      else waiting.push(job);
    }
  }

  /** A content script only gets jobs of its own tab, and may only speak about these. */
  async function answer(listener: Listener, message: unknown): Promise<void> {
    const parsed = v.safeParse(feedRequestSchema, message);
    if (!parsed.success) return;
    const request = parsed.output;
    if (request.type === 'context') {
      for (const { job, answer: take } of contextRequests) {
        if (job.id === request.jobId && job.tabId === listener.tabId) take(request.context);
      }
    }
    if (request.type !== 'watch') return;
    await jobs.ready;
    for (const jobId of request.jobIds) {
      const job = jobs.get(jobId);
      if (job && job.tabId === listener.tabId) send(listener, { type: 'job', job });
    }
  }

  function askContext(listener: Listener, { id, image }: Job): void {
    send(listener, { type: 'contextWanted', jobId: id, image });
  }

  function send(listener: Listener, message: FeedMessage): void {
    try {
      listener.port.postMessage(message);
    } catch {
      // The page is gone, but its disconnect has not arrived yet.
      listeners.delete(listener);
    }
  }

  function tell(job: Job, message: FeedMessage): void {
    for (const listener of listeners) {
      if (maySee(listener, job)) send(listener, message);
    }
  }

  function maySee({ tabId, isPrivate }: Listener, job: Job): boolean {
    return tabId === undefined ? isPrivate || !job.image.private : tabId === job.tabId;
  }

  const inTab = (tabId: number) => [...listeners].filter((listener) => listener.tabId === tabId);

  return {
    hasTab: (tabId) => inTab(tabId).length > 0,
    open(job) {
      const listening = inTab(job.tabId);
      if (listening.length === 0) waiting.push(job);
      for (const listener of listening) send(listener, { type: 'open', job });
    },
    dontOpen(jobId) {
      const at = waiting.findIndex((job) => job.id === jobId);
      if (at >= 0) waiting.splice(at, 1);
    },
    async pageContext(job, signal) {
      const { promise, resolve } = Promise.withResolvers<PageContext | undefined>();
      const request = { job, answer: resolve };
      contextRequests.add(request);
      signal.addEventListener('abort', () => resolve(undefined));
      for (const listener of inTab(job.tabId)) askContext(listener, job);
      return await promise.finally(() => contextRequests.delete(request));
    },
    changed: (job) => tell(job, { type: 'job', job }),
    words: (job, words) => tell(job, { type: 'words', jobId: job.id, ...words }),
    removed: (job) => tell(job, { type: 'removed', jobId: job.id }),
  };
}
