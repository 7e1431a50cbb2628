// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openFeed, type FeedClient } from '../../../../utils/browser/messaging/job-feed-client';

let ports: ReturnType<typeof fakePort>[];
let feed: FeedClient | undefined;

function fakePort() {
  const ends: (() => void)[] = [];
  return {
    onMessage: { addListener: () => undefined },
    onDisconnect: { addListener: (listener: () => void) => ends.push(listener) },
    postMessage: vi.fn<(message: unknown) => void>(),
    disconnect: vi.fn<() => void>(),
    /** As it is when the other side goes. */
    lose: () => ends.forEach((end) => end()),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  ports = [];
  Object.assign(fakeBrowser.runtime, {
    connect() {
      const port = fakePort();
      ports.push(port);
      return port;
    },
  });
});

afterEach(() => {
  feed?.close();
  vi.useRealTimers();
});

function open(...jobIds: string[]): void {
  feed = openFeed({ onMessage: () => undefined, activeJobs: () => jobIds });
}

/** The page comes, out of the back/forward cache or for the first time. */
function pageShow(persisted: boolean): void {
  dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
}

describe('a lost port', () => {
  it('is opened again while a job is active, and asks how it stands', () => {
    open('a');
    ports[0]?.lose();
    vi.advanceTimersByTime(200);
    expect(ports).toHaveLength(2);
    expect(ports[1]?.postMessage).toHaveBeenCalledWith({ type: 'watch', jobIds: ['a'] });
  });

  it('stays lost where nothing is to be heard, until it is wanted', () => {
    open();
    ports[0]?.lose();
    vi.advanceTimersByTime(1_000);
    expect(ports).toHaveLength(1);
    feed?.connect();
    expect(ports).toHaveLength(2);
  });
});

describe('a page that comes back', () => {
  it('out of the back/forward cache opens a new port, and asks how its jobs stand', () => {
    open('a');
    pageShow(true);
    expect(ports).toHaveLength(2);
    expect(ports[0]?.disconnect).toHaveBeenCalledOnce();
    expect(ports[1]?.postMessage).toHaveBeenCalledWith({ type: 'watch', jobIds: ['a'] });
  });

  it('has one port also where the end of the old one is told late', () => {
    open('a');
    pageShow(true);
    ports[0]?.lose();
    vi.advanceTimersByTime(1_000);
    feed?.connect();
    expect(ports).toHaveLength(2);
  });

  it('by an ordinary load keeps the port it has', () => {
    open('a');
    pageShow(false);
    expect(ports).toHaveLength(1);
  });

  it('is left alone once its feed is closed', () => {
    open('a');
    feed?.close();
    pageShow(true);
    expect(ports).toHaveLength(1);
  });
});

it('says once that nobody is there to connect to any more', () => {
  const onGone = vi.fn<() => void>();
  Object.assign(fakeBrowser.runtime, {
    connect: () => {
      throw new Error('Extension context invalidated.');
    },
  });
  feed = openFeed({ onMessage: () => undefined, activeJobs: () => ['a'], onGone });
  feed.connect();
  pageShow(true);
  expect(onGone).toHaveBeenCalledOnce();
});
