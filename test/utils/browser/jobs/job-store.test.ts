import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Job } from '../../../../utils/core/jobs/job';
import { openJobStore } from '../../../../utils/browser/jobs/job-store';
import { DONE } from '../../../fixtures/job-states';
import { jobIn, RUNNING } from '../../../fixtures/jobs';
import { answerAt, stateIn, type JobParts } from '../../../fixtures/jobs';

const area = fakeBrowser.storage.session;
const { set, remove } = area;

beforeEach(() => {
  Object.assign(area, { set, remove });
  fakeBrowser.reset();
  vi.spyOn(console, 'warn').mockReturnValue();
});

function open(room = Infinity, onDisk = true) {
  const log: string[] = [];
  let left = room;
  const limited = async (items: Record<string, unknown>) => {
    const [key] = Object.keys(items);
    if (key?.startsWith('job:')) {
      await Promise.resolve();
      if ((left -= 1) < 0) throw new Error('QUOTA_BYTES quota exceeded');
      log.push(`set ${key}`);
    }
    await set(items);
  };
  Object.assign(area, { set: limited });
  const journal = vi.fn<(job: Job) => Promise<boolean>>().mockResolvedValue(onDisk);
  const makeRoom = vi.fn<() => Promise<void>>().mockResolvedValue();
  const store = openJobStore({ journal, makeRoom });
  return { store, journal, makeRoom, log, setRoom: (next: number) => (left = next) };
}

const keys = async () => Object.keys(await area.get()).toSorted();
const settled = (id: string, more: JobParts = {}) => jobIn(DONE, { id, ...more });

describe('a session’s store', () => {
  it('has a job at once, on disk too, and for the next worker', async () => {
    const { store, journal } = open();
    const put = store.put(settled('a'));
    expect(store.get('a')).toEqual(settled('a'));
    await put;
    expect(journal.mock.calls).toEqual([[settled('a')]]);
    const next = openJobStore({ journal, makeRoom: () => Promise.resolve() });
    await next.ready;
    expect(next.get('a')).toEqual(settled('a'));
  });

  it('does not wait for the disk while there is room', async () => {
    const { store, journal } = open();
    journal.mockReturnValue(new Promise(() => {}));
    await store.put(settled('a'));
    expect(await keys()).toEqual(['job:a']);
  });

  it('lists the newest first, and what this worker has put before what it reads', async () => {
    await area.set({
      'job:a': settled('a', { createdAt: 1 }),
      'job:b': settled('b', { createdAt: 3 }),
      'job:c': { nonsense: true },
    });
    const { store } = open();
    void store.put(settled('a', { createdAt: 1, edited: 'Mine.' }));
    await store.ready;
    expect(store.list().map(({ id }) => id)).toEqual(['b', 'a']);
    expect(answerAt(store, 'a')).toHaveProperty('edited', 'Mine.');
  });

  it('is begun once in a session, whichever worker asks', async () => {
    const { store } = open();
    expect(await store.takeUp()).toBe(true);
    expect(await store.takeUp()).toBe(false);
    expect(await open().store.takeUp()).toBe(false);
    fakeBrowser.reset();
    expect(await open().store.takeUp()).toBe(true);
  });

  it('keeps 200 jobs: the one that has not changed for longest goes, running ones never', async () => {
    const { store } = open();
    await store.put(jobIn(RUNNING, { id: 'running' }));
    await store.put(settled('first'));
    for (let at = 0; at < 198; at += 1) await store.put(settled(`job-${at}`));
    await store.put(settled('first'));
    await store.put(settled('last'));
    expect(store.list()).toHaveLength(200);
    expect(store.get('job-0')).toBeUndefined();
    expect(await keys()).not.toContain('job:job-0');
    for (const id of ['running', 'first', 'job-1', 'last']) expect(store.get(id)).toBeDefined();
  });
});

describe('without room', () => {
  it('images go first', async () => {
    const { store, makeRoom, setRoom, journal } = open(0);
    makeRoom.mockImplementation(() => Promise.resolve(void setRoom(1)));
    await store.put(settled('a'));
    expect(await keys()).toEqual(['job:a']);
    expect(store.get('a')).not.toHaveProperty('unsaved');
    expect(journal).toHaveBeenCalledOnce();
  });

  it('then the older half of the jobs, and never the one to be stored', async () => {
    const { store, setRoom } = open();
    for (const id of ['a', 'b', 'c']) await store.put(settled(id));
    setRoom(0);
    const gone: string[] = [];
    const giveRoom = (some: string[]) => {
      gone.push(...some);
      setRoom(1);
      return Promise.resolve();
    };
    Object.assign(area, { remove: giveRoom });
    await store.put(settled('d'));
    expect(gone).toEqual(['job:a', 'job:b']);
    expect(store.list().map(({ id }) => id)).toEqual(['c', 'd']);
    expect(store.get('d')).not.toHaveProperty('unsaved');
  });

  it('a single job is not removed to make room for itself', async () => {
    const { store } = open(0);
    await store.put(settled('a'));
    expect(store.get('a')).toBeDefined();
  });

  it('the disk will do', async () => {
    const { store, journal } = open(0);
    await store.put(settled('a'));
    expect(await keys()).toEqual([]);
    expect(journal).toHaveBeenCalledOnce();
    expect(store.get('a')).not.toHaveProperty('unsaved');
  });

  it('anywhere a job is unsaved, until it can be stored again', async () => {
    const { store, setRoom, journal } = open(0, false);
    await store.put(settled('a'));
    expect(store.get('a')).toEqual(settled('a', { unsaved: true }));
    setRoom(9);
    const held = store.get('a');
    await store.put({ ...settled('a'), ...held });
    expect(store.get('a')).not.toHaveProperty('unsaved');
    expect((await area.get('job:a'))['job:a']).not.toHaveProperty('unsaved');
    expect(journal.mock.lastCall?.[0]).not.toHaveProperty('unsaved');
  });

  it('what has changed meanwhile is not set back', async () => {
    const { store } = open(0, false);
    const put = store.put(settled('a'));
    store.hold(settled('a', { edited: 'Mine.' }));
    await put;
    expect(store.get('a')).toEqual(settled('a', { edited: 'Mine.' }));
  });

  it('an older state that had to wait for room does not come last', async () => {
    const { store, makeRoom, setRoom } = open(0);
    makeRoom.mockImplementation(() => Promise.resolve(void setRoom(9)));
    const first = store.put(jobIn({ status: 'queued' }));
    await Promise.all([first, store.put(jobIn(RUNNING))]);
    const { 'job:job-1': job } = await area.get<Record<string, Job>>();
    expect(stateIn(job)).toMatchObject({ status: 'running' });
  });
});

it('no other job waits while one without room is written to disk', async () => {
  const { store, journal, setRoom } = open(0);
  journal.mockReturnValue(new Promise(() => {}));
  void store.put(settled('a'));
  await vi.waitFor(() => expect(journal).toHaveBeenCalledOnce());
  setRoom(9);
  await store.put(settled('b'));
  expect(await keys()).toEqual(['job:b']);
});

it('a job that is removed while it is being stored does not come back', async () => {
  const { store, journal } = open();
  const puts = [store.put(settled('a')), store.put(settled('a', { edited: 'Mine.' }))];
  await Promise.all([store.remove('a'), ...puts]);
  expect(await keys()).toEqual([]);
  expect(journal).not.toHaveBeenCalled();
  expect(store.list()).toEqual([]);
});
