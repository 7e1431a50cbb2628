import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Compare } from '../../../../entrypoints/background/jobs/compare';
import {
  forgetJobs,
  forgetWithPrivateWindows,
} from '../../../../entrypoints/background/jobs/forget-jobs';
import { openStoredImages } from '../../../../entrypoints/background/images/stored-images';
import type { Job } from '../../../../utils/core/jobs/job';
import { endless, request, setUp } from '../../../fixtures/job-runner';
import { DONE } from '../../../fixtures/job-states';
import { jobIn, type JobParts } from '../../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());

const { image } = jobIn(DONE);
const PRIVATE = { ...image, private: true };
const settled = (id: string, more: JobParts = {}) => jobIn(DONE, { id, ...more });

async function withJobs(...jobs: Job[]) {
  const { runner, store, log, settled: until } = setUp([endless]);
  const journal = {
    save: () => Promise.resolve(true),
    remove: vi.fn<(ids: readonly string[]) => Promise<void>>().mockResolvedValue(),
    storeImage: () => Promise.resolve(),
    image: () => Promise.resolve(undefined),
    problem: () => undefined,
  };
  const storedImages = openStoredImages(journal);
  for (const job of jobs) {
    await store.put(job);
    for (const { id } of [job, ...(job.images ?? [])]) {
      await storedImages.keep({ id, route: 'page', dataUrl: 'data:image/png;base64,AAAA' });
    }
  }
  const removed: Parameters<Compare['remove']>[0][] = [];
  const remove: Compare['remove'] = (which) => Promise.resolve(void removed.push(which));
  const compare = { remove } as Compare;
  return { parts: { runner, store, storedImages, journal, compare }, log, removed, until };
}

const inSession = async () => Object.keys(await fakeBrowser.storage.session.get()).toSorted();

describe('jobs that are forgotten', () => {
  it('leave neither words nor images, here or on disk', async () => {
    const images = ['x', 'y'].map((id) => ({ id, title: id }));
    const { parts, log } = await withJobs(settled('a', { images }), settled('b'));
    await forgetJobs(parts, ['a', 'of another day']);
    expect(await inSession()).toEqual(['image:b', 'job:b']);
    expect(parts.journal.remove.mock.calls.flat(2)).toEqual(['a', 'x', 'y', 'a', 'of another day']);
    expect(log.at(-1)).toBe('removed a');
  });
});

describe('the last private window', () => {
  // What is loaded for it takes a while the first time.
  beforeAll(() => import('../../../../entrypoints/background/settings/settings-owner'));

  /** Closes a private window; the browser's first one, which is none, stays in any case. */
  const closeOne = async (another = false) => {
    const closing = await fakeBrowser.windows.create({ incognito: true });
    if (another) await fakeBrowser.windows.create({ incognito: true });
    await fakeBrowser.windows.remove(closing?.id ?? -1);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('takes along what was asked in them, and stops what is being asked', async () => {
    const { parts, until, removed } = await withJobs(
      settled('a', { image: PRIVATE }),
      settled('b'),
    );
    const { job } = parts.runner.start({ ...request, image: PRIVATE });
    await until(job.id, 'running');
    forgetWithPrivateWindows(parts);
    await closeOne();
    expect(await inSession()).toEqual(expect.arrayContaining(['image:b', 'job:b']));
    expect(parts.store.list().map(({ id }) => id)).toEqual(['b']);
    expect(removed).toEqual([{ private: true }]);
  });

  it('is not any window: while there is another private one, all stays', async () => {
    const { parts, removed } = await withJobs(settled('a', { image: PRIVATE }));
    forgetWithPrivateWindows(parts);
    await closeOne(true);
    expect(await inSession()).toEqual(['image:a', 'job:a']);
    expect(removed).toEqual([]);
  });

  it('leaves the history alone where there is nothing to forget', async () => {
    const { parts } = await withJobs(settled('b'));
    forgetWithPrivateWindows(parts);
    await closeOne();
    expect(parts.journal.remove).not.toHaveBeenCalled();
  });
});
