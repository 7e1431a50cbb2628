import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createCompare } from '../../../entrypoints/background/compare';
import { saveTray } from '../../../utils/jobs/compare-tray';
import { DONE } from '../../fixtures/job-states';
import { jobIn } from '../../fixtures/jobs';

beforeEach(() => fakeBrowser.reset());

const { image, preset } = jobIn(DONE);

type Parts = Parameters<typeof createCompare>[0];

it.each([
  ['private', [true, false]],
  ['private', [false, true]],
  ['no private', [false, false]],
] as const)('pictures of which one is private are a %s question together: %j', async (_, each) => {
  const asked = vi.fn<Parts['describe']['compare']>().mockResolvedValue('job');
  const compare = createCompare({
    presets: { comparing: () => Promise.resolve(preset) } as Parts['presets'],
    images: {} as Parts['images'],
    kept: { unpin: () => Promise.resolve() } as unknown as Parts['kept'],
    describe: { compare: asked } as unknown as Parts['describe'],
    preparePage: () => Promise.resolve(true),
  });
  Object.assign(fakeBrowser.action, { setBadgeText: () => Promise.resolve() });
  await saveTray(
    each.map((isPrivate, at) => ({
      id: `${at}`,
      title: 'A',
      tabId: 7,
      image: { ...image, private: isPrivate },
    })),
  );
  await compare.chosen();
  expect(asked.mock.lastCall?.[1].private).toBe(each.some(Boolean));
});
