import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createJournal } from '../../../entrypoints/background/journal';
import { findEntries } from '../../../utils/history/history';
import { saveKeeping } from '../../../utils/history/keeping';
import { jobAt, withFreshHistory } from '../../fixtures/history';
import { DONE } from '../../fixtures/job-states';
import { jobIn, RUNNING, SENT } from '../../fixtures/jobs';

withFreshHistory();
beforeEach(() => fakeBrowser.reset());

const now = Date.now();
const ids = async () => (await findEntries({}, { limit: 9 })).entries.map(({ id }) => id);
const picture = { id: 'job-1', keptAt: 1, dataUrl: 'data:,', route: 'given' } as const;

it('writes a job as it changes, its last state last', async () => {
  const journal = createJournal();
  const done = jobIn(DONE, { createdAt: now });
  const written = await Promise.all([
    journal.save(jobIn({ ...RUNNING, sent: SENT }, { createdAt: now })),
    journal.save(done),
  ]);
  expect(written).toEqual([true, true]);
  expect((await findEntries({}, { limit: 1 })).entries[0]?.job.state).toEqual(DONE);
});

it('writes nothing of a private window, in whatever state, and no picture of it', async () => {
  const journal = createJournal();
  const image = { ...jobAt(now).image, private: true };
  for (const state of [RUNNING, DONE, { status: 'stopped', text: 'A' } as const]) {
    expect(await journal.save(jobIn(state, { image }))).toBe(false);
  }
  await journal.keepPicture({ ...picture, private: true });
  expect([await ids(), await journal.picture('job-1')]).toEqual([[], undefined]);
});

it('writes nothing of what was not asked, and nothing at all where nothing is kept', async () => {
  const journal = createJournal();
  expect(await journal.save(jobIn({ status: 'asking' }))).toBe(false);
  await journal.save(jobAt(now));
  await saveKeeping({ kind: 'nothing' });
  await vi.waitFor(async () => expect(await ids()).toEqual([]));
  expect(await journal.save(jobAt(now))).toBe(false);
  await journal.keepPicture(picture);
  expect([await ids(), await journal.picture('job-1')]).toEqual([[], undefined]);
});

it('leaves nothing behind of an answer that stands there already, unless it was changed', async () => {
  const journal = createJournal();
  const more = { createdAt: now };
  await journal.save(jobIn({ status: 'queued' }, more));
  expect(await ids()).toEqual(['job-1']);
  const reused = { ...DONE, reusedFrom: 5 };
  expect(await journal.save(jobIn(reused, more))).toBe(false);
  expect(await ids()).toEqual([]);
  expect(await journal.save(jobIn(reused, { ...more, edited: 'Mine' }))).toBe(true);
});

it('says why it could not write, until it can', async () => {
  const journal = createJournal();
  vi.spyOn(console, 'warn').mockReturnValue();
  const { indexedDB } = globalThis;
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('', 'QuotaExceededError');
    },
  });
  expect(await journal.save(jobAt(now))).toBe(false);
  expect(journal.problem()).toBe('historyFull');
  vi.stubGlobal('indexedDB', indexedDB);
  await journal.save(jobAt(now));
  expect(journal.problem()).toBeUndefined();
});
