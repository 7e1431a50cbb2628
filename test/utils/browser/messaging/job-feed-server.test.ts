import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { FEED_PORT, type FeedMessage } from '../../../../utils/browser/messaging/feed';
import { startJobFeed } from '../../../../utils/browser/messaging/job-feed-server';
import { DONE } from '../../../fixtures/job-states';
import { jobIn } from '../../../fixtures/jobs';

const { image } = jobIn(DONE);
const OPEN = jobIn(DONE, { id: 'open', tabId: 7 });
const HIDDEN = jobIn(DONE, { id: 'hidden', tabId: 7, image: { ...image, private: true } });
const OWN_PAGE = { id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('/popup.html') };
const scriptIn = (tabId: number) => ({
  ...OWN_PAGE,
  url: 'https://a.example/',
  tab: { id: tabId },
});

beforeEach(() => fakeBrowser.reset());

/** A feed with a job of each kind of window, and a way to connect to it. */
function setUp() {
  let accept: (port: unknown) => void = () => undefined;
  vi.spyOn(fakeBrowser.runtime.onConnect, 'addListener').mockImplementation((listener) => {
    accept = listener as typeof accept;
  });
  const jobs = { ready: Promise.resolve(), list: () => [OPEN, HIDDEN], get: () => HIDDEN };
  const feed = startJobFeed(jobs);
  function connect(sender: object) {
    const heard: FeedMessage[] = [];
    let say: (message: unknown) => void = () => undefined;
    accept({
      name: FEED_PORT,
      sender,
      postMessage: (message: FeedMessage) => heard.push(message),
      disconnect: () => undefined,
      onMessage: { addListener: (listener: typeof say) => (say = listener) },
      onDisconnect: { addListener: () => undefined },
    });
    return { heard, say: (message: unknown) => say(message) };
  }
  /** All that can happen to a job. */
  function change(): void {
    for (const job of [OPEN, HIDDEN]) {
      feed.changed(job);
      feed.words(job, { answerId: '1', at: 0, text: `words of ${job.id}` });
      feed.removed(job);
    }
  }
  return { connect, change, feed };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a job of a private window', () => {
  it('is told of to no page of ours in another window, whatever happens to it', async () => {
    const { connect, change } = setUp();
    const { heard } = connect(OWN_PAGE);
    await settled();
    change();
    expect(heard.map(({ type }) => type)).toEqual(['jobs', 'job', 'words', 'removed']);
    expect(JSON.stringify(heard)).not.toContain('hidden');
  });

  it('is told of to one that says it is in a private window', async () => {
    const { connect, change } = setUp();
    const { heard, say } = connect(OWN_PAGE);
    say({ type: 'private' });
    await settled();
    expect(heard.at(-1)).toEqual({ type: 'jobs', jobs: [OPEN, HIDDEN] });
    change();
    expect(JSON.stringify(heard)).toContain('words of hidden');
  });

  it('is told of to no content script of another tab that says so', async () => {
    const { connect, change } = setUp();
    const { heard, say } = connect(scriptIn(8));
    say({ type: 'private' });
    await settled();
    change();
    expect(heard).toEqual([]);
  });
});

describe('what a page says about an image', () => {
  const CONTEXT = { texts: { caption: 'A pug' } };
  const WANTED = { type: 'contextWanted', jobId: 'open', image: OPEN.image };
  const never = () => new AbortController().signal;

  it('is asked of its tab alone, at once', async () => {
    const { connect, feed } = setUp();
    const page = connect(scriptIn(7));
    const other = connect(scriptIn(8));
    const found = feed.pageContext(OPEN, never());
    expect(page.heard).toEqual([WANTED]);
    expect(other.heard).toEqual([]);
    page.say({ type: 'context', jobId: 'open', context: CONTEXT });
    expect(await found).toEqual(CONTEXT);
  });

  it('is asked of a script that comes later, before it is shown the job', () => {
    const { connect, feed } = setUp();
    void feed.pageContext(OPEN, never());
    feed.open(OPEN);
    expect(connect(scriptIn(7)).heard.map(({ type }) => type)).toEqual(['contextWanted', 'open']);
  });

  it('is not asked again once it is there', async () => {
    const { connect, feed } = setUp();
    const found = feed.pageContext(OPEN, never());
    connect(scriptIn(7)).say({ type: 'context', jobId: 'open' });
    expect(await found).toBeUndefined();
    expect(connect(scriptIn(7)).heard).toEqual([]);
  });

  it('is taken from no other tab, and not for another job', async () => {
    const { connect, feed } = setUp();
    const ended = new AbortController();
    const found = feed.pageContext(OPEN, ended.signal);
    connect(scriptIn(8)).say({ type: 'context', jobId: 'open', context: CONTEXT });
    connect(scriptIn(7)).say({ type: 'context', jobId: 'hidden', context: CONTEXT });
    await settled();
    ended.abort();
    expect(await found).toBeUndefined();
  });
});
