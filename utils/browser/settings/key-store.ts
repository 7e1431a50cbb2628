/**
 * The keys as they are stored, encrypted, and as they are open in memory. Only `keys.ts` uses it.
 */
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { AppError } from '../../core/errors';
import {
  cipherOf,
  decryptKeys,
  encryptKeys,
  secretSchema,
  storedKeysSchema,
  type Cipher,
  type DecryptedKeys,
  type Keys,
  type Secret,
  type StoredKeys,
} from './encrypted-keys';
import { FORMER_ITEMS, formerKeys, removeFormerKeys, type FormerKeys } from './former-keys';

/**
 * The whole state: one write changes it, so that whatever dies leaves the old one or the new one.
 */
export const storedItem = storage.defineItem<unknown>('local:encryptedKeys', { version: 1 });

/**
 * The keys as they were last read or written, in memory until the browser ends: a click that wakes
 * the worker does not wait for a database. Content scripts cannot read it.
 */
const openItem = storage.defineItem<unknown>('session:openKeys');
const openSchema = v.object({
  /** Of the stored value that these keys are from. */
  iv: v.string(),
  keys: v.record(v.string(), v.string()),
  secret: v.optional(secretSchema),
});
export type OpenKeys = v.InferOutput<typeof openSchema>;

/** The salt of the passphrase that was entered, for pages that must not see more. */
const unlockedItem = storage.defineItem<unknown>('session:unlockedSalt');

/** Whether this session has looked for device keys that are left over. */
const sweptItem = storage.defineItem<unknown>('session:deviceKeysSwept');

/** What is stored; `unreadable` where it is not of this version. */
export interface Disk {
  stored: StoredKeys | 'unreadable' | undefined;
  former: FormerKeys | 'unreadable' | undefined;
}

/** One change, or one slow reading, after the other, whichever context asks for it. */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request('descry-keys', work);
}

/** What is stored, of this version and of those before. */
export async function readDisk(): Promise<Disk> {
  const found = await storage.getItems([storedItem.key, ...FORMER_ITEMS]);
  const [stored, plain, locked] = found.map(({ value }): unknown => value ?? undefined);
  const parsed = v.safeParse(v.optional(storedKeysSchema), stored);
  return {
    // Not told on the console: what does not parse may be a secret.
    stored: parsed.success ? parsed.output : 'unreadable',
    former: formerKeys(plain, locked),
  };
}

/** The keys that are open, with what is needed to encrypt them again. */
export async function readOpen(): Promise<OpenKeys | undefined> {
  const parsed = v.safeParse(openSchema, await openItem.getValue());
  return parsed.success ? parsed.output : undefined;
}

/** The salt of the passphrase that was entered. */
export async function readUnlockedSalt(): Promise<unknown> {
  return await unlockedItem.getValue();
}

/** What is stored, where it may be written over. @throws {AppError} `keysUnreadable` */
export async function readWritable(): Promise<StoredKeys | undefined> {
  const { stored, former } = await readDisk();
  if (stored === 'unreadable' || former === 'unreadable') throw new AppError('keysUnreadable');
  return stored;
}

/** The secret of the passphrase that the keys are under, where it has been entered. */
export function secretFor(
  stored: StoredKeys | undefined,
  open: OpenKeys | undefined,
): Secret | undefined {
  if (stored?.protection.kind !== 'passphrase') return undefined;
  return open?.secret?.salt === stored.protection.salt ? open.secret : undefined;
}

/**
 * The keys, read from the disk; `undefined` while they are locked. Without their device key, as when
 * the browser has lost its databases, they are what is still open in memory.
 *
 * @throws {AppError} `storageFailed`
 */
export async function decryptStored(): Promise<DecryptedKeys | undefined> {
  const [{ stored }, open] = await Promise.all([readDisk(), readOpen()]);
  if (!stored) return { keys: {}, complete: true };
  if (stored === 'unreadable') return { keys: {}, complete: false };
  const secret = secretFor(stored, open);
  if (stored.protection.kind === 'passphrase' && !secret) return undefined;
  const key =
    stored.protection.kind === 'device'
      ? await (await loadDeviceKeys()).readDeviceKey(stored.protection.keyId)
      : secret && (await cipherOf(secret)).key;
  // Nothing opens them any more, so that nothing is lost with what is written in their place.
  if (!key) return { keys: open?.iv === stored.iv ? open.keys : {}, complete: true };
  const opened = await decryptKeys(stored, key);
  if (!opened) return { keys: {}, complete: false };
  if (open?.iv !== stored.iv) await keepOpen(stored, opened.keys, secret);
  return opened;
}

/**
 * The keys, to be written again. @throws {AppError} `keysLocked`, `keysUnreadable`, `storageFailed`
 */
