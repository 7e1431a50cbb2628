/** The secrets: API keys by connection, encrypted, apart from every other item. Never synced, never sent on. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { cipherOf, decryptKeys, deriveSecret, type Keys, type StoredKeys } from './encrypted-keys';
import {
  closeKeys,
  decryptStored,
  keepOpen,
  oneAtATime,
  readDisk,
  readOpen,
  readToChange,
  readUnlockedSalt,
  readWritable,
  removeStored,
  secretFor,
  separateKeys,
  storedItem,
  sweepDeviceKeys,
  takeOverFormer,
  writeKeys,
} from './key-store';
import { cleanKey } from './pasted-key';

/**
 * When they were last locked or unlocked, to be watched: whoever watches the session's storage is
 * told of every word of every answer, which costs a click four milliseconds.
 */
const turnedItem = storage.defineItem<number>('local:keysTurnedAt', { version: 1 });

/**
 * `unprotected` without a passphrase; `locked` until it is entered; `unreadable` where what is
 * stored is not of this version.
 */
export type KeyState = 'unprotected' | 'locked' | 'unlocked' | 'unreadable';

/**
 * All keys by connection, for requests; none while they are locked. Only the background may call this.
 *
 * @throws {AppError} `storageFailed`
 */
export async function readKeys(): Promise<Keys> {
  // Side by side: a click that wakes the worker waits for this.
  const [{ stored, former }, open] = await Promise.all([readDisk(), readOpen()]);
  if (former === undefined) {
    if (stored === undefined || stored === 'unreadable') return {};
    if (open?.iv === stored.iv) return open.keys;
    if (stored.protection.kind === 'passphrase' && !secretFor(stored, open)) return {};
  }
  return await oneAtATime(async () => {
    await takeOverFormer();
    return (await decryptStored())?.keys ?? {};
  });
}

/** Whether there is a passphrase, and whether it has been entered. Reads no key. */
export async function keyState(): Promise<KeyState> {
  const [{ stored, former }, salt] = await Promise.all([readDisk(), readUnlockedSalt()]);
  if (stored === 'unreadable' || former === 'unreadable') return 'unreadable';
  if (stored?.protection.kind !== 'passphrase') return 'unprotected';
  return stored.protection.salt === salt ? 'unlocked' : 'locked';
}

/** Which connections have a key, locked or not, for pages that must not see it. */
export async function keyedConnections(): Promise<ReadonlySet<string>> {
  // Of a newer version, too, so that no page says there were none.
  const parsed = v.safeParse(v.object({ ids: v.array(v.string()) }), await storedItem.getValue());
  return new Set(parsed.success ? parsed.output.ids : []);
}

/** Whether keys were stored in plain text before, and the person has not yet been told. */
export async function wereOncePlain(): Promise<boolean> {
  const { stored } = await readDisk();
  return stored !== 'unreadable' && stored?.oncePlain === true;
}

/** The person has been told that. */
export async function setOncePlainTold(): Promise<void> {
  await oneAtATime(async () => {
    const stored = await readWritable();
    if (!stored) return;
    const { oncePlain: _told, ...rest } = stored;
    await storedItem.setValue(rest);
  });
}

/**
 * Takes over what earlier versions have stored, and deletes device keys that a change which was cut
 * short has left. Call it when the background starts.
 *
 * @throws {AppError} `storageFailed`
 */
export async function prepareKeys(): Promise<void> {
  await oneAtATime(async () => {
    await takeOverFormer();
    await sweepDeviceKeys();
  });
}

/**
 * Whether a key can be saved, for a change that is made of more than the key.
 *
 * @throws {AppError} `keysLocked`, `keysUnreadable` or `storageFailed`
 */
export async function checkWritable(): Promise<void> {
  await oneAtATime(async () => {
    await takeOverFormer();
    await readToChange();
  });
}

/**
 * Stores a key as a person pasted it: what cannot belong to a key is dropped.
 *
 * @throws {AppError} `keysLocked`, `keysUnreadable` or `storageFailed`; what was stored stays.
 */
export async function saveKey(connectionId: string, key: string): Promise<void> {
  await change((keys) => ({ ...keys, [connectionId]: cleanKey(key) }));
}

/**
 * Forgets one key, locked or not. One that format 1 holds, locked, in one ciphertext with others is no
 * connection's any more, and gone when they are unlocked.
 *
 * @throws {AppError} `keysUnreadable` or `storageFailed`
 */
export async function forgetKey(connectionId: string): Promise<void> {
  if (!(await keyedConnections()).has(connectionId)) return;
  await change(
    ({ [connectionId]: _forgotten, ...others }) => others,
    async (stored) => {
      const ids = stored.ids.filter((id) => id !== connectionId);
      const { [connectionId]: _forgotten, ...keys } = stored.keys;
      await storedItem.setValue({ ...stored, ids, keys });
    },
  );
}

/** Forgets every key, and the passphrase with them; it needs none, and takes what cannot be read. */
export async function forgetAllKeys(): Promise<void> {
  await oneAtATime(removeStored);
  await turnedItem.removeValue();
}

/**
 * Puts all keys under a passphrase, also in place of another one.
 *
 * @throws {AppError} `keysLocked`, `keysUnreadable` or `storageFailed`
 */
export async function setPassphrase(passphrase: string): Promise<void> {
  const secret = await deriveSecret(passphrase);
  await oneAtATime(async () => {
    await takeOverFormer();
    await writeKeys(await readToChange(), secret);
  });
}

/**
 * Puts the keys under a device key from now on.
 *
 * @throws {AppError} `keysLocked`, `keysUnreadable` or `storageFailed`
 */
export async function removePassphrase(): Promise<void> {
  await oneAtATime(async () => {
    await takeOverFormer();
    await writeKeys(await readToChange());
  });
}

/** Opens the keys until the browser ends; false for another passphrase. */
export async function unlockKeys(passphrase: string): Promise<boolean> {
  return await oneAtATime(async () => {
    await takeOverFormer();
    const { stored } = await readDisk();
    if (stored === 'unreadable' || stored?.protection.kind !== 'passphrase') return true;
    const secret = await deriveSecret(passphrase, stored.protection);
    const opened = await decryptKeys(stored, (await cipherOf(secret)).key);
    if (!opened) return false;
    await keepOpen(stored, opened.keys, secret);
    await separateKeys(stored);
    await turnedItem.setValue(Date.now());
    return true;
  });
}

export async function lockKeys(): Promise<void> {
  await oneAtATime(closeKeys);
  await turnedItem.setValue(Date.now());
}

/** Calls back after any change of the keys, from whichever context, without telling them. */
export function watchKeys(changed: () => void): () => void {
  const ends = [storedItem, turnedItem].map((item) => item.watch(() => changed()));
  return () => {
    for (const end of ends) end();
  };
}

/** Writes changed keys; `ifLocked` is what can be done without reading them. */
async function change(
  to: (keys: Keys) => Keys,
  ifLocked?: (stored: StoredKeys) => Promise<void>,
): Promise<void> {
  await oneAtATime(async () => {
    await takeOverFormer();
    const [stored, open] = await Promise.all([readWritable(), readOpen()]);
    const secret = secretFor(stored, open);
    const locked = stored?.protection.kind === 'passphrase' && !secret;
    if (locked && ifLocked) await ifLocked(stored);
    else await writeKeys(to(await readToChange()), secret);
  });
}
