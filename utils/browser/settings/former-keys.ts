/** Keys as earlier versions stored them, in plain text or under a passphrase: taken over once. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { storedKeysSchema, type StoredKeys } from './encrypted-keys';

const PLAIN = 'local:keys';
const LOCKED = 'local:lockedKeys';

const plainSchema = v.record(v.string(), v.unknown());
const lockedSchema = v.object({
  ids: v.unknown(),
  salt: v.unknown(),
  iterations: v.unknown(),
  iv: v.unknown(),
  data: v.unknown(),
});

/** What an earlier version left. */
export interface FormerKeys {
  /** By connection, in plain text; values that are no keys included. */
  plain: Readonly<Record<string, unknown>>;
  /** Under a passphrase, as it is stored now. */
  locked?: StoredKeys;
}

/** The items to read, so that one call to the browser brings them all. */
export const FORMER_ITEMS = [PLAIN, LOCKED] as const;

/**
 * `undefined` where there is nothing, as after the first start; `unreadable` where it is not what
 * those versions wrote.
 */
export function formerKeys(plain: unknown, locked: unknown): FormerKeys | 'unreadable' | undefined {
  if (plain === undefined && locked === undefined) return undefined;
  const record = v.safeParse(plainSchema, plain ?? {});
  if (!record.success) return 'unreadable';
  if (locked === undefined) return { plain: record.output };
  const fields = v.safeParse(lockedSchema, locked);
  if (!fields.success) return 'unreadable';
  const { salt, iterations, ...rest } = fields.output;
  const protection = { kind: 'passphrase', salt, iterations };
  const stored = v.safeParse(storedKeysSchema, { format: 1, ...rest, protection });
  return stored.success ? { plain: record.output, locked: stored.output } : 'unreadable';
}

/** Removes them, with what says of which version they were. */
export async function removeFormerKeys(): Promise<void> {
  await storage.removeItems(FORMER_ITEMS.map((key) => ({ key, options: { removeMeta: true } })));
}
