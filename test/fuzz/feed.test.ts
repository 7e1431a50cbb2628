/** The job feed, with spoiled messages and others on either side: nobody hears of what is not theirs, and nothing
 * breaks. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Job } from '../../utils/core/jobs/job';
import { FEED_PORT, type FeedMessage, type FeedRequest } from '../../utils/browser/messaging/feed';
import { openFeed } from '../../utils/browser/messaging/job-feed-client';
import { startJobFeed } from '../../utils/browser/messaging/job-feed-server';
import { withMessage, type LiveJobs } from '../../utils/browser/messaging/live-jobs';
import { DONE } from '../fixtures/job-states';
import { jobIn, RUNNING } from '../fixtures/jobs';
import { always, type Reach } from './always';
import { spoiledJson } from './spoil';

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
const context = {
  texts: { page_title: 'A page' },
  purpose: { kind: 'informative', reason: 'captioned' },
} as const;
const IDS = ['of-7', 'of-8', 'none', '__proto__', 'constructor'];
const REQUESTS: readonly FeedRequest[] = [
  { type: 'watch', jobIds: IDS },
  ...IDS.slice(0, 3).flatMap((jobId): FeedRequest[] => [
    { type: 'watch', jobIds: [jobId] },
    { type: 'context', jobId, context },
  ]),
];
const MESSAGES: readonly FeedMessage[] = [
  { type: 'jobs', jobs: JOBS },
  ...JOBS.flatMap((job): FeedMessage[] => [
    { type: 'open', job },
    { type: 'job', job },
    { type: 'words', jobId: job.id, answerId: '1', at: 5, text: ' runs' },
    { type: 'removed', jobId: job.id },
    { type: 'contextWanted', jobId: job.id, image: job.image },
  ]),
];
const odd = [...IDS, null, 0, -1, 1e300, '', 'job', 'words', 'removed', [], {}, JOBS[0]];
const names = ['type', 'jobId', 'jobIds', 'at', 'text', 'job', 'jobs', 'context', '__proto__'];

describe('the feed', () => {
  it('tells whoever connects of the jobs of their own tab alone, whatever they ask', async () => {
    let connect: (port: unknown) => void = () => undefined;
    vi.spyOn(fakeBrowser.runtime.onConnect, 'addListener').mockImplementation((listener) => {
      connect = listener as typeof connect;
    });
    const jobs = new Map(JOBS.map((job) => [job.id, job]));
    const ready = Promise.resolve();
    const feed = startJobFeed({ ready, list: () => JOBS, get: (id) => jobs.get(id) });
    const own = `chrome-extension://${OURS}/popup.html`;
    const sender = fc.record({
      id: fc.constantFrom(OURS, OURS, OURS, OURS, 'other', undefined),
      url: fc.constantFrom('https://pages.example.com/', 'https://x.example/', own, undefined),
      tab: fc.constantFrom({ id: 7 }, { id: 8 }, { id: 7 }, { id: 9 }, {}, undefined),
    });
    const said = fc.oneof(
      { weight: 6, arbitrary: spoiledJson(REQUESTS, { odd, names }).map(({ value }) => value) },
      { weight: 1, arbitrary: anything },
    );
    const name = fc.constantFrom(...Array<string>(6).fill(FEED_PORT), 'device-model', '');
    const before = JSON.stringify(JOBS);
    await always(
      fc.tuple(name, sender, fc.array(said, { minLength: 1, maxLength: 5 })),
      async ([n, from, all], reach) => {
        const port = fakePort(n, from);
        const ended = new AbortController();
        const found = JOBS.map(async (job) =>
          (await feed.pageContext(job, ended.signal)) ? [job.id] : [],
        );
        connect(port);
        for (const message of all) port.say(message);
        for (const job of JOBS) feed.changed(job);
        await Promise.resolve();
        await Promise.resolve();
        ended.abort();
        const contexts = (await Promise.all(found)).flat();
        const ofTabs = port.sent.flatMap((each) =>
          each.type === 'jobs' ? each.jobs : 'job' in each ? each.job : [],
        );
        const wanted = port.sent.flatMap((each) =>
          each.type === 'contextWanted' ? each.jobId : [],
        );
        const may = n === FEED_PORT && from.id === OURS;
        const ours = may && from.url === own;
        const tabId = may ? from.tab?.id : undefined;
        const wrong = ofTabs.filter((job) => !ours && job.tabId !== tabId);
        expect(wrong).toEqual([]);
        const isTheirs = (id: string) => !ours && jobs.get(id)?.tabId === tabId;
        expect([...contexts, ...wanted].filter((id) => !isTheirs(id))).toEqual([]);
        reach('heard', contexts.length);
        expect(port.connected).toBe(ours || tabId !== undefined);
        reach('told', ofTabs.length);
        reach(port.connected ? 'connected' : 'refused');
        // As the browser has it once a page is gone: the server lets it go.
        port.postMessage = () => {
          throw new Error('gone');
        };
        for (const job of JOBS) feed.changed(job);
      },
      { floors: { told: 0.05, heard: 0.003, connected: 0.03, refused: 0.05 } },
    );
    expect(JSON.stringify(JOBS)).toBe(before);
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
    const spoiled = spoiledJson(MESSAGES, { odd, names }).map(({ value }) => value);
    const made = fc.oneof({ weight: 6, arbitrary: spoiled }, { weight: 1, arbitrary: anything });
    const told = (message: unknown, reach: Reach) => {
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
      reach(jobs === start ? 'left alone' : 'changed');
      if (first) reach(first.type);
    };
    const changing = Object.fromEntries(
      ['changed', 'jobs', 'open', 'job', 'words', 'removed'].map((type) => [type, 0.005]),
    );
    await always(made, told, { floors: { 'left alone': 0.05, ...changing } });
  });
});
