/** Search as one types: all words in memory while they are few enough, else read anew each time. */
import { finds, foldedText, matches, type Entry, type Findable, type HistoryFilter } from './entry';
import { batches, countEntries, findEntries, readEntries } from './history';

/** The words of so many lie in memory, some 20 MB; of more, each search reads from the disk. */
const MAX_IN_MEMORY = 20_000;

export interface SearchPage {
  /** Newest first. */
  entries: Entry[];
  /** How many fit, those before and after this page included. */
  count: number;
}

interface SearchOptions {
  /** How many that fit come before this page. */
  skip?: number;
  limit: number;
  signal: AbortSignal;
}

export interface Search {
  /** @throws {DOMException} where the signal has ended it; {AppError} as `database`. */
  find(filter: HistoryFilter, options: SearchOptions): Promise<SearchPage>;
  /** The history has changed: what is in memory is so no longer. */
  forget(): void;
}

interface SearchLine extends Omit<Findable, 'text'> {
  id: string;
  words: string;
}

export function createSearch(maxInMemory = MAX_IN_MEMORY): Search {
  let lines: Promise<SearchLine[]> | undefined;

  return {
    async find(filter, options) {
      const { skip = 0, limit, signal } = options;
      const total = await countEntries();
      signal.throwIfAborted();
      if (Object.keys(filter).length === 0) {
        const { entries } = await findEntries({}, { limit: skip + limit, signal });
        return { entries: entries.slice(skip), count: total };
      }
      if (total > maxInMemory) return await findOnDisk(filter, options);
      lines ??= readLines();
      const held = await lines.catch((error: unknown) => {
        lines = undefined;
        throw error;
      });
      signal.throwIfAborted();
      const isWanted = finds(filter);
      const wanted = held.filter(({ words, ...line }) => isWanted({ ...line, text: () => words }));
      const ids = wanted.slice(skip, skip + limit).map(({ id }) => id);
      return { entries: await readEntries(ids), count: wanted.length };
    },
    forget() {
      lines = undefined;
    },
  };
}

async function readLines(): Promise<SearchLine[]> {
  const lines: SearchLine[] = [];
  for await (const batch of batches()) {
    for (const entry of batch) {
      const { id, site, presetName, models, createdAt } = entry;
      lines.push({ id, site, presetName, models, createdAt, words: foldedText(entry) });
    }
  }
  return lines;
}

async function findOnDisk(
  filter: HistoryFilter,
  { skip = 0, limit, signal }: SearchOptions,
): Promise<SearchPage> {
  const isWanted = matches(filter);
  const entries: Entry[] = [];
  let count = 0;
  for await (const batch of batches()) {
    signal.throwIfAborted();
    for (const entry of batch.filter(isWanted)) {
      if (count >= skip && entries.length < limit) entries.push(entry);
      count += 1;
    }
  }
  return { entries, count };
}
