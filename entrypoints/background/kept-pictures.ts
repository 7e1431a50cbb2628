/** The last pictures as they were sent: to look at again, and to ask about again. */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { createInTurn } from '../../utils/in-turn';
import { sentSchema } from '../../utils/jobs/job';

/**
 * In characters of `data:` URLs, all pictures together. `storage.session` holds 10 MB with the jobs,
 * lies in memory alone, and is read whenever the worker wakes.
 */
const MAX_LENGTH = 3_500_000;

const PREFIX = 'picture:';

const keptSchema = v.object({
  /** The job's, or that of a picture chosen for comparison. */
  id: v.string(),
  keptAt: v.number(),
  dataUrl: v.string(),
  /** Not to go for newer ones. */
  pinned: v.optional(v.boolean()),
  ...v.pick(sentSchema, ['route', 'original', 'partial']).entries,
});
export type KeptPicture = v.InferOutput<typeof keptSchema>;

export interface KeptPictures {
  /** Keeps a picture; the oldest go for it. One that is too large by itself is not kept. */
  keep(picture: Omit<KeptPicture, 'keptAt'>): Promise<void>;
  get(id: string): Promise<KeptPicture | undefined>;
  remove(id: string): Promise<void>;
  /** Lets a pinned picture go when its time comes. */
  unpin(id: string): Promise<void>;
}

/** Opens the store; nothing is read before it is asked for. */
export function openKeptPictures(): KeptPictures {
  const area = browser.storage.session;
  // One after the other: two at once would each count on the same room.
  const inTurn = createInTurn();

  async function put(picture: KeptPicture): Promise<void> {
    const all = Object.values(await area.get())
      .flatMap((value) => parsed(value) ?? [])
      .filter(({ id, pinned }) => id !== picture.id && !pinned)
      .toSorted((a, b) => b.keptAt - a.keptAt);
    let room = MAX_LENGTH - picture.dataUrl.length;
    const gone = all.filter(({ dataUrl }) => (room -= dataUrl.length) < 0);
    if (gone.length > 0) await area.remove(gone.map(({ id }) => PREFIX + id));
    await area.set({ [PREFIX + picture.id]: picture });
  }

  function keep(picture: Omit<KeptPicture, 'keptAt'>): Promise<void> {
    if (picture.dataUrl.length > MAX_LENGTH) return Promise.resolve();
    return inTurn(() => put({ ...picture, keptAt: Date.now() })).catch((error: unknown) =>
      console.warn('picture not kept', error),
    );
  }

  async function get(id: string): Promise<KeptPicture | undefined> {
    return await inTurn(async () => parsed((await area.get(PREFIX + id))[PREFIX + id]));
  }

  return {
    keep,
    get,
    async remove(id) {
      await area.remove(PREFIX + id);
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
  const result = v.safeParse(keptSchema, value);
  return result.success ? result.output : undefined;
}
