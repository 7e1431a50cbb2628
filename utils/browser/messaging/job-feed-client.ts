/** A page's side of the job feed: stays connected while there is something to hear. */
import * as v from 'valibot';
import { browser, type Browser } from 'wxt/browser';
import { isJobSettled } from '../../core/jobs/turns';
import type { PageContext } from '../../core/prompts/page-context';
import { readStoredJobs } from '../jobs/job-store';
import { FEED_PORT, feedMessageSchema, type FeedMessage, type FeedRequest } from './feed';
import { withMessage, type LiveJobs } from './live-jobs';

/** How long to wait before asking a background that went away to come back. */
const RECONNECT_MS = 200;

export interface FeedClient {
  /** Reconnects after the connection was lost. */
  connect(): void;
  /** Answers what the page says about the image of a job; `undefined` where it cannot tell. */
  tellContext(jobId: string, context: PageContext | undefined): void;
  /** Says that this extension page is in a private window, now and after each reconnection. */
  tellPrivate(): void;
  close(): void;
}

interface FeedOptions {
  onMessage: (message: FeedMessage) => void;
  /** Jobs whose end the page still waits for. While there are none, a lost port stays lost: an
   * open card must not keep the background awake. */
  activeJobs: () => string[];
  /** Called once the extension behind this page is gone: updated, reloaded or removed. */
  onGone?: () => void;
}

/** Opens the feed and keeps it open while jobs are active. */
export function openFeed({ onMessage, activeJobs, onGone }: FeedOptions): FeedClient {
  let port: Browser.runtime.Port | undefined;
  let isPrivate = false;
  let closed = false;

  function connect(): void {
    if (port || closed) return;
    let opened: Browser.runtime.Port;
    try {
      opened = browser.runtime.connect({ name: FEED_PORT });
    } catch {
      // "Extension context invalidated": the extension that injected this script is gone.
      closed = true;
      onGone?.();
      return;
    }
    port = opened;
    opened.onMessage.addListener((message: unknown) => {
      const parsed = v.safeParse(feedMessageSchema, message);
      if (parsed.success) onMessage(parsed.output);
    });
    opened.onDisconnect.addListener(() => {
      // Told late, after a new one was opened in its place (`comeBack`).
      if (port !== opened) return;
      port = undefined;
      if (activeJobs().length > 0) setTimeout(connect, RECONNECT_MS);
    });
    if (isPrivate) opened.postMessage({ type: 'private' } satisfies FeedRequest);
    const jobIds = activeJobs();
    if (jobIds.length > 0) opened.postMessage({ type: 'watch', jobIds } satisfies FeedRequest);
  }

  /**
   * A page that comes back out of the back/forward cache has lost its port without hearing of it
   * (Chromium 156), or has missed what was said meanwhile (Firefox).
   */
  function comeBack(event: PageTransitionEvent): void {
    if (!event.persisted) return;
    port?.disconnect();
    port = undefined;
    connect();
  }

  connect();
  addEventListener('pageshow', comeBack);
  return {
    connect,
    tellContext(jobId, context) {
      port?.postMessage({ type: 'context', jobId, context } satisfies FeedRequest);
    },
    tellPrivate() {
      isPrivate = true;
      port?.postMessage({ type: 'private' } satisfies FeedRequest);
    },
    close() {
      closed = true;
      removeEventListener('pageshow', comeBack);
      port?.disconnect();
      port = undefined;
    },
  };
}

/** A page that is hidden draws no frames. */
const HIDDEN_MS = 100;

/**
 * Follows all jobs from an extension page: calls back with them, newest first, at most once a frame.
 * First with what is stored: a background that sleeps takes longer to start, and begins only once
 * that is drawn. Jobs of private windows are followed in private windows alone.
 */
export function connectJobs(onChange: (jobs: LiveJobs) => void): { close(): void } {
  let jobs: LiveJobs = new Map();
  let feed: FeedClient | undefined;
  let isPlanned = false;
  let closed = false;

  async function begin(): Promise<void> {
    const [{ incognito }, stored] = await Promise.all([
      browser.windows.getCurrent(),
      readStoredJobs().catch(() => []),
    ]);
    if (closed) return;
    const shown = stored.filter(({ image }) => incognito || !image.private);
    onChange(new Map(shown.toReversed().map((job) => [job.id, job])));
    await nextFrame();
    if (closed) return;
    feed = openFeed({
      onMessage(message) {
        jobs = withMessage(jobs, message);
        void plan();
      },
      activeJobs: () => [...jobs.values()].filter((job) => !isJobSettled(job)).map(({ id }) => id),
    });
    if (incognito) feed.tellPrivate();
  }

  /** Words come faster than a screen shows them. */
  async function plan(): Promise<void> {
    if (isPlanned) return;
    isPlanned = true;
    await nextFrame();
    isPlanned = false;
    if (!closed) onChange(jobs);
  }

  void begin().catch(console.error);
  // A page that stayed open while the background slept hears of a new job from the storage.
  const wake = () => feed?.connect();
  browser.storage.session.onChanged.addListener(wake);
  return {
    close() {
      closed = true;
      browser.storage.session.onChanged.removeListener(wake);
      feed?.close();
    },
  };
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, HIDDEN_MS);
  });
}
