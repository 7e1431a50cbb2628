/** The secrets: API keys by connection, apart from every other item. Never synced, never sent on. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';

const keysSchema = v.record(v.string(), v.string());
const keysItem = storage.defineItem<unknown>('local:keys', { version: 1 });

/** All keys by connection, for requests. Only the background may call this. */
export async function readKeys(): Promise<Readonly<Record<string, string>>> {
  const parsed = v.safeParse(keysSchema, (await keysItem.getValue()) ?? {});
  return parsed.success ? parsed.output : {};
}

/** Whether a connection has a key, for pages that must not see it. */
export async function hasKey(connectionId: string): Promise<boolean> {
  return (await readKeys())[connectionId] !== undefined;
}

/** Stores a key as a person pasted it: white space and line ends around it are dropped. */
export async function saveKey(connectionId: string, key: string): Promise<void> {
  await keysItem.setValue({ ...(await readKeys()), [connectionId]: key.trim() });
}

export async function forgetKey(connectionId: string): Promise<void> {
  const { [connectionId]: _forgotten, ...others } = await readKeys();
  await keysItem.setValue(others);
}

/** Calls back after any change of the keys, from whichever context, without telling them. */
export function watchKeys(changed: () => void): () => void {
  return keysItem.watch(() => changed());
}
