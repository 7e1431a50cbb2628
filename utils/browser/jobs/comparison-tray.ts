/** The images chosen for comparison, until they are compared or the browser is closed. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { readOr } from '../settings/stored-item';
import { comparedSchema } from '../../core/jobs/job';
import { imageSchema } from '../../core/jobs/job-image';

/** Fewer are no comparison; more would not fit into the session's storage, nor into a request. */
export const COMPARE_RANGE = [2, 8] as const;

const chosenSchema = v.object({ ...comparedSchema.entries, image: imageSchema, tabId: v.number() });
export type ChosenImage = v.InferOutput<typeof chosenSchema>;

const traySchema = v.pipe(v.array(chosenSchema), v.maxLength(2 * COMPARE_RANGE[1]));
const trayItem = storage.defineItem<unknown>('session:comparisonTray', { version: 1 });

/** All of them, of private windows and of others, in the order they were chosen, which is that of their numbers. */
export async function readTray(): Promise<ChosenImage[]> {
  return await readOr(trayItem, traySchema, () => []);
}

/** What may be seen, and compared, in a window: private ones in private windows alone, and vice versa. */
export function inWindows(
  images: readonly ChosenImage[],
  isPrivate = false,
): readonly ChosenImage[] {
  return images.filter(({ image }) => (image.private ?? false) === isPrivate);
}

export async function saveTray(images: readonly ChosenImage[]): Promise<void> {
  await trayItem.setValue(v.parse(traySchema, images));
}

/** Calls back after any change, from whichever context. */
export function watchTray(changed: () => void): () => void {
  return trayItem.watch(changed);
}
