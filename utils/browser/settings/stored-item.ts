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
  /** Calls back after any change, from whichever context. */
  watch(changed: () => void): () => void;
}

/** Declares a stored item. Only one context may write it: see `settings-owner`. */
export function storedItem<Schema extends v.GenericSchema>(
  key: Key,
  schema: Schema,
): StoredItem<v.InferOutput<Schema>> {
  const read = () => readStored(key, schema);
  const put = async (value: v.InferOutput<Schema>, meta: { key: Key; value: unknown }[] = []) => {
    const parsed = v.parse(schema, value);
    try {
      await storage.setItems([{ key, value: parsed }, ...meta]);
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
    remove: () => storage.removeItem(key, { removeMeta: true }),
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
  const stored = await readStored(item.key as Key, schema);
  return stored.state === 'known' ? stored.value : fallback();
}

async function readStored<Schema extends v.GenericSchema>(
  key: Key,
  schema: Schema,
): Promise<Stored<v.InferOutput<Schema>>> {
  // At once: a click that wakes the worker waits for it.
  const [item, meta] = await storage.getItems([key, `${key}$`]);
  const raw: unknown = item?.value;
  if (raw === null || raw === undefined) return { state: 'absent' };
  if (versionIn(meta?.value) > VERSION) {
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