export async function readToChange(): Promise<Keys> {
  await readWritable();
  const opened = await decryptStored();
  if (!opened) throw new AppError('keysLocked');
  if (!opened.complete) throw new AppError('keysUnreadable');
  return opened.keys;
}

/**
 * Puts the keys in place of all that is stored: under the secret of a passphrase, else under a new
 * device key, so that nothing which is left of before can be opened by what is there now. The item is
 * written in one go, after what opens it, and before the end of what opened the one before it.
 *
 * @throws {AppError} `storageFailed`
 */
export async function writeKeys(
  keys: Readonly<Record<string, unknown>>,
  secret?: Secret,
  { oncePlain = false } = {},
): Promise<void> {
  const before = await readWritable();
  const cipher = secret ? await cipherOf(secret) : await newDeviceCipher();
  const untold = oncePlain || before?.oncePlain === true;
  const encrypted = await encryptKeys(keys, cipher);
  const stored: StoredKeys = { ...encrypted, ...(untold ? { oncePlain: true } : {}) };
  const opened = await decryptKeys(stored, cipher.key);
  // Open first: who hears of the change finds the keys.
  await keepOpen(stored, opened?.keys ?? {}, secret);
  await storedItem.setValue(stored);
  await (await loadDeviceKeys()).deleteOtherDeviceKeys(deviceKeyOf(stored));
}

/** Keeps keys open until they are locked or the browser ends. */
export async function keepOpen(stored: StoredKeys, keys: Keys, secret?: Secret): Promise<void> {
  const open: OpenKeys = { iv: stored.iv, keys: { ...keys }, ...(secret ? { secret } : {}) };
  await storage.setItems([
    { key: openItem.key, value: open },
    { key: unlockedItem.key, value: secret?.salt ?? null },
  ]);
}

export async function closeKeys(): Promise<void> {
  await storage.removeItems([openItem.key, unlockedItem.key]);
}

/** Removes what is stored, then what could have opened it. @throws {AppError} `storageFailed` */
export async function removeStored(): Promise<void> {
  await storage.removeItems([storedItem.key, ...FORMER_ITEMS]);
  await closeKeys();
  await (await loadDeviceKeys()).deleteOtherDeviceKeys(undefined);
}

/**
 * Encrypts what an earlier version has stored as this one does, and removes it. Nothing of it is lost:
 * a value that is not a key is encrypted too, and one that cannot be understood stays as it is.
 *
 * @throws {AppError} `storageFailed`
 */
export async function takeOverFormer(): Promise<void> {
  const { stored, former } = await readDisk();
  if (former === 'unreadable' || stored === 'unreadable') return;
  if (!former) return await separateKeys(stored);
  if (!stored && former.locked) await storedItem.setValue({ ...former.locked, oncePlain: true });
  const opened = await decryptStored();
  if (opened?.complete === false) return;
  // Beside locked keys, keys in plain text are the old copies of a change that was cut short.
  if (opened && Object.keys(former.plain).length > 0) {
    const secret = (await readOpen())?.secret;
    await writeKeys({ ...former.plain, ...opened.keys }, secret, { oncePlain: true });
  }
  await removeFormerKeys();
}

/**
 * Gives each key a ciphertext of its own, where all are in one and can be opened.
 *
 * @throws {AppError} `storageFailed`
 */
export async function separateKeys(stored: StoredKeys | undefined): Promise<void> {
  if (stored?.format !== 1) return;
  const keys = (await decryptStored())?.keys;
  // Without all of them, what is stored is the only thing that tells which there were.
  if (!keys || stored.ids.some((id) => !Object.hasOwn(keys, id))) return;
  await writeKeys(keys, secretFor(stored, await readOpen()));
}

/** Deletes device keys that open nothing, once in a session. @throws {AppError} `storageFailed` */
export async function sweepDeviceKeys(): Promise<void> {
  if (await sweptItem.getValue()) return;
  const { stored } = await readDisk();
  // What is of a newer version may need keys that this one does not know of.
  if (stored === 'unreadable') return;
  await (await loadDeviceKeys()).deleteOtherDeviceKeys(deviceKeyOf(stored));
  await sweptItem.setValue(true);
}

/** With its database, which a session needs once. */
function loadDeviceKeys() {
  return import('./device-keys');
}

function deviceKeyOf(stored: StoredKeys | undefined): string | undefined {
  return stored?.protection.kind === 'device' ? stored.protection.keyId : undefined;
}

async function newDeviceCipher(): Promise<Cipher> {
  const { id, key } = await (await loadDeviceKeys()).createDeviceKey();
  return { protection: { kind: 'device', keyId: id }, key };
}
