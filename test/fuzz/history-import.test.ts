/**
 * Files of a history, made up by the thousand: any text, any JSON, and exports of all forms that were changed.
 * Whatever stands in a file, it is read without an error, and nothing comes in that is not ours.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { entryOf, entrySchema } from '../../utils/history/entry';
import { blobOf } from '../../utils/history/export';
import { csvRows } from '../../utils/history/export-csv';
import { markdownPieces } from '../../utils/history/export-markdown';
import { filedJob } from '../../utils/history/filed-job';
import { clearHistory, findEntries, readEntry } from '../../utils/history/history';
import { importHistory } from '../../utils/history/import';
import { turnsOf } from '../../utils/jobs/conversation';
import { hasEnded, type Job } from '../../utils/jobs/job';
import { jobAt, numbered, THUMBNAIL } from '../fixtures/history';
import { historyFile } from '../fixtures/history-file';
import { EXPORT_WORDS } from '../fixtures/history-words';
import { JOBS } from '../fixtures/job-states';

const RUNS = Number(process.env['DESCRY_FUZZ_RUNS'] ?? 12_000);
let cases = 0;
afterAll(() => console.log(`${cases} cases`));
afterEach(() => vi.restoreAllMocks());

/** Ended in different ways. */
const SOME = Object.values(JOBS)
  .map(numbered)
  .filter(({ state }) => hasEnded(state))
  .slice(0, 6);

const VALID = [
  ...Object.values(JOBS).map((job, at) => filedJob(numbered(job, at))),
  filedJob(jobAt(5, { thumbnail: THUMBNAIL, question: 'Which?', edited: 'Mine' })),
];

/** Values at which readers stumble. */
const odd = fc.constantFrom<unknown>(
  null,
  -1,
  7,
  1e308,
  9e15,
  '',
  'a b',
  'javascript:alert(1)',
  '__proto__',
  true,
  [],
  {},
  { status: 'running', text: '', startedAt: 1 },
  { connectionId: 'mine', model: 'm' },
);
const field = fc.constantFrom(
  'id',
  'createdAt',
  'state',
  'earlier',
  'preset',
  'image',
  'using',
  'contentKey',
  'tabId',
  'private',
  'thumbnail',
  'pageUrl',
  'text',
  'unfinished',
  '__proto__',
  'compared',
  'status',
);

/** A value with something else at some place in it, or with something more. */
function changed(value: unknown, path: readonly number[], key: string, put: unknown): unknown {
  if (typeof value !== 'object' || value === null) return put;
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const keys = Object.keys(copy);
  const [at, ...rest] = path;
  const inner = at === undefined ? undefined : keys[at % (keys.length + 1)];
  const next = inner === undefined ? put : changed(Reflect.get(copy, inner), rest, key, put);
  const own = { value: next, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(copy, Array.isArray(copy) ? (inner ?? keys.length) : (inner ?? key), own);
  return copy;
}

interface Wish {
  address?: string;
  thumbnail?: string;
  private?: boolean;
  contentKey?: string;
  connectionId?: string;
  tabId?: number;
}

/** What a stranger would put there. */
function hostileJob({ address, private: isPrivate, connectionId, ...rest }: Wish): object {
  const job = jobAt(5);
  const places = address === undefined ? {} : { pageUrl: address, srcUrl: address };
  const image = {
    ...job.image,
    ...places,
    ...(isPrivate === undefined ? {} : { private: isPrivate }),
  };
  if (connectionId === undefined) return { ...job, ...rest, image };
  const using = { connectionId, model: 'm' };
  return { ...job, ...rest, image, using, preset: { ...job.preset, connectionId } };
}

const hostile = fc
  .record(
    {
      address: fc.constantFrom(
        'javascript:alert(1)',
        'data:text/html,x',
        'chrome://x',
        'file:///x',
      ),
      thumbnail: fc.constantFrom('javascript:1', 'data:image/svg+xml,x', THUMBNAIL),
      private: fc.boolean(),
      contentKey: fc.string(),
      connectionId: fc.string({ minLength: 1, maxLength: 9 }),
      tabId: fc.nat(9),
    },
    { requiredKeys: [] },
  )
  .map(hostileJob);

const changedExport = fc
  .tuple(
    fc.array(fc.constantFrom(...VALID), { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.array(fc.nat(20), { maxLength: 5 }), field, odd), { maxLength: 3 }),
  )
  .map(([entries, changes]) => {
    const file: unknown = { format: 'descry-history', version: 1, entries };
    return JSON.stringify(
      changes.reduce<unknown>((value, [path, key, put]) => changed(value, path, key, put), file),
    );
  });

const madeJson = fc.oneof(
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 5 }) },
  { weight: 1, arbitrary: fc.array(fc.jsonValue({ maxDepth: 4 })).map(historyFile) },
  { weight: 6, arbitrary: changedExport },
  { weight: 2, arbitrary: fc.array(hostile, { minLength: 1, maxLength: 2 }).map(historyFile) },
  // Cut off, or with a byte of another kind in it.
  {
    weight: 2,
    arbitrary: fc
      .tuple(changedExport, fc.nat(3_000), fc.string({ maxLength: 3 }))
      .map(([file, at, put]) => file.slice(0, at) + put + (put ? file.slice(at + 1) : '')),
  },
);

