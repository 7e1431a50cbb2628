/** Images as they were sent, for unfinished answers: to resume after a restart. */
import * as v from 'valibot';
import { inDatabase } from './database';
import { storedImageSchema, type StoredImage } from './stored-image';

/** The oldest go for newer ones: they are large, and few questions are open at once. */
const MAX_IMAGES = 20;

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
