/** The job feed, with anything said on either side: nobody hears of what is not theirs, and nothing
 * breaks. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Job } from '../../utils/jobs/job';
import { FEED_PORT, type FeedMessage } from '../../utils/messaging/feed';
import { openFeed } from '../../utils/messaging/job-feed-client';
import { startJobFeed } from '../../utils/messaging/job-feed-server';
import { withMessage, type LiveJobs } from '../../utils/messaging/live-jobs';
import { DONE } from '../fixtures/job-states';
import { jobIn, RUNNING } from '../fixtures/jobs';
import { always } from './always';

const OURS = fakeBrowser.runtime.id;
const JOBS = [jobIn(DONE, { id: 'of-7', tabId: 7 }), jobIn(RUNNING, { id: 'of-8', tabId: 8 })];

/** A port as one side sees it. */
function fakePort(name: string, sender?: object) {
  const heard: ((message: unknown) => void)[] = [];
  const port = {
    name,
    sender,
    sent: [] as FeedMessage[],
    connected: true,
    postMessage: (message: FeedMessage) => void port.sent.push(message),
    disconnect: () => void (port.connected = false),
    onMessage: { addListener: (listener: (message: unknown) => void) => void heard.push(listener) },
    onDisconnect: { addListener: () => undefined },
    say: (message: unknown) => {
      for (const each of heard) each(message);
    },
  };
  return port;
}

const anything = fc.anything({ maxDepth: 3 });
const context = fc.constant({
  texts: { page_title: 'A page' },
  purpose: { role: 'informative', reason: 'captioned' },
});
const jobId = fc.constantFrom('of-7', 'of-8', 'none', '__proto__', 'constructor');

describe('the feed', () => {
  it('tells whoever connects of the jobs of their own tab alone, whatever they ask', async () => {
    let connect: (port: unknown) => void = () => undefined;
    vi.spyOn(fakeBrowser.runtime.onConnect, 'addListener').mockImplementation((listener) => {
      connect = listener as typeof connect;
    });
    const jobs = new Map(JOBS.map((job) => [job.id, job]));
    const contexts: string[] = [];
    const feed = startJobFeed(
      { ready: Promise.resolve(), list: () => JOBS, get: (id) => jobs.get(id) },
      (id) => contexts.push(id),
    );
    const own = `chrome-extension://${OURS}/popup.html`;
    const sender = fc.record({
      id: fc.constantFrom(OURS, OURS, 'other', undefined),
      url: fc.constantFrom('https://pages.example.com/', own, undefined),
      tab: fc.constantFrom(undefined, { id: 7 }, { id: 8 }, { id: 9 }, {}),
    });
    const said = fc.oneof(
      anything,
      fc.record({ type: fc.constant('watch'), jobIds: fc.array(fc.oneof(jobId, anything)) }),
      fc.record({ type: fc.constant('watch'), jobIds: fc.array(jobId) }),
      fc.record({ type: fc.constant('context'), jobId, context: fc.oneof(context, anything) }),
    );
    const name = fc.constantFrom(FEED_PORT, FEED_PORT, FEED_PORT, 'device-model', '');
    const before = JSON.stringify(JOBS);
    let told = 0;
    let heard = 0;
    await always(
      fc.tuple(name, sender, fc.array(said, { maxLength: 3 })),
      async ([n, from, all]) => {
        const port = fakePort(n, from);
        contexts.length = 0;
        connect(port);
        for (const message of all) port.say(message);
        for (const job of JOBS) feed.changed(job);
        await Promise.resolve();
        await Promise.resolve();
        const ofTabs = port.sent.flatMap((each) =>
          each.type === 'jobs' ? each.jobs : 'job' in each ? each.job : [],
        );
        const may = n === FEED_PORT && from.id === OURS;
        const ours = may && from.url === own;
        const tabId = may ? from.tab?.id : undefined;
        const wrong = ofTabs.filter((job) => !ours && job.tabId !== tabId);
        expect(wrong).toEqual([]);
        const isTheirs = (id: string) => !ours && jobs.get(id)?.tabId === tabId;
        expect(contexts.filter((id) => !isTheirs(id))).toEqual([]);
        heard += contexts.length;
        expect(port.connected).toBe(ours || tabId !== undefined);
        told += ofTabs.length;
        // As the browser has it once a page is gone: the server lets it go.
        port.postMessage = () => {
          throw new Error('gone');
        };
        for (const job of JOBS) feed.changed(job);
      },
    );
    expect(JSON.stringify(JOBS)).toBe(before);
    expect(told).toBeGreaterThan(100);
    expect(heard).toBeGreaterThan(20);
  });

  it('of anything at all changes no job of a page but by a message of its kind', async () => {
    const port = fakePort(FEED_PORT);
    Object.assign(fakeBrowser.runtime, { connect: () => port });
    vi.stubGlobal('addEventListener', () => undefined);
    const start: LiveJobs = new Map<string, Job>(JOBS.map((job) => [job.id, job]));
    let jobs = start;
    let heard: FeedMessage[] = [];
    openFeed({
      onMessage(message) {
        heard.push(message);
        jobs = withMessage(jobs, message);
      },
      activeJobs: () => [],
    });
    const type = fc.constantFrom('jobs', 'open', 'job', 'words', 'removed', 'watch', 'none');
    const loose = fc.record(
      {
        type: fc.oneof(type, anything),
        jobs: anything,
        job: fc.oneof(fc.constantFrom(...JOBS), anything),
        jobId: fc.oneof(jobId, anything),
        at: fc.oneof(fc.integer(), anything),
        text: fc.oneof(fc.string(), anything),
      },
      { requiredKeys: [] },
    );
    let changed = 0;
    await always(fc.oneof({ weight: 4, arbitrary: loose }, anything), (message) => {
      jobs = start;
      heard = [];
      port.say(message);
      // Another job than the message is of, and what has ended: words change neither.
      const [first] = heard;
      const about = first && 'jobId' in first ? first.jobId : undefined;
      const untouched = [...start.keys()].filter(
        (id) =>
          !first ||
          (about !== undefined && about !== id) ||
          (first.type === 'words' && id === 'of-7'),
      );
      expect(untouched.filter((id) => jobs.get(id) !== start.get(id))).toEqual([]);
      changed += Number(jobs !== start);
    });
    expect(changed).toBeGreaterThan(100);
  });
});
