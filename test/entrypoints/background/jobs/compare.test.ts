import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createCompare } from '../../../../entrypoints/background/jobs/compare';
import {
  readTray,
  saveTray,
  type ChosenImage,
} from '../../../../utils/browser/jobs/comparison-tray';
import { DONE } from '../../../fixtures/job-states';
import { jobIn } from '../../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());

const { image, preset } = jobIn(DONE);

type Dependencies = Parameters<typeof createCompare>[0];

const chosen = (id: string, isPrivate: boolean): ChosenImage => ({
  id,
  title: 'A',
  tabId: 7,
  image: { ...image, ...(isPrivate ? { private: true } : {}) },
});

function setUp(
  acquire: Dependencies['images']['acquire'] = () => Promise.reject(new Error('none')),
) {
  const asked = vi.fn<Dependencies['describe']['compare']>().mockResolvedValue('job');
  const removed: string[] = [];
  /** What keeps the worker awake. */
  const held = new Set<number>();
  const compare = createCompare({
    presets: { comparing: () => Promise.resolve(preset) } as Dependencies['presets'],
    images: { acquire } as Dependencies['images'],
    storedImages: {
      unpin: () => Promise.resolve(),
      remove: (id: string) => Promise.resolve(void removed.push(id)),
    } as unknown as Dependencies['storedImages'],
    describe: { compare: asked } as unknown as Dependencies['describe'],
    preparePage: () => Promise.resolve(true),
    keepAlive: {
      hold() {
        held.add(held.size);
        return () => held.clear();
      },
    },
  });
  Object.assign(fakeBrowser.action, { setBadgeText: () => Promise.resolve() });
  return { compare, asked, removed, held };
}

const MIXED = [chosen('a', false), chosen('b', true), chosen('c', false), chosen('d', true)];
const idsLeft = async () => (await readTray()).map(({ id }) => id);

it.each([
  [true, ['b', 'd'], ['a', 'c']],
  [false, ['a', 'c'], ['b', 'd']],
])('images of private windows (%s) are asked about by themselves', async (isPrivate, ids, left) => {
  const { compare, asked } = setUp();
  await saveTray(MIXED);
  await compare.chosen(isPrivate);
  expect(asked.mock.lastCall?.[2].images.map(({ id }) => id)).toEqual(ids);
  expect(asked.mock.lastCall?.[1].private ?? false).toBe(isPrivate);
  expect(await idsLeft()).toEqual(left);
});

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

const ON_SCREEN = { url: 'data:,', sent: { route: 'screenshot' } } as const;
const imageAt = (srcUrl: string) => ({ ...image, srcUrl });

it('an image that never comes keeps no other from being chosen', async () => {
  const { compare } = setUp(({ image: { srcUrl } }) =>
    srcUrl.includes('endless') ? new Promise(() => {}) : Promise.resolve(ON_SCREEN),
  );
  void compare.addWithoutCard(7, imageAt('https://pages.example.com/endless.png'));
  await compare.addWithoutCard(7, imageAt('https://pages.example.com/a.png'));
  await compare.addWithoutCard(7, imageAt('https://pages.example.com/b.png'));
  expect((await readTray()).map(({ title }) => title)).toEqual([
    'a.png (pages.example.com)',
    'b.png (pages.example.com)',
  ]);
});

it.each([true, false])(
  'an image on its way ends with the others (private: %s)',
  async (isPrivate) => {
    const { compare, held } = setUp(({ image: { srcUrl } }) =>
      srcUrl.includes('endless') ? new Promise(() => {}) : Promise.resolve(ON_SCREEN),
    );
    const about = { ...imageAt('https://pages.example.com/endless.png'), private: isPrivate };
    const adding = compare.addWithoutCard(7, about).catch((error: unknown) => error);
    await vi.waitFor(() => expect(held.size).toBe(1));
    await compare.remove({ private: !isPrivate });
    expect(held.size).toBe(1);
    await compare.remove({ private: isPrivate });
    expect(await adding).toMatchObject({ code: 'interrupted' });
    expect(held.size).toBe(0);
    expect(await readTray()).toEqual([]);
  },
);

it('two clicks on the same imageAt choose it once, and keep nothing besides', async () => {
  const { compare, removed } = setUp(() => Promise.resolve(ON_SCREEN));
  const about = imageAt('https://pages.example.com/a.png');
  await Promise.all([compare.addWithoutCard(7, about), compare.addWithoutCard(7, about)]);
  expect(await idsLeft()).toHaveLength(1);
  expect(removed).toHaveLength(1);
  expect(removed).not.toContain((await idsLeft())[0]);
});
