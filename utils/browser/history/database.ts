/** The database: its stores, and every way in which it cannot be opened. Nobody else opens it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { AppError, type ErrorCode } from '../../core/errors';
import { createStores, upgradeFrom1, type Upgrade } from './upgrade';

const NAME = 'descry';
const VERSION = 2;

/** Another page that will not let go of the database must not hold up what does not need it. */
const OPEN_MS = 5_000;

interface HistorySchema extends DBSchema {
  /** Parsed as `entrySchema` when read. */
  entries: {
    key: string;
    value: { id: string };
    indexes: {
      newest: [number, string];
      site: string;
      presetName: string;
      models: string;
      contentKeys: string;
      unfinished: number;
    };
  };
  thumbnails: { key: string; value: { id: string; dataUrl: string } };
  /** Parsed as `storedImageSchema` when read. */
  images: { key: string; value: { id: string; storedAt: number }; indexes: { storedAt: number } };
}
export type HistoryDatabase = IDBPDatabase<HistorySchema>;

let opened: Promise<HistoryDatabase> | undefined;

/**
 * The open database, the same one until it closes.
 *
 * @throws {AppError} `historyNewer` where a newer Descry has written it, `historyBlocked` where
 *   another page keeps it open, `historyFull` without room, `historyBroken` for everything else.
 */
async function database(): Promise<HistoryDatabase> {
  opened ??= open();
  try {
    return await opened;
  } catch (error) {
    // What was in the way may be gone by the next time.
    opened = undefined;
    throw named(error);
  }
}

/**
 * Works with the open database.
 *
 * @throws {AppError} as `database`, also for what fails in the work.
 */
export async function inDatabase<T>(work: (db: HistoryDatabase) => Promise<T>): Promise<T> {
  const db = await database();
  try {
    return await work(db);
  } catch (error) {
    throw named(error);
  }
}

/** Deletes the whole database and begins a new one, which may read what is broken in the old. */
export async function startAnew(): Promise<void> {
  const db = await opened?.catch(() => undefined);
  db?.close();
  opened = undefined;
  await within(OPEN_MS, (resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.addEventListener('success', () => resolve(undefined));
    request.addEventListener('error', () => reject(request.error ?? new AppError('historyBroken')));
  });
}

async function open(): Promise<HistoryDatabase> {
  return await within(OPEN_MS, (resolve, reject, begun) => {
    openDB<HistorySchema>(NAME, VERSION, {
      async upgrade(db, from, _to, transaction) {
        // Nobody is in the way any more; however long a large history takes, it is under way.
        begun();
        // The stores of an earlier version are not those of the schema.
        const stores = db as unknown as IDBPDatabase<unknown>;
        try {
          if (from === 0) createStores(stores);
          else await upgradeFrom1(stores, transaction as unknown as Upgrade);
        } catch (error) {
          // All or nothing: what cannot be brought over stays as it was, and opening fails.
          console.error(error);
          transaction.done.catch(() => undefined);
          transaction.abort();
        }
      },
      // A newer Descry, or the person who starts anew, waits for us.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        opened = undefined;
      },
      // The browser closed it: its files are gone or broken.
      terminated() {
        opened = undefined;
      },
    }).then(resolve, reject);
  });
}

/** @throws {AppError} `historyBlocked` where none of the three is called in time. */
async function within<T>(
  milliseconds: number,
  work: (resolve: (value: T) => void, reject: (reason: unknown) => void, begun: () => void) => void,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('historyBlocked')), milliseconds);
      work(resolve, reject, () => clearTimeout(timer));
    });
  } finally {
    clearTimeout(timer);
  }
}

/** `DOMException` names, as IndexedDB gives them (https://w3c.github.io/IndexedDB/#exceptions). */
const CODES: Readonly<Record<string, ErrorCode>> = {
  VersionError: 'historyNewer',
  QuotaExceededError: 'historyFull',
};

function named(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return new AppError(CODES[name] ?? 'historyBroken', {}, { cause: error });
}
