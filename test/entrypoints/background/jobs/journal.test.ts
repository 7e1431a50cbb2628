import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createJournal } from '../../../../entrypoints/background/jobs/journal';
import { startAnew } from '../../../../utils/browser/history/database';
import type { AnswerState } from '../../../../utils/core/jobs/answer-state';
import { findEntries, readEntry, unfinishedJobs } from '../../../../utils/browser/history/history';
import { saveRetention } from '../../../../utils/browser/history/retention';
import { readImage } from '../../../../utils/browser/history/sent-images';
import { DONE } from '../../../fixtures/job-states';
import { RUNNING, jobIn, stateIn } from '../../../fixtures/jobs';
import type { JobParts } from '../../../fixtures/jobs';

beforeEach(async () => {
  fakeBrowser.reset();
  await startAnew();
});

/** Of today: older ones go by themselves. */
const job = (state: AnswerState, more: JobParts = {}) =>
  jobIn(state, { createdAt: Date.now(), ...more });
const { image } = job(DONE);
const storedImage = (id: string) => ({
  id,
  storedAt: 1,
  route: 'page' as const,
  dataUrl: 'data:image/png;base64,AAAA',
});
const ids = async () =>
  (await findEntries({}, { limit: 100 })).entries.map(({ id }) => id).toSorted();

describe('a job', () => {
  it('is written as it changes, and of changes in a row the last one counts', async () => {
    const journal = createJournal();
    const saves = ['A', 'A dog', 'A dog runs'].map((text) =>
      journal.save(job({ ...RUNNING, text })),
    );
    expect(await Promise.all(saves)).toEqual([true, true, true]);
    expect(stateIn(await readEntry('job-1'))).toMatchObject({ text: 'A dog runs' });
    expect(await unfinishedJobs()).toHaveLength(1);
    await journal.save(job(DONE));
    expect(stateIn(await readEntry('job-1'))).toEqual(DONE);
    expect(await unfinishedJobs()).toEqual([]);
  });

  it.each([
    ['of a private window', job(DONE, { image: { ...image, private: true } })],
    ['that waits for a question', job({ status: 'asking' })],
    ['answered from the history', job({ ...DONE, reusedFrom: 1 })],
  ])('%s is not written', async (_, unwanted) => {
    expect(await createJournal().save(unwanted)).toBe(false);
    expect(await ids()).toEqual([]);
  });

  it('answered from the history leaves nothing of what was written before that was known', async () => {
    const journal = createJournal();
    await journal.storeImage(storedImage('job-1'));
    void journal.save(job({ status: 'queued' }));
    void journal.save(job(RUNNING));
    await journal.save(job({ ...DONE, reusedFrom: 1 }));
    expect(await ids()).toEqual([]);
    expect(await unfinishedJobs()).toEqual([]);
    expect(await readImage('job-1')).toBeUndefined();
  });

  it('answered from the history is written with the person’s own words, and with what follows', async () => {
    const journal = createJournal();
    const reused = { ...DONE, reusedFrom: 1 };
    expect(await journal.save(job(reused, { edited: 'Mine.' }))).toBe(true);
    const earlier = [{ state: reused }];
    expect(await journal.save(job(RUNNING, { id: 'b', earlier }))).toBe(true);
    expect(await ids()).toEqual(['b', 'job-1']);
  });

  it('that is removed stays removed, also while it is being written', async () => {
    const journal = createJournal();
    const saves = [journal.save(job(RUNNING)), journal.storeImage(storedImage('job-1'))];
    const later = journal.save(job(DONE));
    await Promise.all([journal.remove(['job-1']), ...saves, later]);
    expect(await ids()).toEqual([]);
    expect(await readImage('job-1')).toBeUndefined();
  });

  it('can be written again after it was removed, however soon', async () => {
    const journal = createJournal();
    const first = journal.save(job(RUNNING));
    const removed = journal.remove(['job-1']);
    await Promise.all([first, removed, journal.save(job(DONE))]);
    expect(await ids()).toEqual(['job-1']);
  });
});

describe('an image', () => {
  it('is kept until its answer is whole', async () => {
    const journal = createJournal();
    await journal.storeImage(storedImage('job-1'));
    await journal.save(job({ status: 'stopped', text: 'A' }));
    expect(await journal.image('job-1')).toEqual(storedImage('job-1'));
    await journal.save(job(DONE));
    expect(await journal.image('job-1')).toBeUndefined();
  });

  it('to be compared goes with the answer about all of them', async () => {
    const journal = createJournal();
    for (const id of ['a', 'b', 'other']) await journal.storeImage(storedImage(id));
    const images = ['a', 'b'].map((id) => ({ id, title: id }));
    await journal.save(job(DONE, { images }));
    expect(await readImage('a')).toBeUndefined();
    expect(await readImage('b')).toBeUndefined();
    expect(await readImage('other')).toBeDefined();
  });

  it('stays while a second opinion on it is not whole', async () => {
    const journal = createJournal();
    await journal.storeImage(storedImage('job-1'));
    await journal.save(job(DONE, { opinions: [{ state: RUNNING }] }));
    await journal.save(job(DONE, { opinions: [{ state: { status: 'stopped', text: 'A' } }] }));
    expect(await readImage('job-1')).toBeDefined();
    await journal.save(job(DONE, { opinions: [{ state: DONE }] }));
    expect(await readImage('job-1')).toBeUndefined();
  });

  it('of a private window is not written', async () => {
    const journal = createJournal();
    await journal.storeImage({ ...storedImage('job-1'), private: true });
    expect(await readImage('job-1')).toBeUndefined();
  });
});

describe('where nothing is to be kept', () => {
  it('nothing is written, and what was written goes', async () => {
    const journal = createJournal();
    await journal.save(job(DONE));
    await saveRetention({ kind: 'nothing' });
    await vi.waitFor(async () => expect(await ids()).toEqual([]));
    expect(await journal.save(job(DONE, { id: 'b' }))).toBe(false);
    await journal.storeImage(storedImage('b'));
    expect(await ids()).toEqual([]);
    expect(await readImage('b')).toBeUndefined();
  });

  it('old ones go as new ones end', async () => {
    await saveRetention({ kind: 'entries', entries: 2 });
    const journal = createJournal();
    for (const at of [1, 2, 3]) await journal.save(job(DONE, { id: `job-${at}`, createdAt: at }));
    expect(await ids()).toEqual(['job-2', 'job-3']);
  });
});

it('where the retention is not understood, all is kept', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await fakeBrowser.storage.local.set({ historyRetention: { kind: 'forever' } });
  const journal = createJournal();
  await journal.save(job(DONE, { id: 'job-1', createdAt: 1 }));
  await journal.save(job(DONE, { id: 'job-2' }));
  expect(await ids()).toEqual(['job-1', 'job-2']);
});

it('a database that fails stops nothing, and is told of until something is written', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const journal = createJournal();
  const broken = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(await journal.save(job(DONE))).toBe(false);
  expect(journal.problem()).toBe('historyFull');
  await journal.storeImage(storedImage('job-1'));
  expect(await journal.image('job-1')).toBeUndefined();
  broken.mockRestore();
  expect(await journal.save(job(DONE))).toBe(true);
  expect(journal.problem()).toBeUndefined();
});
