/** The last images as they were sent: to look at again, and to ask about again. */
import pLimit from 'p-limit';
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { once } from '../../../utils/core/loaded-later';
import { storedImageSchema, type StoredImage } from '../../../utils/browser/history/stored-image';
import type { Journal } from '../jobs/journal';

/**
 * In characters of `data:` URLs, all images together. `storage.session` holds 10 MB with the jobs,
 * lies in memory alone, and is read whenever the worker wakes.
 */
const MAX_LENGTH = 3_500_000;

const PREFIX = 'image:';

/** What decides whether an image goes for newer ones. */
interface StoredFacts extends Pick<StoredImage, 'storedAt' | 'pinned'> {
  length: number;
}

export interface StoredImages {
  /** Stores an image, removing the oldest ones to make room. One larger than all the room is not stored. */
  keep(image: Omit<StoredImage, 'storedAt'>): Promise<void>;
  /** An image kept in this session, else the one on disk that an answer waits for. */
  get(id: string): Promise<StoredImage | undefined>;
  /** Lets an image go, here and on disk. */
  remove(id: string): Promise<void>;
  /** Lets all go that are not pinned. */
  makeRoom(): Promise<void>;
  /** Lets a pinned image go when its time comes. */
  unpin(id: string): Promise<void>;
}

/** Opens the store; nothing is read before it is asked for. */
export function openStoredImages(
  journal: Pick<Journal, 'storeImage' | 'image' | 'remove'>,
): StoredImages {
  const area = browser.storage.session;
  // One after the other: two at once would each count on the same room.
  const queue = pLimit(1);
  /** What is stored, by id, once it was read: megabytes, which not every image is to wait for. */
  const facts = once(async () => {
    const images = Object.values(await area.get()).flatMap((value) => parsed(value) ?? []);
    return new Map<string, StoredFacts>(images.map((image) => [image.id, factsOf(image)]));
  });

  /** Newest first. */
  async function unpinned(): Promise<[id: string, StoredFacts][]> {
    return [...(await facts())]
      .filter(([, { pinned }]) => !pinned)
      .toSorted(([, a], [, b]) => b.storedAt - a.storedAt);
  }

  async function removeFromSession(ids: readonly string[]): Promise<void> {
    await area.remove(ids.map((id) => PREFIX + id));
    const all = await facts();
    for (const id of ids) all.delete(id);
  }

  async function put(image: StoredImage): Promise<void> {
    const others = (await unpinned()).filter(([id]) => id !== image.id);
    let room = MAX_LENGTH - image.dataUrl.length;
    const gone = others.filter(([, { length }]) => (room -= length) < 0);
    if (gone.length > 0) await removeFromSession(gone.map(([id]) => id));
    await area.set({ [PREFIX + image.id]: image });
    (await facts()).set(image.id, factsOf(image));
  }

  function keep(image: Omit<StoredImage, 'storedAt'>): Promise<void> {
    if (image.dataUrl.length > MAX_LENGTH) return Promise.resolve();
    return queue(async () => {
      const stored = { ...image, storedAt: Date.now() };
      void journal.storeImage(stored);
      await put(stored);
    }).catch((error: unknown) => console.warn('image not kept', error));
  }

  async function get(id: string): Promise<StoredImage | undefined> {
    const here = await queue(async () => parsed((await area.get(PREFIX + id))[PREFIX + id]));
    return here ?? (await journal.image(id));
  }

  return {
    keep,
    get,
    async remove(id) {
      await queue(async () => await removeFromSession([id]));
      await journal.remove([id]);
    },
    async makeRoom() {
      await queue(async () => {
        await removeFromSession((await unpinned()).map(([id]) => id));
      });
    },
    async unpin(id) {
      const image = await get(id);
      if (!image?.pinned) return;
      const { pinned: _pinned, ...rest } = image;
      await keep(rest);
    },
  };
}

function factsOf({ storedAt, pinned, dataUrl }: StoredImage): StoredFacts {
  return { storedAt, pinned, length: dataUrl.length };
}

function parsed(value: unknown): StoredImage | undefined {
  const result = v.safeParse(storedImageSchema, value);
  return result.success ? result.output : undefined;
}
