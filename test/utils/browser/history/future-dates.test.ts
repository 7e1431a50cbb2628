import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import {
  findEntries,
  pruneHistory,
  readEntry,
  saveEntry,
} from '../../../../utils/browser/history/history';
import { importHistory } from '../../../../utils/browser/history/import';
import type { RetentionChoice } from '../../../../utils/browser/history/retention';
import { jobAt, saveAll, withFreshHistory } from '../../../fixtures/history';
import { historyFile } from '../../../fixtures/history-file';
import { DONE } from '../../../fixtures/job-states';
import { RUNNING, jobIn } from '../../../fixtures/jobs';
import { answersOf, stateOf } from '../../../../utils/core/jobs/turns';

withFreshHistory();

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 28);
const IN_2099 = Date.UTC(2099, 0, 1);
const TEN: RetentionChoice = { kind: 'entries', entries: 10 };
const NINETY: RetentionChoice = { kind: 'days', days: 90 };

const times = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const of2099 = (at: number) =>
  jobIn(
    { ...DONE, startedAt: IN_2099, firstWordAt: IN_2099, finishedAt: IN_2099 + at },
    { id: `future-${at}`, createdAt: IN_2099 + at },
  );
const mine = (at: number) => jobAt(NOW - (at + 1) * DAY, { id: `mine-${at}` });
const ids = async () => (await findEntries({}, { limit: 100 })).entries.map(({ id }) => id);
const take = async (jobs: readonly object[], retention: RetentionChoice) =>
  await importHistory(new File([historyFile(jobs)], 'history.json'), {
    retention,
    now: NOW,
  });
/** As a description of now is kept. */
async function keepNew(id: string, createdAt: number, retention: RetentionChoice): Promise<void> {
  await saveEntry(jobAt(createdAt, { id }));
  await pruneHistory(retention, createdAt + 100);
}

describe('a file with dates after now', () => {
  it('takes the place of nothing that is there, nor of what is new', async () => {
    await saveAll(...times(3, mine));
    expect(await take(times(10, of2099), TEN)).toMatchObject({
      imported: { added: 10, expired: 3 },
    });
    expect((await ids()).slice(0, 3)).toEqual(['mine-0', 'mine-1', 'mine-2']);
    expect(await ids()).toHaveLength(10);
    await keepNew('new', NOW + 1_000, TEN);
    expect((await ids()).slice(0, 4)).toEqual(['new', 'mine-0', 'mine-1', 'mine-2']);
    expect(await ids()).toHaveLength(10);
  });

  it('fills an empty history, and makes room for what is new', async () => {
    await take(times(10, of2099), TEN);
    expect(await ids()).toHaveLength(10);
    await keepNew('new', NOW + 1_000, TEN);
    await keepNew('newer', NOW + 2_000, TEN);
    expect((await ids()).slice(0, 2)).toEqual(['newer', 'new']);
    expect(await ids()).toHaveLength(10);
  });

  it('has none of them once it is taken in, and none that is older than its job', async () => {
    const earlier = [{ state: stateOf(of2099(1)) }];
    const past = jobIn(stateOf(of2099(2)), { id: 'past', createdAt: NOW - DAY, earlier });
    await take([of2099(0), past], NINETY);
    const expected: [string, number][] = [
      ['future-0', NOW],
      ['past', NOW - DAY],
    ];
    for (const [id, at] of expected) {
      const job = await readEntry(id);
      expect(job?.createdAt).toBe(at);
      const states = job ? answersOf(job).map(({ state }) => state) : [];
      for (const state of states) {
        expect(state).toMatchObject({ startedAt: at, firstWordAt: at, finishedAt: at });
      }
    }
    // So they go in their time.
    await pruneHistory(NINETY, NOW + 91 * DAY);
    expect(await ids()).toEqual([]);
  });
});

describe('a clock that was in the future', () => {
  it('ends the keeping of nothing new', async () => {
    await saveAll(...times(10, of2099));
    await keepNew('new', NOW, TEN);
    expect(await ids()).toEqual(['new', ...times(9, (at) => `future-${9 - at}`)]);
    await keepNew('newer', NOW + 1_000, TEN);
    expect((await ids()).slice(0, 2)).toEqual(['newer', 'new']);
  });

  it('keeps nothing for longer than was chosen', async () => {
    await saveAll(of2099(0));
    await keepNew('new', NOW, NINETY);
    expect(await ids()).toHaveLength(2);
    await pruneHistory(NINETY, NOW + 91 * DAY);
    expect(await ids()).toEqual([]);
  });

  it('or that is set back a little, changes nothing', async () => {
    await saveAll(jobAt(NOW + 5_000, { id: 'last' }), mine(0));
    await pruneHistory({ kind: 'entries', entries: 1 }, NOW);
    expect(await ids()).toEqual(['last']);
    expect((await readEntry('last'))?.createdAt).toBe(NOW + 5_000);
  });

  it('leaves alone what is being answered, and all of a retention that is not understood', async () => {
    const running = jobIn(RUNNING, { id: 'running', createdAt: IN_2099 });
    await saveAll(running, of2099(0));
    await pruneHistory({ kind: 'unknown' }, NOW);
    expect((await readEntry('future-0'))?.createdAt).toBe(IN_2099);
    await pruneHistory(TEN, NOW);
    expect((await readEntry('running'))?.createdAt).toBe(IN_2099);
    expect((await readEntry('future-0'))?.createdAt).toBe(NOW);
  });
});
