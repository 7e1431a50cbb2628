/** How long the history is kept, as the person chose it. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { readOr } from '../settings/stored-item';

const wholeNumber = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** The least and the most that can be chosen. */
export const DAYS_RANGE = [1, 3_650] as const;
export const ENTRIES_RANGE = [1, 100_000] as const;

export const keepingSchema = v.variant('kind', [
  v.object({ kind: v.literal('days'), days: wholeNumber(...DAYS_RANGE) }),
  v.object({ kind: v.literal('entries'), entries: wholeNumber(...ENTRIES_RANGE) }),
  /** Nothing is written. */
  v.object({ kind: v.literal('nothing') }),
]);
export type Keeping = v.InferOutput<typeof keepingSchema>;

const DAY_MS = 24 * 60 * 60_000;

/** The moment before which nothing is kept; `undefined` where no moment decides. */
export function keptSince(keeping: Keeping, now: number): number | undefined {
  return keeping.kind === 'days' ? now - keeping.days * DAY_MS : undefined;
}

/** As long as Chrome keeps the pages that were visited. */
const USUAL: Keeping = { kind: 'days', days: 90 };

const keepingItem = storage.defineItem<unknown>('local:historyKeeping', { version: 1 });

export async function readKeeping(): Promise<Keeping> {
  return await readOr(keepingItem, keepingSchema, () => USUAL);
}

/** Keeps the choice; the background forgets what outlives it. */
export async function saveKeeping(keeping: Keeping): Promise<void> {
  await keepingItem.setValue(v.parse(keepingSchema, keeping));
}

/** Calls back after any change, from whichever context. */
export function watchKeeping(changed: () => void): () => void {
  return keepingItem.watch(changed);
}
