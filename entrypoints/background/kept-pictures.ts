/** The last pictures as they were sent: to look at again, and to ask about again. */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { keptPictureSchema, type KeptPicture } from '../../utils/history/sent-pictures';
import { createInTurn } from '../../utils/in-turn';
import type { Journal } from './journal';

/**
 * In characters of `data:` URLs, all pictures together. `storage.session` holds 10 MB with the jobs,
 * lies in memory alone, and is read whenever the worker wakes.
 */
const MAX_LENGTH = 3_500_000;

const PREFIX = 'picture:';

export interface KeptPictures {
  /** Keeps a picture; the oldest go for it. One that is too large by itself is not kept. */
  keep(picture: Omit<KeptPicture, 'keptAt'>): Promise<void>;
  /** A picture kept in this session, else the one on disk that an answer waits for. */
  get(id: string): Promise<KeptPicture | undefined>;
  /** Lets a picture go, here and on disk. */
  remove(id: string): Promise<void>;
  /** Lets all go that are not pinned. */
  makeRoom(): Promise<void>;
  /** Lets a pinned picture go when its time comes. */
  unpin(id: string): Promise<void>;
}

/** Opens the store; nothing is read before it is asked for. */
export function openKeptPictures(
  journal: Pick<Journal, 'keepPicture' | 'picture' | 'remove'>,
): KeptPictures {
  const area = browser.storage.session;
  // One after the other: two at once would each count on the same room.
  const inTurn = createInTurn();

  /** Newest first. */
  async function unpinned(): Promise<KeptPicture[]> {
    return Object.values(await area.get())
      .flatMap((value) => parsed(value) ?? [])
      .filter(({ pinned }) => !pinned)
      .toSorted((a, b) => b.keptAt - a.keptAt);
  }

  async function put(picture: KeptPicture): Promise<void> {
    const all = (await unpinned()).filter(({ id }) => id !== picture.id);
    let room = MAX_LENGTH - picture.dataUrl.length;
    const gone = all.filter(({ dataUrl }) => (room -= dataUrl.length) < 0);
    if (gone.length > 0) await area.remove(gone.map(({ id }) => PREFIX + id));
    await area.set({ [PREFIX + picture.id]: picture });
  }

  function keep(picture: Omit<KeptPicture, 'keptAt'>): Promise<void> {
    if (picture.dataUrl.length > MAX_LENGTH) return Promise.resolve();
    return inTurn(async () => {
      const kept = { ...picture, keptAt: Date.now() };
      void journal.keepPicture(kept);
      await put(kept);
    }).catch((error: unknown) => console.warn('picture not kept', error));
  }

  async function get(id: string): Promise<KeptPicture | undefined> {
    const here = await inTurn(async () => parsed((await area.get(PREFIX + id))[PREFIX + id]));
    return here ?? (await journal.picture(id));
  }

  return {
    keep,
    get,
    async remove(id) {
      await inTurn(async () => await area.remove(PREFIX + id));
      await journal.remove([id]);
    },
    async makeRoom() {
      await inTurn(async () => {
        await area.remove((await unpinned()).map(({ id }) => PREFIX + id));
      });
    },
    async unpin(id) {
      const picture = await get(id);
      if (!picture?.pinned) return;
      const { pinned: _pinned, ...rest } = picture;
      await keep(rest);
    },
  };
}

function parsed(value: unknown): KeptPicture | undefined {
  const result = v.safeParse(keptPictureSchema, value);
  return result.success ? result.output : undefined;
}
