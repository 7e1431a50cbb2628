/** Stored items, read as what they must be. What a newer Descry stored is neither used nor overwritten. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { AppError, failedAt } from '../../core/errors';

/** What is stored; `unknown` where a newer version stored it, or it does not parse. */
export type Stored<T> =
  { state: 'absent' } | { state: 'known'; value: T } | { state: 'unknown'; raw: unknown };

type Key = `local:${string}` | `session:${string}`;

/** The version of every item of ours. A newer Descry raises it, as WXT's migrations do. */
const VERSION = 1;

export interface StoredItem<T> {
  /** Its place, for a write of several items at once. */
  readonly key: Key;
  read(): Promise<Stored<T>>;
  /** @throws {AppError} `settingsNewer` where what is stored is not understood, else `storageFailed`. */
  write(value: T): Promise<void>;
  /** Puts a value in place of whatever is stored, where the person says so. @throws as `write` */
  replace(value: T): Promise<void>;
  /** Forgets what is stored, whatever it is. */
  remove(): Promise<void>;
  /**
   * Moves here what an earlier version stored under the former key; what is not understood stays.
   *
   * @throws {AppError} `storageFailed`
   */
  takeOverFormer(): Promise<void>;
  /** Calls back after any change, from whichever context. */
  watch(changed: () => void): () => void;
}

/**
 * Declares a stored item. Only one context may write it: see `settings-owner`. Where an earlier
 * version named it otherwise, it is read under that name until it is first written.
 */
export function storedItem<Schema extends v.GenericSchema>(
  key: Key,
  schema: Schema,
  formerKey?: Key,
): StoredItem<v.InferOutput<Schema>> {
  const keys = formerKey === undefined ? [key] : [key, formerKey];
  const read = () => readStored(keys, schema);
  const removeAll = async (all: readonly Key[]) =>
    await storage.removeItems(all.map((each) => ({ key: each, options: { removeMeta: true } })));
  const put = async (value: v.InferOutput<Schema>, meta: { key: Key; value: unknown }[] = []) => {
    const parsed = v.parse(schema, value);
    try {
      await storage.setItems([{ key, value: parsed }, ...meta]);
      // Last: until it is gone, what is stored under the present key counts.
      if (formerKey !== undefined) await removeAll([formerKey]);
    } catch (error) {
      throw new AppError('storageFailed', {}, { cause: error });
    }
  };
  return {
    key,
    read,
    async write(value) {
      if ((await read()).state === 'unknown') throw new AppError('settingsNewer');
      await put(value);
    },
    replace: (value) => put(value, [{ key: `${key}$`, value: { v: VERSION } }]),
    remove: () => removeAll(keys),
    async takeOverFormer() {
      if (formerKey === undefined || (await storage.getItem(formerKey)) === null) return;
      const stored = await read();
      if (stored.state === 'known') await put(stored.value);
    },
    watch: (changed) => storage.watch(key, changed),
  };
}

/** The value where it is known, else what is given in its place. */
export function knownOr<T>(stored: Stored<T>, fallback: T): T {
  return stored.state === 'known' ? stored.value : fallback;
}

/** A stored value; the fallback where there is none, or none that this version understands. */
export async function readOr<Schema extends v.GenericSchema>(
  item: { key: string },
  schema: Schema,
  fallback: () => v.InferOutput<Schema>,
): Promise<v.InferOutput<Schema>> {
  const stored = await readStored([item.key as Key], schema);
  return stored.state === 'known' ? stored.value : fallback();
}

/** What is stored under the first of the keys that has anything. */
async function readStored<Schema extends v.GenericSchema>(
  keys: readonly Key[],
  schema: Schema,
): Promise<Stored<v.InferOutput<Schema>>> {
  // At once: a click that wakes the worker waits for it.
  const items = await storage.getItems(keys.flatMap((each) => [each, `${each}$` as const]));
  const at = (key: string): unknown => items.find((item) => item.key === key)?.value ?? undefined;
  const key = keys.find((each) => at(each) !== undefined);
  if (key === undefined) return { state: 'absent' };
  const raw = at(key);
  if (versionIn(at(`${key}$`)) > VERSION) {
    console.error(`${key} was stored by a newer version`);
    return { state: 'unknown', raw };
  }
  const parsed = v.safeParse(schema, raw);
  if (parsed.success) return { state: 'known', value: parsed.output };
  console.error(`what is stored as ${key} does not parse`, failedAt(parsed.issues));
  return { state: 'unknown', raw };
}

function versionIn(meta: unknown): number {
  const parsed = v.safeParse(v.object({ v: v.number() }), meta);
  return parsed.success ? parsed.output.v : VERSION;
}
