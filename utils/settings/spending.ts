/** What each connection has used, by month. Counts alone: no picture, no word, no site. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { createInTurn } from '../in-turn';
import type { Usage } from '../jobs/job';
import { readOr } from './stored-item';

const monthSchema = v.object({
  answers: v.number(),
  inputTokens: v.number(),
  outputTokens: v.number(),
  /** In US dollars. */
  cost: v.number(),
  /** Answers whose cost nobody knows. */
  unpriced: v.number(),
});
export type MonthSpending = v.InferOutput<typeof monthSchema>;

/** By connection, then by month: `2026-11`. */
const spendingSchema = v.record(v.string(), v.record(v.string(), monthSchema));
export type Spending = v.InferOutput<typeof spendingSchema>;

const spendingItem = storage.defineItem<unknown>('local:spending', { version: 1 });
const NONE: MonthSpending = {
  answers: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  unpriced: 0,
};
const inTurn = createInTurn();

export async function readSpending(): Promise<Spending> {
  return await readOr(spendingItem, spendingSchema, () => ({}));
}

/** What a connection has used in a month. */
export function spentIn(spending: Spending, connectionId: string, month: string): MonthSpending {
  return spending[connectionId]?.[month] ?? NONE;
}

/** Adds an answer to its month. */
export async function addSpending(
  connectionId: string,
  month: string,
  usage: Usage | undefined,
): Promise<void> {
  await inTurn(async () => {
    const before = await readSpending();
    const so = spentIn(before, connectionId, month);
    const after: MonthSpending = {
      answers: so.answers + 1,
      inputTokens: so.inputTokens + (usage?.inputTokens ?? 0),
      outputTokens: so.outputTokens + (usage?.outputTokens ?? 0),
      cost: so.cost + (usage?.cost ?? 0),
      unpriced: so.unpriced + (usage?.cost === undefined ? 1 : 0),
    };
    const months = { ...before[connectionId], [month]: after };
    await spendingItem.setValue({ ...before, [connectionId]: months });
  });
}

/** Forgets what a connection has used. */
export async function forgetSpending(connectionId: string): Promise<void> {
  await inTurn(async () => {
    const { [connectionId]: _forgotten, ...others } = await readSpending();
    await spendingItem.setValue(others);
  });
}

/** Calls back after any change, from whichever context. */
export function watchSpending(changed: () => void): () => void {
  return spendingItem.watch(changed);
}

/** The month of a moment, by the person's own clock: `2026-11`. */
export function monthOf(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}
