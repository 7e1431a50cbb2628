/** Finished, interrupted and running descriptions on disk: written, removed, found again. */
import * as v from 'valibot';
import { failedAt } from '../../core/errors';
import type { DoneState } from '../../core/jobs/answer-state';
import type { Job } from '../../core/jobs/job';
import { announceChange } from './changes';
import { inDatabase, type HistoryDatabase } from './database';
import { entryOf, entrySchema, matches, type Entry, type HistoryFilter } from './entry';
import { dateBack } from './future-dates';
import { retainedSince, type Retention } from './retention';

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
  announceChange();
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

/** An entry's small image as a `data:` URL. */
export async function readThumbnail(id: string): Promise<string | undefined> {
  return await inDatabase(async (db) => (await db.get('thumbnails', id))?.dataUrl);
}

/** Several entries in the order of their ids; what is gone is left out. */
export async function readEntries(ids: readonly string[]): Promise<Entry[]> {
  return await inDatabase(async (db) => {
    const { store } = db.transaction('entries');
    const read = await Promise.all(ids.map((id) => store.get(id)));
    return read.flatMap((each) => parsed(each) ?? []);
  });
}

/** The small images of several entries, in their order. */
export async function readThumbnails(ids: readonly string[]): Promise<(string | undefined)[]> {
  return await inDatabase(async (db) => {
    const { store } = db.transaction('thumbnails');
    return await Promise.all(ids.map(async (id) => (await store.get(id))?.dataUrl));
  });
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
  let reading = readBatch(from);
  for (;;) {
    const read = await reading;
    const last = read.at(-1);
    if (!last) return;
    const isLast = read.length < BATCH;
    // The database reads on while this batch is looked at.
    if (!isLast) reading = readBatch([Number(Reflect.get(last, 'newest')), last.id]);
    // Avoids an unhandled rejection; a caller that asks for the batch still sees it.
    reading.catch(() => undefined);
    yield read.flatMap((each) => parsed(each) ?? []);
    if (isLast) return;
  }
}

async function readBatch(from: Place | undefined): Promise<{ id: string }[]> {
  const range = from && IDBKeyRange.lowerBound([...from], true);
  return await inDatabase(
    async (db) => await db.getAllFromIndex('entries', 'newest', range, BATCH),
  );
}

export async function countEntries(): Promise<number> {
  return await inDatabase(async (db) => await db.count('entries'));
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
      valuesOf(db, 'models'),
    ]);
    return { count, sites, presetNames, models };
  });
}

async function valuesOf(
  db: HistoryDatabase,
  field: 'site' | 'presetName' | 'models',
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

/** A whole answer, and what belongs to its image. */
export interface CachedAnswer {
  answer: DoneState;
  thumbnail: string | undefined;
  /** Where the image went by its address. */
  imageHash: string | undefined;
}

/** The newest whole answer to the same question about the same image, or the same address. */
export async function answerTo(contentKey: string): Promise<CachedAnswer | undefined> {
  const found = await inDatabase(
    async (db) => await db.getAllFromIndex('entries', 'contentKeys', contentKey),
  );
  const answers = found.flatMap((each) => {
    const job = parsed(each)?.job;
    if (!job) return [];
    return job.turns[0].answers.flatMap(({ contentKey: key, imageHash, state }) =>
      key === contentKey && state.status === 'done' && !state.cut
        ? { id: job.id, imageHash, state }
        : [],
    );
  });
  const newest = answers.toSorted((a, b) => b.state.finishedAt - a.state.finishedAt)[0];
  if (!newest) return undefined;
  const { id, state, imageHash } = newest;
  return { answer: state, thumbnail: await readThumbnail(id), imageHash };
}

/** Forgets entries with all that belongs to them. */
export async function removeEntries(ids: readonly string[]): Promise<void> {
  await inDatabase(async (db) => {
    const transaction = db.transaction(['entries', 'thumbnails', 'images'], 'readwrite');
    const gone = ids.flatMap((id) =>
      (['entries', 'thumbnails', 'images'] as const).map(
        async (store) => await transaction.objectStore(store).delete(id),
      ),
    );
    await Promise.all([...gone, transaction.done]);
  });
  announceChange();
}

/** Forgets everything. */
export async function clearHistory(): Promise<void> {
  await inDatabase(async (db) => {
    const transaction = db.transaction(['entries', 'thumbnails', 'images'], 'readwrite');
    const gone = (['entries', 'thumbnails', 'images'] as const).map(
      async (store) => await transaction.objectStore(store).clear(),
    );
    await Promise.all([...gone, transaction.done]);
  });
  announceChange();
}

/** Forgets what is to be kept no longer. What is being answered stays. */
export async function pruneHistory(retention: Retention, now: number): Promise<void> {
  if (retention.kind === 'unknown') return;
  await dateBack(retention, now);
  const ids = await expiredBy(retention, now);
  // Images that were chosen for comparison belong to no entry yet.
  const images = retention.kind === 'nothing' ? await imagesWithoutEntry() : [];
  if (ids.length + images.length > 0) await removeEntries([...ids, ...images]);
}

/** The entries that are to be kept no longer, without those that are being answered. */
export async function expiredBy(retention: Retention, now: number): Promise<string[]> {
  return await inDatabase(async (db) => await expired(db, retention, now));
}

async function imagesWithoutEntry(): Promise<string[]> {
  return await inDatabase(async (db) => {
    const entries = new Set(await db.getAllKeys('entries'));
    return (await db.getAllKeys('images')).filter((id) => !entries.has(id));
  });
}

async function expired(db: HistoryDatabase, retention: Retention, now: number): Promise<string[]> {
  const unfinished = new Set(await db.getAllKeysFromIndex('entries', 'unfinished', 1));
  const gone = (ids: readonly string[]) => ids.filter((id) => !unfinished.has(id));
  switch (retention.kind) {
    case 'unknown':
      return [];
    case 'nothing':
      return gone(await db.getAllKeys('entries'));
    case 'days': {
      const before = IDBKeyRange.lowerBound(
        [-(retainedSince(retention, now) ?? 0), '\uFFFF'],
        true,
      );
      return gone(await db.getAllKeysFromIndex('entries', 'newest', before));
    }
    case 'entries':
      if ((await db.count('entries')) <= retention.entries) return [];
      return gone((await db.getAllKeysFromIndex('entries', 'newest')).slice(retention.entries));
  }
}

/** An entry that does not parse is passed over: it must not hide the others. */
function parsed(value: unknown): Entry | undefined {
  if (value === undefined) return undefined;
  const result = v.safeParse(entrySchema, value);
  if (!result.success) {
    console.error('an entry of the history does not parse', failedAt(result.issues));
  }
  return result.success ? result.output : undefined;
}
