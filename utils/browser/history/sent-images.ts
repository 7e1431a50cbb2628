/** Images as they were sent, for unfinished answers: to resume after a restart. */
import * as v from 'valibot';
import { sentSchema } from '../../core/jobs/answer-state';
import type { Job } from '../../core/jobs/job';
import { inDatabase } from './database';

/** The oldest go for newer ones: they are large, and few questions are open at once. */
const MAX_IMAGES = 20;

export const storedImageSchema = v.object({
  /** The job's, or that of an image chosen for comparison. */
  id: v.string(),
  storedAt: v.number(),
  dataUrl: v.string(),
  /** Not to go for newer ones. */
  pinned: v.optional(v.boolean()),
  /** Of a private window: not to be written to disk. */
  private: v.optional(v.boolean()),
  ...v.pick(sentSchema, ['route', 'original', 'partial']).entries,
});
export type StoredImage = v.InferOutput<typeof storedImageSchema>;

/** Under which the images of a job are kept: its own, or those that it compares. */
export function imageIdsOf({ id, images = [] }: Job): string[] {
  return [id, ...images.map((each) => each.id)];
}

/** Keeps an image until its answer is whole. */
export async function saveImage(image: StoredImage): Promise<void> {
  await inDatabase(async (db) => {
    const transaction = db.transaction('images', 'readwrite');
    await transaction.store.put(image);
    const ids = await transaction.store.index('storedAt').getAllKeys();
    const gone = ids.slice(0, Math.max(0, ids.length - MAX_IMAGES));
    await Promise.all(gone.map(async (id) => await transaction.store.delete(id)));
    await transaction.done;
  });
}

export async function readImage(id: string): Promise<StoredImage | undefined> {
  return await inDatabase(async (db) => {
    const result = v.safeParse(storedImageSchema, await db.get('images', id));
    return result.success ? result.output : undefined;
  });
}

export async function removeImage(id: string): Promise<void> {
  await inDatabase(async (db) => await db.delete('images', id));
}
