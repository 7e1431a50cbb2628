/**
 * What each connection has used, by month, and what requests under way may use at most. Counts
 * alone: no image, no word, no site.
 */
import pLimit from 'p-limit';
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { AppError } from '../../core/errors';
import type { Usage } from '../../core/jobs/answer-state';
import { knownOr, storedItem } from './stored-item';

/** Neither NaN, nor infinite, nor negative: any of these would disable every monthly limit. */
const countSchema = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Loose, as all here: what a newer version added stays when this one counts on. */
const monthSchema = v.looseObject({
  answers: countSchema,
  inputTokens: countSchema,
  outputTokens: countSchema,
  /** In US dollars. */
  cost: countSchema,
  /** Answers whose cost is not known. */
  unpriced: countSchema,
});
export type MonthSpending = v.InferOutput<typeof monthSchema>;

/** By connection, then by month: `2026-11`. */
const spendingSchema = v.record(v.string(), v.record(v.string(), monthSchema));
export type Spending = v.InferOutput<typeof spendingSchema>;

const usageSchema = v.looseObject({
  inputTokens: countSchema,
  outputTokens: countSchema,
  cost: v.optional(countSchema),
});

/** A request that is under way, or whose background died with it. */
const holdSchema = v.looseObject({
  id: v.string(),
  connectionId: v.string(),
  month: v.string(),
  /** The most that it can use; none where its price is not known. */
  most: v.optional(usageSchema),
  /** Which life of the background wrote it: from its start to its end, however it ends. */
  life: v.string(),
});
export type Hold = v.InferOutput<typeof holdSchema>;

interface HoldRequest extends Pick<Hold, 'connectionId' | 'month' | 'life'> {
  most: Usage | undefined;
  /** The cap of the connection for a month, in US dollars. */
  cap: number | undefined;
}

interface SpendingRecord {
  spending: Spending;
  holds: Hold[];
}

const spendingItem = storedItem('local:spending', spendingSchema);
const holdsItem = storedItem('local:spendingHolds', v.array(holdSchema));
const ITEMS = [spendingItem, holdsItem] as const;
const NONE: MonthSpending = {
  answers: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  unpriced: 0,
};

/** Of several requests at once, each looks at the cap when the one before is written down. */
const oneAtATime = pLimit(1);

export async function readSpending(): Promise<Spending> {
  return knownOr(await spendingItem.read(), {});
}

/** What a connection has used in a month. */
export function spentIn(spending: Spending, connectionId: string, month: string): MonthSpending {
  return spending[connectionId]?.[month] ?? NONE;
}

/**
 * Writes down what a request can cost at most. Whoever makes the request settles or releases the
 * hold when it ends, and waits for this before it leaves where there is a cap.
 *
 * @throws {AppError} `capReached`, `spendingUnreadable`, `storageFailed`
 */
export async function holdSpending({ cap, most, ...request }: HoldRequest): Promise<Hold> {
  return await oneAtATime(async () => {
    const record = await readRecord();
    if (!record) throw new AppError('spendingUnreadable');
    const usage = soundOf(most);
    const hold = { ...request, id: crypto.randomUUID(), ...(usage ? { most: usage } : {}) };
    if (cap !== undefined && passes(record, hold, cap)) throw new AppError('capReached');
    try {
      await storage.setItem(holdsItem.key, [...record.holds, hold]);
    } catch (error) {
      throw new AppError('storageFailed', {}, { cause: error });
    }
    return hold;
  });
}

/** Counts the answer to a request: as it was counted, else as the most that it can have used. */
export async function settleHold({ id }: Hold, usage: Usage | undefined): Promise<void> {
  await change(({ spending, holds }) => {
    // It may be gone with its connection, or settled by the background after this one.
    const hold = holds.find((each) => each.id === id);
    return {
      spending: hold ? withAnswer(spending, hold, soundOf(usage) ?? hold.most) : spending,
      holds: holds.filter((each) => each !== hold),
    };
  });
}

