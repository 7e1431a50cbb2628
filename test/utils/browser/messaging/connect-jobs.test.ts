// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Job } from '../../../../utils/core/jobs/job';
import { textOf } from '../../../../utils/core/jobs/answer-state';
import { stateOf } from '../../../../utils/core/jobs/turns';
import { connectJobs } from '../../../../utils/browser/messaging/job-feed-client';
import type { FeedMessage } from '../../../../utils/browser/messaging/feed';
import type { LiveJobs } from '../../../../utils/browser/messaging/live-jobs';
import { DONE } from '../../../fixtures/job-states';
import { jobIn, RUNNING } from '../../../fixtures/jobs';

let tell: (message: FeedMessage) => void;
let shown: LiveJobs[];
let close: () => void;
let told: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  fakeBrowser.reset();
  Object.assign(fakeBrowser.runtime, {
    connect: () => ({
      onMessage: { addListener: (listener: typeof tell) => (tell = listener) },
      onDisconnect: { addListener: () => undefined },
      postMessage: (message: unknown) => told.push(message),
      disconnect: () => undefined,
    }),
  });
  shown = [];
  told = [];
});

afterEach(() => {
  close();
  vi.useRealTimers();
});

async function follow({ incognito = false, stored = [] as Job[] } = {}): Promise<void> {
  Object.assign(fakeBrowser.windows, { getCurrent: () => Promise.resolve({ incognito }) });
  await fakeBrowser.storage.session.set(
    Object.fromEntries(stored.map((job) => [`job:${job.id}`, job])),
  );
  ({ close } = connectJobs((jobs) => shown.push(jobs)));
}

/** Until the background is asked. */
const begun = () => vi.advanceTimersByTimeAsync(20);

const ids = () => shown.map((jobs) => [...jobs.keys()]);
const element = jobIn(DONE).image;
if (element.kind !== 'element') throw new Error('another fixture');
const hidden = jobIn(DONE, { id: 'hidden', createdAt: 3, image: { ...element, private: true } });
const older = jobIn(DONE, { id: 'older', createdAt: 1 });
const newer = jobIn(DONE, { id: 'newer', createdAt: 2 });
const words = (text: string, at: number): FeedMessage => {
  return { type: 'words', jobId: 'a', answerId: '1', at, text };
};

it('shows what is stored while the background still starts, newest first', async () => {
  await follow({ stored: [older, newer] });
  await vi.advanceTimersByTimeAsync(0);
  expect(ids()).toEqual([['newer', 'older']]);
});

it('shows nothing of a private window outside of one', async () => {
  await follow({ stored: [hidden, older] });
  await vi.advanceTimersByTimeAsync(0);
  expect(ids()).toEqual([['older']]);
  close();
  await follow({ incognito: true, stored: [hidden, older] });
  await vi.advanceTimersByTimeAsync(0);
  expect(ids().at(-1)).toEqual(['hidden', 'older']);
});

it('asks the background once that is shown, and says where it is in a private window', async () => {
  const connect = vi.spyOn(fakeBrowser.runtime, 'connect');
  await follow({ incognito: true, stored: [older] });
  await vi.advanceTimersByTimeAsync(0);
  expect(connect).not.toHaveBeenCalled();
  await begun();
  expect(connect).toHaveBeenCalledOnce();
  expect(told).toEqual([{ type: 'private' }]);
  tell({ type: 'jobs', jobs: [newer] });
  await begun();
  expect(ids()).toEqual([['older'], ['newer']]);
});

it('asks the background also where nothing can be read', async () => {
  vi.spyOn(fakeBrowser.storage.session, 'get').mockRejectedValueOnce(new Error('broken'));
  await follow();
  await begun();
  tell({ type: 'jobs', jobs: [newer] });
  await begun();
  expect(ids()).toEqual([[], ['newer']]);
});

it('shows all the words of a frame at once', async () => {
  await follow();
  await begun();
  tell({ type: 'jobs', jobs: [jobIn(RUNNING, { id: 'a' })] });
  await begun();
  for (const [at, word] of ['One', ' two', ' three'].entries())
    tell(words(word, [0, 3, 7][at] ?? 0));
  expect(shown).toHaveLength(2);
  await begun();
  expect(shown).toHaveLength(3);
  const job = shown[2]?.get('a');
  expect(job && textOf(stateOf(job))).toBe('One two three');
});

it('shows them in a page that draws no frames, too', async () => {
  vi.stubGlobal('requestAnimationFrame', () => 1);
  await follow();
  await vi.advanceTimersByTimeAsync(100);
  tell({ type: 'jobs', jobs: [jobIn(RUNNING, { id: 'a' })] });
  await vi.advanceTimersByTimeAsync(100);
  expect(ids()).toEqual([[], ['a']]);
  vi.unstubAllGlobals();
});

it('says nothing more once it is closed', async () => {
  await follow();
  await begun();
  tell({ type: 'jobs', jobs: [jobIn(RUNNING, { id: 'a' })] });
  close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ids()).toEqual([[]]);
});
