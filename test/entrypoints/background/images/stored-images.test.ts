import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openStoredImages } from '../../../../entrypoints/background/images/stored-images';
import type { StoredImage } from '../../../../utils/browser/history/stored-image';

beforeEach(() => fakeBrowser.reset());

/** A journal that writes nothing. */
const journal = {
  storeImage: () => Promise.resolve(),
  image: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(),
};

const image = (id: string, length: number) => ({
  id,
  route: 'page' as const,
  dataUrl: `data:image/png;base64,${'A'.repeat(length)}`,
});

it('keeps an image until it is removed, also for the next worker', async () => {
  await openStoredImages(journal).keep(image('a', 100));
  const later = openStoredImages(journal);
  expect(await later.get('a')).toMatchObject({ id: 'a', route: 'page' });
  await later.remove('a');
  expect(await later.get('a')).toBeUndefined();
});

it('lets the oldest go where the room ends, whoever comes at once', async () => {
  const kept = openStoredImages(journal);
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => kept.keep(image(id, 900_000))));
  expect(await kept.get('a')).toBeUndefined();
  expect(await kept.get('b')).toBeDefined();
  expect(await kept.get('d')).toBeDefined();
});

it('keeps what was there rather than one that is too large by itself', async () => {
  const kept = openStoredImages(journal);
  await kept.keep(image('a', 100));
  await kept.keep(image('b', 4_000_000));
  expect(await kept.get('a')).toBeDefined();
  expect(await kept.get('b')).toBeUndefined();
});

it('replaces the image of a job, and reads nothing that is none', async () => {
  const kept = openStoredImages(journal);
  await kept.keep(image('a', 100));
  await kept.keep({ ...image('a', 100), route: 'screenshot' });
  expect(await kept.get('a')).toMatchObject({ route: 'screenshot' });
  await fakeBrowser.storage.session.set({ 'image:b': { nonsense: true } });
  expect(await kept.get('b')).toBeUndefined();
});

it('reads all that is stored once, not with every image, which then would wait for megabytes', async () => {
  const kept = openStoredImages(journal);
  const get = vi.spyOn(fakeBrowser.storage.session, 'get');
  for (const id of ['a', 'b', 'c']) await kept.keep(image(id, 100));
  expect(get).toHaveBeenCalledOnce();
  get.mockRestore();
});

it('keeps a pinned image however many come after it, until it is let go', async () => {
  const kept = openStoredImages(journal);
  await kept.keep({ ...image('a', 900_000), pinned: true });
  const many = ['b', 'c', 'd', 'e', 'f'];
  for (const id of many) await kept.keep(image(id, 900_000));
  expect(await kept.get('a')).toBeDefined();
  await kept.unpin('a');
  expect(await kept.get('a')).not.toHaveProperty('pinned');
  for (const id of many) await kept.keep(image(id, 900_000));
  expect(await kept.get('a')).toBeUndefined();
});

describe('on disk', () => {
  function withDisk() {
    const disk = new Map<string, StoredImage>();
    const onDisk = {
      storeImage: (one: StoredImage) => Promise.resolve(void disk.set(one.id, one)),
      image: (id: string) => Promise.resolve(disk.get(id)),
      remove: (ids: readonly string[]) => Promise.resolve(ids.forEach((id) => disk.delete(id))),
    };
    return { kept: openStoredImages(onDisk), disk };
  }

  it('an image is there for the next session', async () => {
    const { kept } = withDisk();
    await kept.keep(image('a', 100));
    await fakeBrowser.storage.session.clear();
    expect(await kept.get('a')).toMatchObject({ id: 'a', route: 'page' });
  });

  it('nothing is left of one that is removed', async () => {
    const { kept, disk } = withDisk();
    await Promise.all([kept.keep(image('a', 100)), kept.remove('a')]);
    expect(disk.size).toBe(0);
    expect(await kept.get('a')).toBeUndefined();
  });

  it('one stays that had to go for a job, and a pinned one goes for none', async () => {
    const { kept } = withDisk();
    await kept.keep(image('a', 100));
    await kept.keep({ ...image('b', 100), pinned: true });
    await kept.makeRoom();
    expect(Object.keys(await fakeBrowser.storage.session.get())).toEqual(['image:b']);
    expect(await kept.get('a')).toMatchObject({ id: 'a' });
  });
});
