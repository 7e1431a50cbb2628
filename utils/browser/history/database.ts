/** The database: its stores, and every way in which it cannot be opened. Nobody else opens it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { AppError, type ErrorCode } from '../../core/errors';

const NAME = 'descry';
const VERSION = 1;

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
      model: string;
      contentKey: string;
      unfinished: number;
    };
  };
  thumbnails: { key: string; value: { id: string; dataUrl: string } };
  /** Parsed as `storedImageSchema` when read. */
  pictures: { key: string; value: { id: string; keptAt: number }; indexes: { keptAt: number } };
}
export type HistoryDatabase = IDBPDatabase<HistorySchema>;

let opened: Promise<HistoryDatabase> | undefined;

/**
 * The open database, the same one until it closes.
 *
 * @throws {AppError} `historyNewer` where a newer Descry has written it, `historyBlocked` where
 *   another page does not let go of it, `historyFull` without room, `historyBroken` for all else.
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
  return await within(OPEN_MS, (resolve, reject) => {
    openDB<HistorySchema>(NAME, VERSION, {
      upgrade(db) {
        const entries = db.createObjectStore('entries', { keyPath: 'id' });
        // The id tells entries of one moment apart.
        entries.createIndex('newest', ['newest', 'id']);
        for (const field of ['site', 'presetName', 'model', 'contentKey', 'unfinished'] as const) {
          entries.createIndex(field, field);
        }
        db.createObjectStore('thumbnails', { keyPath: 'id' });
        db.createObjectStore('pictures', { keyPath: 'id' }).createIndex('keptAt', 'keptAt');
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

/** @throws {AppError} `historyBlocked` where neither is called in time. */
async function within<T>(
  milliseconds: number,
  work: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('historyBlocked')), milliseconds);
      work(resolve, reject);
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
