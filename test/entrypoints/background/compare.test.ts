import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createCompare } from '../../../entrypoints/background/compare';
import { readTray, saveTray, type ChosenPicture } from '../../../utils/jobs/compare-tray';
import { DONE } from '../../fixtures/job-states';
import { jobIn } from '../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());

const { image, preset } = jobIn(DONE);

type Parts = Parameters<typeof createCompare>[0];

const chosen = (id: string, isPrivate: boolean): ChosenPicture => ({
  id,
  title: 'A',
  tabId: 7,
  image: { ...image, ...(isPrivate ? { private: true } : {}) },
});

function setUp() {
  const asked = vi.fn<Parts['describe']['compare']>().mockResolvedValue('job');
  const removed: string[] = [];
  const compare = createCompare({
    presets: { comparing: () => Promise.resolve(preset) } as Parts['presets'],
    images: {} as Parts['images'],
    kept: {
      unpin: () => Promise.resolve(),
      remove: (id: string) => Promise.resolve(void removed.push(id)),
    } as unknown as Parts['kept'],
    describe: { compare: asked } as unknown as Parts['describe'],
    preparePage: () => Promise.resolve(true),
  });
  Object.assign(fakeBrowser.action, { setBadgeText: () => Promise.resolve() });
  return { compare, asked, removed };
}

const MIXED = [chosen('a', false), chosen('b', true), chosen('c', false), chosen('d', true)];
const idsLeft = async () => (await readTray()).map(({ id }) => id);

it.each([
  [true, ['b', 'd'], ['a', 'c']],
  [false, ['a', 'c'], ['b', 'd']],
])(
  'pictures of private windows (%s) are asked about by themselves',
  async (isPrivate, ids, left) => {
    const { compare, asked } = setUp();
    await saveTray(MIXED);
    await compare.chosen(isPrivate);
    expect(asked.mock.lastCall?.[2].compared.map(({ id }) => id)).toEqual(ids);
    expect(asked.mock.lastCall?.[1].private ?? false).toBe(isPrivate);
    expect(await idsLeft()).toEqual(left);
  },
);

it.each([
  [{ id: 'c' }, ['a', 'b', 'd']],
  [{ private: true }, ['a', 'c']],
  [{ private: false }, ['b', 'd']],
])('lets go of %j alone', async (which, left) => {
  const { compare, removed } = setUp();
  await saveTray(MIXED);
  await compare.remove(which);
  expect(await idsLeft()).toEqual(left);
  expect([...removed, ...left].toSorted()).toEqual(['a', 'b', 'c', 'd']);
});
