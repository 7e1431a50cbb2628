import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { AppError, errorCode } from '../../../../utils/core/errors';
import { watchHistory } from '../../../../utils/browser/history/changes';
import { startAnew } from '../../../../utils/browser/history/database';
import {
  answerTo,
  clearHistory,
  findEntries,
  historyFacets,
  expiredBy,
  pruneHistory,
  readEntry,
  readThumbnail,
  removeEntries,
  saveEntry,
  unfinishedJobs,
} from '../../../../utils/browser/history/history';
import { saveImage, readImage } from '../../../../utils/browser/history/sent-images';
import { jobAt, saveAll, THUMBNAIL, withFreshHistory } from '../../../fixtures/history';
import { DONE } from '../../../fixtures/job-states';
import { jobIn, RUNNING } from '../../../fixtures/jobs';

withFreshHistory();

const DAY = 24 * 60 * 60_000;
const ids = async (filter = {}) =>
  (await findEntries(filter, { limit: 1_000 })).entries.map(({ id }) => id);

describe('an entry', () => {
  it('is found again with its thumbnail, of no tab', async () => {
    await saveEntry(jobAt(5, { thumbnail: THUMBNAIL }));
    const job = await readEntry('job-5');
    expect(job).toMatchObject({ id: 'job-5', tabId: -1, thumbnail: THUMBNAIL });
    expect(await readThumbnail('job-5')).toBe(THUMBNAIL);
    await removeEntries(['job-5']);
    expect([await readEntry('job-5'), await readThumbnail('job-5')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('that does not parse hides no other', async () => {
    await saveAll(jobAt(1), jobAt(2));
    const db = await openDB('descry');
    await db.put('entries', { id: 'bad', newest: -3, site: 7 });
    db.close();
    vi.spyOn(console, 'error').mockReturnValue();
    expect(await ids()).toEqual(['job-2', 'job-1']);
    expect(await readEntry('bad')).toBeUndefined();
  });

  it('tells who watches that it has changed', async () => {
    const changed = vi.fn();
    const end = watchHistory(changed);
    await saveEntry(jobAt(1));
    await vi.waitFor(() => expect(changed).toHaveBeenCalled());
    end();
  });
});

describe('finding', () => {
  it('gives the newest first, page after page', async () => {
    await saveAll(...[3, 1, 2, 5, 4].map((at) => jobAt(at)));
    const first = await findEntries({}, { limit: 2 });
    expect(first.entries.map(({ id }) => id)).toEqual(['job-5', 'job-4']);
    const second = await findEntries({}, { from: first.next, limit: 2 });
    expect(second.entries.map(({ id }) => id)).toEqual(['job-3', 'job-2']);
    const last = await findEntries({}, { from: second.next, limit: 2 });
    expect([last.entries.map(({ id }) => id), last.next]).toEqual([['job-1'], undefined]);
  });

  it('knows words, accents and case, sites, presets, models and dates', async () => {
    const image = { ...jobAt(1).image, pageUrl: 'https://www.other.example/' };
    await saveAll(
      jobAt(10, { state: { ...DONE, text: 'Ein Café am MEER' } }),
      jobAt(20, { image, question: 'Which breed?' }),
      jobAt(30, {
        preset: { id: 'x', name: 'Mine', prompt: 'p' },
        state: { ...DONE, model: 'm2' },
      }),
    );
    expect(await ids({ words: 'cafe meer' })).toEqual(['job-10']);
    expect(await ids({ words: 'breed' })).toEqual(['job-20']);
    expect(await ids({ words: 'cafe breed' })).toEqual([]);
    expect(await ids({ site: 'other.example' })).toEqual(['job-20']);
    expect(await ids({ presetName: 'Mine' })).toEqual(['job-30']);
    expect(await ids({ model: 'm2' })).toEqual(['job-30']);
    expect(await ids({ from: 20 })).toEqual(['job-30', 'job-20']);
    expect(await ids({ until: 20 })).toEqual(['job-10']);
    expect(await historyFacets()).toEqual({
      count: 3,
      sites: ['other.example', 'pages.example.com'],
      presetNames: ['Alt text', 'Mine'],
      models: ['gpt-6-luna', 'm2'],
    });
  });

  it('ends when it is aborted', async () => {
    await saveAll(jobAt(1));
    const signal = AbortSignal.abort();
    await expect(findEntries({}, { limit: 1, signal })).rejects.toThrow('abort');
  });
});

describe('what is kept', () => {
  const now = 100 * DAY;
  it.each([
    [{ kind: 'days', days: 2 } as const, ['future', 'new', 'running']],
    [{ kind: 'entries', entries: 2 } as const, ['future', 'new', 'running']],
    [{ kind: 'nothing' } as const, ['running']],
  ])('with %o, never loses what is being answered', async (retention, left) => {
    await saveAll(
      // From before a clock was set back.
      jobAt(now + 50 * DAY, { id: 'future' }),
      jobAt(now - DAY, { id: 'new' }),
      jobAt(now - 3 * DAY, { id: 'old' }),
      jobIn(RUNNING, { id: 'running', createdAt: now - 9 * DAY }),
    );
    expect(await expiredBy(retention, now)).toHaveLength(4 - left.length);
    await pruneHistory(retention, now);
    expect((await ids()).toSorted()).toEqual(left);
  });

  it('as nothing, takes the images chosen for comparison along', async () => {
    await saveImage({ id: 'chosen', storedAt: 1, dataUrl: 'data:,', route: 'page' });
    await pruneHistory({ kind: 'nothing' }, now);
    expect(await readImage('chosen')).toBeUndefined();
  });

  it('all goes when it is cleared', async () => {
    await saveAll(jobAt(1, { thumbnail: THUMBNAIL }), jobIn(RUNNING, { id: 'running' }));
    expect((await unfinishedJobs()).map(({ id }) => id)).toEqual(['running']);
    await clearHistory();
    expect([await ids(), await readThumbnail('job-1')]).toEqual([[], undefined]);
  });
});

describe('an answer to the same', () => {
  it('is the newest whole one, with its image', async () => {
    const answer = (id: string, finishedAt: number, more = {}) =>
      jobIn({ ...DONE, finishedAt, ...more }, { id, contentKey: 'key', thumbnail: THUMBNAIL });
    await saveAll(
      answer('a', 10),
      answer('b', 30),
      answer('c', 20),
      answer('d', 90, { cut: true }),
    );
    await saveAll(jobIn({ status: 'stopped', text: 'A' }, { id: 'e', contentKey: 'key' }));
    expect(await answerTo('key')).toMatchObject({
      answer: { finishedAt: 30 },
      thumbnail: THUMBNAIL,
    });
    expect(await answerTo('other')).toBeUndefined();
  });
});

describe('a database that cannot be opened', () => {
  it('is of a newer Descry', async () => {
    (await openDB('descry', 99)).close();
    expect(await findEntries({}, { limit: 1 }).catch(errorCode)).toBe('historyNewer');
  });

  it('is blocked by who does not let go of it', async () => {
    const held = await openDB('descry');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failed = startAnew().catch(errorCode);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await failed).toBe('historyBlocked');
    held.close();
    vi.useRealTimers();
  });

  it('is broken in any other way, and begins anew when asked', async () => {
    // Without the stores that it should have.
    (await openDB('descry', 1)).close();
    const failed: unknown = await findEntries({}, { limit: 1 }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AppError);
    expect(errorCode(failed)).toBe('historyBroken');
    await startAnew();
    await saveEntry(jobAt(1));
    expect(await ids()).toEqual(['job-1']);
  });
});