/** CSV and Markdown of ours, with something else at some places. */
const plainFile = (name: string, whole: string) =>
  fc
    .array(
      fc.tuple(
        fc.nat(whole.length),
        fc.nat(9),
        fc.constantFrom(
          '',
          ',',
          ';',
          '"',
          '\n',
          '\r\n',
          '`',
          '```',
          '\n## ',
          '\n- ',
          "'=",
          'job',
          '\0',
        ),
      ),
      { maxLength: 4 },
    )
    .map((changes) => {
      const text = changes.reduce(
        (before, [at, length, put]) => before.slice(0, at) + put + before.slice(at + length),
        whole,
      );
      return { name, text };
    });

// oxlint-disable-next-line typescript/require-await -- as the database gives them
const some = async function* (): AsyncGenerator<Job[]> {
  yield SOME;
};
const whole = async (pieces: AsyncGenerator<string>) =>
  await blobOf(pieces, '').then((blob) => blob.text());
const made = fc.oneof(
  { weight: 4, arbitrary: madeJson.map((text) => ({ name: 'a.json', text })) },
  { weight: 1, arbitrary: plainFile('a.csv', await whole(csvRows(some(), EXPORT_WORDS.csv))) },
  {
    weight: 1,
    arbitrary: plainFile('a.md', await whole(markdownPieces(some(), EXPORT_WORDS.markdown))),
  },
);

it(
  'any file is read without an error, and brings in nothing that is not ours',
  { timeout: 600_000 },
  async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(made, async ({ name, text }) => {
        cases += 1;
        await clearHistory();
        const keeping = { kind: 'entries', entries: 100_000 } as const;
        const result = await importHistory(new File([text], name), {
          keeping,
          words: EXPORT_WORDS,
          now: 2_000,
        });
        if (!result.ok) return;
        const { entries } = await findEntries({}, { limit: 100 });
        taken += entries.length;
        // All that was counted is there, and parses.
        expect(entries.length).toBe(result.imported.added);
        for (const entry of entries) {
          const job = await readEntry(entry.id);
          if (!job) throw new Error('an entry without a job');
          expect(v.parse(entrySchema, entryOf(job))).toEqual(entry);
          const { image, preset } = job;
          expect([
            entry.unfinished,
            image.private,
            job.tabId,
            job.using,
            preset.connectionId,
            job.contentKey,
            turnsOf(job).every(({ state }) => hasEnded(state)),
            /^(?:https?:|file:|$)/.test(image.pageUrl) && /^(?:https?:|file:|$)/.test(image.srcUrl),
            Number.isNaN(new Date(job.createdAt).getTime()),
            Object.getPrototypeOf(job) === Object.prototype,
          ]).toEqual([
            undefined,
            undefined,
            -1,
            undefined,
            undefined,
            undefined,
            true,
            true,
            false,
            true,
          ]);
        }
      }),
      { numRuns: RUNS },
    );
    // Or nothing would have been shown.
    expect(taken).toBeGreaterThan(RUNS / 10);
  },
);
