/** How long the history is kept, as the person chose it. */
import * as v from 'valibot';
import { storedItem } from '../settings/stored-item';

const wholeNumber = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** The least and the most that can be chosen. */
export const DAYS_RANGE = [1, 3_650] as const;
export const ENTRIES_RANGE = [1, 100_000] as const;

export const retentionSchema = v.variant('kind', [
  v.object({ kind: v.literal('days'), days: wholeNumber(...DAYS_RANGE) }),
  v.object({ kind: v.literal('entries'), entries: wholeNumber(...ENTRIES_RANGE) }),
  /** Nothing is written. */
  v.object({ kind: v.literal('nothing') }),
]);
export type RetentionChoice = v.InferOutput<typeof retentionSchema>;

/** As it is in force: where a newer Descry stored the choice, everything is kept. */
export type Retention = RetentionChoice | { kind: 'unknown' };

const DAY_MS = 24 * 60 * 60_000;

/** The moment before which nothing is kept; `undefined` where no moment decides. */
export function retainedSince(retention: Retention, now: number): number | undefined {
  return retention.kind === 'days' ? now - retention.days * DAY_MS : undefined;
}

/** As long as Chrome keeps the pages that were visited. */
const USUAL: RetentionChoice = { kind: 'days', days: 90 };

const retentionItem = storedItem('local:historyRetention', retentionSchema, 'local:historyKeeping');

export async function readRetention(): Promise<Retention> {
  const stored = await retentionItem.read();
  switch (stored.state) {
    case 'known':
      return stored.value;
    case 'absent':
      return USUAL;
    case 'unknown':
      return { kind: 'unknown' };
  }
}

/**
 * Keeps the choice; the background forgets what outlives it.
 *
 * @throws {AppError} `settingsNewer` where a newer Descry stored the choice before, and the person
 *   has not said that it goes.
 */
export async function saveRetention(
  retention: RetentionChoice,
  { replacesUnknown = false } = {},
): Promise<void> {
  await (replacesUnknown ? retentionItem.replace(retention) : retentionItem.write(retention));
}

/**
 * Takes over the choice as an earlier version stored it. Call it when the background starts.
 *
 * @throws {AppError} `storageFailed`
 */
export async function takeOverRetention(): Promise<void> {
  await retentionItem.takeOverFormer();
}

/** Calls back after any change, from whichever context. */
export function watchRetention(changed: () => void): () => void {
  return retentionItem.watch(changed);
}
