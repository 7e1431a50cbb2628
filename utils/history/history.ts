/** Finished, interrupted and running descriptions on disk: written, removed, found again. */
import * as v from 'valibot';
import type { Done, Job } from '../jobs/job';
import { firstStateOf } from '../jobs/conversation';
import { database, inDatabase, type HistoryDatabase } from './database';
import { entryOf, entrySchema, matches, type Entry, type HistoryFilter } from './entry';
import type { Keeping } from './keeping';

/** How many entries are read at once: few enough for the memory, enough to be quick. */
const BATCH = 500;

/** Where the next page of a list begins. */
export type Place = readonly [newest: number, id: string];

export interface HistoryPage {
  /** Newest first. */
  entries: Entry[];
  /** Absent where there are no more. */
  next?: Place;
}

const DAY_MS = 24 * 60 * 60_000;

/** Keeps a job as it stands, over what was kept of it before. */
export async function saveEntry(job: Job): Promise<void> {
  await inDatabase(async (db) => {
    const { thumbnail } = job;
    const transaction = db.transaction(['entries', 'thumbnails'], 'readwrite');
    await Promise.all([
      transaction.objectStore('entries').put(entryOf(job)),
      thumbnail && transaction.objectStore('thumbnails').put({ id: job.id, dataUrl: thumbnail }),
      transaction.done,
    ]);
  });
}

/** One job with its thumbnail, or `undefined`. */
export async function readEntry(id: string): Promise<Job | undefined> {
  return await inDatabase(async (db) => {
    const entry = parsed(await db.get('entries', id));
    if (!entry) return undefined;
    const thumbnail = (await db.get('thumbnails', id))?.dataUrl;
    return thumbnail === undefined ? entry.job : { ...entry.job, thumbnail };
  });
}

/** An entry's small picture as a `data:` URL. */
export async function readThumbnail(id: string): Promise<string | undefined> {
  return await inDatabase(async (db) => (await db.get('thumbnails', id))?.dataUrl);
}

/** The entries that are wanted, newest first, from a place on; at most `limit`. */
export async function findEntries(
  filter: HistoryFilter,
  { from, limit, signal }: { from?: Place | undefined; limit: number; signal?: AbortSignal },
): Promise<HistoryPage> {
  const isWanted = matches(filter);
  const entries: Entry[] = [];
  for await (const batch of batches(from)) {
    signal?.throwIfAborted();
    for (const entry of batch) {
      if (!isWanted(entry)) continue;
      const last = entries.at(-1);
      if (entries.length === limit && last) return { entries, next: [last.newest, last.id] };
      entries.push(entry);
    }
  }
  return { entries };
}

/** All entries, newest first, a batch at a time. */
export async function* batches(from?: Place): AsyncGenerator<Entry[]> {
  let place = from;
  for (;;) {
    const range = place && IDBKeyRange.lowerBound([...place], true);
    const read = await inDatabase(
      async (db) => await db.getAllFromIndex('entries', 'newest', range, BATCH),
    );
    const last = read.at(-1);
    if (!last) return;
    yield read.flatMap((each) => parsed(each) ?? []);
    if (read.length < BATCH) return;
    place = [Number(Reflect.get(last, 'newest')), last.id];
  }
}

/** What there is to filter by, in order, and how many entries there are. */
export async function historyFacets(): Promise<{
  count: number;
  sites: string[];
  presetNames: string[];
  models: string[];
}> {
  return await inDatabase(async (db) => {
    const [count, sites, presetNames, models] = await Promise.all([
      db.count('entries'),
      valuesOf(db, 'site'),
      valuesOf(db, 'presetName'),
      valuesOf(db, 'model'),
    ]);
    return { count, sites, presetNames, models };
  });
}

async function valuesOf(
  db: HistoryDatabase,
  field: 'site' | 'presetName' | 'model',
): Promise<string[]> {
  const values: string[] = [];
  const index = db.transaction('entries').store.index(field);
  for (
    let cursor = await index.openKeyCursor(null, 'nextunique');
    cursor;
    cursor = await cursor.continue()
  ) {
    if (cursor.key !== '') values.push(cursor.key);
  }
  return values;
}

/** Jobs that were being answered when they were last heard of. */
export async function unfinishedJobs(): Promise<Job[]> {
  const left = await inDatabase(
    async (db) => await db.getAllKeysFromIndex('entries', 'unfinished', 1),
  );
  const jobs = await Promise.all(left.map(readEntry));
  return jobs.flatMap((job) => job ?? []);
}

/** The newest whole answer to the same question about the same picture, and when it was given. */
export async function answerTo(
  contentKey: string,
): Promise<{ answer: Done; thumbnail: string | undefined } | undefined> {
  const found = await inDatabase(
    async (db) => await db.getAllFromIndex('entries', 'contentKey', contentKey),
  );
  const answers = found.flatMap((each) => {
    const job = parsed(each)?.job;
    const state = job && firstStateOf(job);
    return job && state?.status === 'done' && !state.cut ? { id: job.id, state } : [];
  });
  const newest = answers.toSorted((a, b) => b.state.finishedAt - a.state.finishedAt)[0];
  if (!newest) return undefined;
  return { answer: newest.state, thumbnail: await readThumbnail(newest.id) };
}

/** Forgets entries with all that belongs to them. */
export async function removeEntries(ids: readonly string[]): Promise<void> {
  await inDatabase(async (db) => {
    const transaction = db.transaction(['entries', 'thumbnails', 'pictures'], 'readwrite');
    const gone = ids.flatMap((id) =>
      (['entries', 'thumbnails', 'pictures'] as const).map(
        async (store) => await transaction.objectStore(store).delete(id),
      ),
    );
    await Promise.all([...gone, transaction.done]);
  });
}

/** Forgets everything. */
export async function clearHistory(): Promise<void> {
  await inDatabase(async (db) => {
    const transaction = db.transaction(['entries', 'thumbnails', 'pictures'], 'readwrite');
    const gone = (['entries', 'thumbnails', 'pictures'] as const).map(
      async (store) => await transaction.objectStore(store).clear(),
    );
    await Promise.all([...gone, transaction.done]);
  });
}

/** Forgets what is to be kept no longer. What is being answered stays. */
export async function pruneHistory(keeping: Keeping, now: number): Promise<void> {
  const ids = await inDatabase(async (db) => await outlived(db, keeping, now));
  if (ids.length > 0) await removeEntries(ids);
}

async function outlived(db: HistoryDatabase, keeping: Keeping, now: number): Promise<string[]> {
  const unfinished = new Set(await db.getAllKeysFromIndex('entries', 'unfinished', 1));
  const gone = (ids: readonly string[]) => ids.filter((id) => !unfinished.has(id));
  switch (keeping.kind) {
    case 'nothing':
      return gone(await db.getAllKeys('entries'));
    case 'days': {
      const before = IDBKeyRange.lowerBound([keeping.days * DAY_MS - now, ''], true);
      return gone(await db.getAllKeysFromIndex('entries', 'newest', before));
    }
    case 'entries':
      if ((await db.count('entries')) <= keeping.entries) return [];
      return gone((await db.getAllKeysFromIndex('entries', 'newest')).slice(keeping.entries));
  }
}

/** Makes sure that the database can be opened. @throws {AppError} as `database` */
export async function openHistory(): Promise<void> {
  await database();
}

/** An entry that does not parse is passed over: it must not hide the others. */
function parsed(value: unknown): Entry | undefined {
  if (value === undefined) return undefined;
  const result = v.safeParse(entrySchema, value);
  if (!result.success) console.error('an entry of the history does not parse', result.issues);
  return result.success ? result.output : undefined;
}