/** Forgets a request for which no server has worked. */
export async function releaseHold({ id }: Hold): Promise<void> {
  await change(({ spending, holds }) => ({
    spending,
    holds: holds.filter((each) => each.id !== id),
  }));
}

/**
 * Counts what backgrounds that have died left, as the most that it can have cost: nobody knows how
 * far those answers came. Only one background lives at a time.
 */
export async function settleHoldsOfOthers(life: string): Promise<void> {
  await change(({ spending, holds }) => ({
    spending: holds
      .filter((hold) => hold.life !== life)
      .reduce((soFar, hold) => withAnswer(soFar, hold, hold.most), spending),
    holds: holds.filter((hold) => hold.life === life),
  }));
}

/** Forgets what a connection has used. */
export async function forgetSpending(connectionId: string): Promise<void> {
  await change(({ spending, holds }) => {
    const { [connectionId]: _forgotten, ...others } = spending;
    return { spending: others, holds: holds.filter((hold) => hold.connectionId !== connectionId) };
  });
}

/** Whether something is stored of spending that this version does not understand. */
export async function isSpendingUnknown(): Promise<boolean> {
  const stored = await Promise.all(ITEMS.map((item) => item.read()));
  return stored.some(({ state }) => state === 'unknown');
}

/** Forgets what this version does not understand of spending: caps then count without it. */
export async function discardUnknownSpending(): Promise<void> {
  await oneAtATime(async () => {
    for (const item of ITEMS) if ((await item.read()).state === 'unknown') await item.remove();
  });
}

/** Calls back after any change, from whichever context. */
export function watchSpending(changed: () => void): () => void {
  const ends = ITEMS.map((item) => item.watch(changed));
  return () => {
    for (const end of ends) end();
  };
}

/** `undefined` where what is stored is not understood: a newer Descry may have written it. */
async function readRecord(): Promise<SpendingRecord | undefined> {
  const [spending, holds] = await Promise.all([spendingItem.read(), holdsItem.read()]);
  if (spending.state === 'unknown' || holds.state === 'unknown') return undefined;
  return { spending: knownOr(spending, {}), holds: knownOr(holds, []) };
}

/** Both in one write: a death between two would count an answer twice, or never. */
async function change(next: (record: SpendingRecord) => SpendingRecord): Promise<void> {
  await oneAtATime(async () => {
    const record = await readRecord();
    // What cannot be read is left as it is.
    if (!record) return;
    const { spending, holds } = next(record);
    if (spending === record.spending && holds.length === record.holds.length) return;
    await storage.setItems([
      { key: spendingItem.key, value: spending },
      { key: holdsItem.key, value: holds },
    ]);
  });
}

function passes({ spending, holds }: SpendingRecord, next: Hold, cap: number): boolean {
  const { cost } = spentIn(spending, next.connectionId, next.month);
  const underWay = holds.filter(
    ({ connectionId, month }) => connectionId === next.connectionId && month === next.month,
  );
  const most = [...underWay, next].reduce((sum, hold) => sum + (hold.most?.cost ?? 0), cost);
  // Where no price is known, it stops once the cap is reached, and not before.
  return most > cap || cost >= cap;
}

function withAnswer(spending: Spending, hold: Hold, usage: Hold['most']): Spending {
  const { connectionId, month } = hold;
  const before = spentIn(spending, connectionId, month);
  const after: MonthSpending = {
    ...before,
    answers: before.answers + 1,
    inputTokens: before.inputTokens + (usage?.inputTokens ?? 0),
    outputTokens: before.outputTokens + (usage?.outputTokens ?? 0),
    cost: before.cost + (usage?.cost ?? 0),
    unpriced: before.unpriced + (usage?.cost === undefined ? 1 : 0),
  };
  return { ...spending, [connectionId]: { ...spending[connectionId], [month]: after } };
}

/** A count that can be one. */
function soundOf(usage: Usage | undefined): Hold['most'] {
  const parsed = v.safeParse(v.optional(usageSchema), usage);
  return parsed.success ? parsed.output : undefined;
}
