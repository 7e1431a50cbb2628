/** Device keys: what encrypts the keys where there is no passphrase, in IndexedDB. */
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { AppError } from '../../core/errors';
import { withTimeout } from '../../core/with-timeout';
import { generateDeviceKey } from './encrypted-keys';

/**
 * A database for each key: Firefox then deletes a file with it. A row that is deleted stays readable
 * in its file there (measured in Firefox ESR 153).
 */
const PREFIX = 'descry-device-key-';
const STORE = 'keys';
const ONLY = 'key';

/** A database that does not open must not keep a click waiting for ever. */
const MAX_MS = 5_000;

export interface DeviceKey {
  id: string;
  key: CryptoKey;
}

/**
 * A new key, on the disk before it is given.
 *
 * @throws {AppError} `storageFailed`
 */
export async function createDeviceKey(): Promise<DeviceKey> {
  const id = crypto.randomUUID();
  const key = await generateDeviceKey();
  await inDatabase(id, async (db) => {
    // What it encrypts must not reach the disk before it does.
    const change = db.transaction(STORE, 'readwrite', { durability: 'strict' });
    await Promise.all([change.store.put(key, ONLY), change.done]);
  });
  return { id, key };
}

/**
 * The key of this id, where there still is one.
 *
 * @throws {AppError} `storageFailed`
 */
export async function readDeviceKey(id: string): Promise<CryptoKey | undefined> {
  const found: unknown = await inDatabase(id, (db) => db.get(STORE, ONLY));
  return found instanceof CryptoKey ? found : undefined;
}

/**
 * Deletes every key but one, those of a change that was cut short included.
 *
 * @throws {AppError} `storageFailed`
 */
export async function deleteOtherDeviceKeys(id: string | undefined): Promise<void> {
  await named(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const others = names.filter((name) => name.startsWith(PREFIX) && name !== `${PREFIX}${id}`);
    await Promise.all(others.map((name) => deleteDB(name)));
  });
}

async function inDatabase<T>(id: string, work: (db: IDBPDatabase) => Promise<T>): Promise<T> {
  return await named(async () => {
    const db = await openDB(`${PREFIX}${id}`, 1, {
      upgrade: (made) => void made.createObjectStore(STORE),
    });
    try {
      return await work(db);
    } finally {
      db.close();
    }
  });
}

/** @throws {AppError} `storageFailed` for whatever goes wrong, and for what takes too long. */
async function named<T>(work: () => Promise<T>): Promise<T> {
  let done: { value: T } | undefined;
  try {
    done = await withTimeout(
      work().then((value) => ({ value })),
      MAX_MS,
    );
  } catch (error) {
    throw new AppError('storageFailed', {}, { cause: error });
  }
  if (!done) throw new AppError('storageFailed');
  return done.value;
}
