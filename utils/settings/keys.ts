/** The secrets: API keys by connection, apart from every other item. Never synced, never sent on. */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { AppError } from '../errors';
import {
  keysSchema,
  lockAgain,
  lockedSchema,
  lockWith,
  openSchema,
  unlockWith,
  type Keys,
  type LockedKeys,
  type OpenKeys,
} from './locked-keys';
import { readOr } from './stored-item';

/** As they are, where the person has set no passphrase. */
const keysItem = storage.defineItem<unknown>('local:keys', { version: 1 });
/** Under the passphrase, where there is one. */
const lockedItem = storage.defineItem<unknown>('local:lockedKeys', { version: 1 });
/** Open, until they are locked or the browser ends. Content scripts cannot read it. */
const openItem = storage.defineItem<unknown>('session:openKeys');

/**
 * When they were last locked or unlocked, to be watched: whoever watches the session's storage is
 * told of every word of every answer, which costs a click four milliseconds.
 */
const turnedItem = storage.defineItem<number>('local:keysTurnedAt', { version: 1 });

/** `unprotected` without a passphrase; `locked` until it is entered. */
export type KeyState = 'unprotected' | 'locked' | 'unlocked';

/** All keys by connection, for requests; none while they are locked. Only the background may call this. */
export async function readKeys(): Promise<Keys> {
  // Side by side: a click that wakes the worker waits for this.
  const [plain, locked, open] = await Promise.all([readPlain(), readLocked(), readOpen()]);
  return locked ? (open?.keys ?? {}) : plain;
}

export async function keyState(): Promise<KeyState> {
  const [locked, open] = await Promise.all([readLocked(), readOpen()]);
  if (!locked) return 'unprotected';
  return open ? 'unlocked' : 'locked';
}

/** Which connections have a key, locked or not, for pages that must not see it. */
export async function keyedConnections(): Promise<ReadonlySet<string>> {
  const [plain, locked] = await Promise.all([readPlain(), readLocked()]);
  return new Set(locked ? locked.ids : Object.keys(plain));
}

/**
 * Stores a key as a person pasted it: white space and line ends around it are dropped.
 *
 * @throws {AppError} `keysLocked`
 */
export async function saveKey(connectionId: string, key: string): Promise<void> {
  await change((keys) => ({ ...keys, [connectionId]: key.trim() }));
}

/** Of locked keys none can be taken out: it is no connection's any more, and gone when they are opened. */
export async function forgetKey(connectionId: string): Promise<void> {
  if (!(await keyedConnections()).has(connectionId)) return;
  const locked = await readLocked();
  if (locked && (await keyState()) === 'locked') {
    const ids = locked.ids.filter((id) => id !== connectionId);
    await lockedItem.setValue({ ...locked, ids });
    return;
  }
  await change(({ [connectionId]: _forgotten, ...others }) => others);
}

/** Forgets every key, and the passphrase with them; it needs none. */
export async function forgetAllKeys(): Promise<void> {
  await Promise.all([
    keysItem.removeValue(),
    lockedItem.removeValue(),
    openItem.removeValue(),
    turnedItem.removeValue(),
  ]);
}

/** Puts all keys under a passphrase, also in place of another one. @throws {AppError} `keysLocked` */
export async function setPassphrase(passphrase: string): Promise<void> {
  if ((await keyState()) === 'locked') throw new AppError('keysLocked');
  const { locked, open } = await lockWith(passphrase, await readKeys());
  // Open first: who hears of the lock finds the keys.
  await keepOpen(open);
  await lockedItem.setValue(locked);
  await keysItem.removeValue();
}

/** Stores the keys as they are from now on. @throws {AppError} `keysLocked` */
export async function removePassphrase(): Promise<void> {
  if ((await keyState()) === 'locked') throw new AppError('keysLocked');
  await keysItem.setValue(await readKeys());
  await lockedItem.removeValue();
  await openItem.removeValue();
}

/** Opens the keys until the browser ends; false for another passphrase. */
export async function unlockKeys(passphrase: string): Promise<boolean> {
  const locked = await readLocked();
  if (!locked) return true;
  const open = await unlockWith(passphrase, locked);
  if (!open) return false;
  await keepOpen(await withoutForgotten(open, locked));
  return true;
}

export async function lockKeys(): Promise<void> {
  await keepOpen(undefined);
}

/** Calls back after any change of the keys, from whichever context, without telling them. */
export function watchKeys(changed: () => void): () => void {
  const ends = [keysItem, lockedItem, turnedItem].map((item) => item.watch(() => changed()));
  return () => {
    for (const end of ends) end();
  };
}

/** Without the keys that were forgotten while they were locked, on the disk, too. */
async function withoutForgotten(open: OpenKeys, locked: LockedKeys): Promise<OpenKeys> {
  const kept = Object.entries(open.keys).filter(([id]) => locked.ids.includes(id));
  if (kept.length === Object.keys(open.keys).length) return open;
  const next = { ...open, keys: Object.fromEntries(kept) };
  await lockedItem.setValue(await lockAgain(locked, next));
  return next;
}

async function keepOpen(open: OpenKeys | undefined): Promise<void> {
  await (open ? openItem.setValue(open) : openItem.removeValue());
  await turnedItem.setValue(Date.now());
}

async function change(to: (keys: Keys) => Keys): Promise<void> {
  const [locked, open] = await Promise.all([readLocked(), readOpen()]);
  if (!locked) {
    await keysItem.setValue(to(await readPlain()));
    return;
  }
  if (!open) throw new AppError('keysLocked');
  const next = { ...open, keys: to(open.keys) };
  const lockedNext = await lockAgain(locked, next);
  await keepOpen(next);
  await lockedItem.setValue(lockedNext);
}

async function readPlain(): Promise<Keys> {
  return await readOr(keysItem, keysSchema, () => ({}));
}

async function readLocked(): Promise<LockedKeys | undefined> {
  return await readOr(lockedItem, v.optional(lockedSchema), () => undefined);
}

async function readOpen(): Promise<OpenKeys | undefined> {
  return await readOr(openItem, v.optional(openSchema), () => undefined);
}
