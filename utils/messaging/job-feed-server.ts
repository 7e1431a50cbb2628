/** The background's side of the job feed: who is connected, and what each may hear. */
import * as v from 'valibot';
import { browser, type Browser } from 'wxt/browser';
import type { Job } from '../jobs/job';
import type { PageContext } from '../prompts/page-context';
import { FEED_PORT, feedRequestSchema, type FeedMessage } from './feed';
import { isExtensionPage } from './sender';

type Port = Browser.runtime.Port;

interface Listener {
  port: Port;
  /** The one tab whose jobs a content script may see; `undefined` for our own pages. */
  tabId: number | undefined;
}

export interface JobFeed {
  /** Whether a tab has a live content script of ours. */
  hasTab(tabId: number): boolean;
  /** Shows a job in its tab, as soon as its content script is connected. */
  open(job: Job): void;
  /** Shows a job no more that has not been shown yet: its tab cannot have a content script. */
  dontOpen(jobId: string): void;
  changed(job: Job): void;
  words(job: Job, at: number, text: string): void;
  removed(job: Job): void;
}

interface Jobs {
  ready: Promise<void>;
  list(): Job[];
  get(jobId: string): Job | undefined;
}

/**
 * Starts to listen for ports. Call it synchronously when the background starts.
 *
 * @param onContext called with what a page says about the image of a job of its own tab.
 */
export function startJobFeed(
  jobs: Jobs,
  onContext: (jobId: string, context: PageContext) => void,
): JobFeed {
  const listeners = new Set<Listener>();
  const waiting: Job[] = [];

  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== FEED_PORT || port.sender?.id !== browser.runtime.id) return port.disconnect();
    const ours = isExtensionPage(port.sender);
    const tabId = ours ? undefined : port.sender.tab?.id;
    if (!ours && tabId === undefined) return port.disconnect();
    const listener: Listener = { port, tabId };
    listeners.add(listener);
    port.onDisconnect.addListener(() => listeners.delete(listener));
    if (tabId === undefined) {
      void jobs.ready.then(() => send(listener, { type: 'jobs', jobs: jobs.list() }));
    } else {
      port.onMessage.addListener((message) => void answer(listener, message));
      openWaiting(listener);
    }
  });

  function openWaiting(listener: Listener): void {
    for (const { id, tabId } of waiting.splice(0)) {
      const job = jobs.get(id);
      if (!job) continue;
      if (tabId === listener.tabId) send(listener, { type: 'open', job });
      else waiting.push(job);
    }
  }

  /** A content script is told of jobs of its own tab alone, and is heard about no others. */
  async function answer(listener: Listener, message: unknown): Promise<void> {
    const parsed = v.safeParse(feedRequestSchema, message);
    if (!parsed.success) return;
    const request = parsed.output;
    await jobs.ready;
    const jobOfTab = (jobId: string) => {
      const job = jobs.get(jobId);
      return job?.tabId === listener.tabId ? job : undefined;
    };
    if (request.type === 'context') {
      if (jobOfTab(request.jobId)) onContext(request.jobId, request.context);
      return;
    }
    for (const jobId of request.jobIds) {
      const job = jobOfTab(jobId);
      if (job) send(listener, { type: 'job', job });
    }
  }

  function send(listener: Listener, message: FeedMessage): void {
    try {
      listener.port.postMessage(message);
    } catch {
      // The page went away and its disconnect has not been heard yet.
      listeners.delete(listener);
    }
  }

  function tell(job: Job, message: FeedMessage): void {
    for (const listener of listeners) {
      if (listener.tabId === undefined || listener.tabId === job.tabId) send(listener, message);
    }
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
    changed: (job) => tell(job, { type: 'job', job }),
    words: (job, at, text) => tell(job, { type: 'words', jobId: job.id, at, text }),
    removed: (job) => tell(job, { type: 'removed', jobId: job.id }),
  };
}
