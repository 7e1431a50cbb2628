/** Files of a history, spoiled and made up, in every form: each is read without an error, and nothing
 * comes in that is not ours. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { entryOf, entrySchema } from '../../utils/browser/history/entry';
import { blobOf } from '../../utils/browser/history/export';
import { csvRows } from '../../utils/browser/history/export-csv';
import { markdownPieces } from '../../utils/browser/history/export-markdown';
import { filedJob } from '../../utils/browser/history/filed-job';
import { clearHistory, findEntries, readEntry } from '../../utils/browser/history/history';
import { importHistory } from '../../utils/browser/history/import';
import { answersOf, stateOf } from '../../utils/core/jobs/turns';
import { hasEnded } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { jobAt, numbered, THUMBNAIL } from '../fixtures/history';
import { historyFile } from '../fixtures/history-file';
import { JOBS } from '../fixtures/job-states';
import { always } from './always';
import { spoiledJson, spoiledText } from './spoil';
import { presentAnswer } from '../../utils/core/jobs/turns';

/** Ended in different ways. */
const SOME = Object.values(JOBS)
  .map(numbered)
  .filter((job) => hasEnded(stateOf(job)))
  .slice(0, 6);

const VALID = [
  ...Object.values(JOBS).map((job, at) => filedJob(numbered(job, at))),
  filedJob(jobAt(5, { thumbnail: THUMBNAIL, question: 'Which?', edited: 'Mine' })),
];

/** Values at which readers stumble. */
const odd = [
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
];
const names =
  'id createdAt state earlier preset image using contentKey tabId private thumbnail pageUrl text unfinished compared status __proto__'.split(
    ' ',
  );

interface HostileJobInput {
  address?: string;
  thumbnail?: string;
  private?: boolean;
  contentKey?: string;
  connectionId?: string;
  tabId?: number;
}

/** What a stranger would put there. */
function hostileJob({
  address,
  private: isPrivate,
  connectionId,
  ...rest
}: HostileJobInput): object {
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

const EXPORTS = [...VALID.map((entry) => [entry]), VALID.slice(0, 3), VALID.slice(-3)].map(
  (entries) => ({ format: 'descry-history', version: 1, entries }),
);
const spoiledExport = spoiledJson(EXPORTS, { odd, names }).map(({ value, ...rest }) => ({
  ...rest,
  value: JSON.stringify(value) ?? '',
}));

const whole = async (pieces: AsyncGenerator<string>) =>
  await blobOf(pieces, '').then((blob) => blob.text());
// oxlint-disable-next-line typescript/require-await -- as the database gives them
const some = async function* (): AsyncGenerator<Job[]> {
  yield SOME;
};
const PUTS = ['', ',', ';', '"', '\n', '\r\n', '`', '```', '\n## ', '\n- ', "'=", 'job', '\0'];
const marks = /[",`#\n{}[\]:]/g;
const CSV = await whole(csvRows(some()));
const MARKDOWN = await whole(markdownPieces(some()));
const invented = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.json({ maxDepth: 5 }),
  fc.array(fc.jsonValue({ maxDepth: 4 })).map(historyFile),
  fc.array(hostile, { minLength: 1, maxLength: 2 }).map(historyFile),
);

/** A file of a form, and whether it is as it was written. */
const as = (name: string, made: fc.Arbitrary<{ value: string; intact: boolean }>) =>
  made.map(({ value, intact }) => ({ name, text: value, intact }));
const file = fc.oneof(
  { weight: 6, arbitrary: as('a.json', spoiledExport) },
  {
    weight: 2,
    arbitrary: as(
      'a.json',
      spoiledText(
        EXPORTS.map((each) => JSON.stringify(each)),
        { puts: PUTS, marks },
      ),
    ),
  },
  { weight: 2, arbitrary: as('a.csv', spoiledText([CSV], { puts: PUTS, marks })) },
  { weight: 2, arbitrary: as('a.md', spoiledText([MARKDOWN], { puts: PUTS, marks })) },
  {
    weight: 2,
    arbitrary: as(
      'a.json',
      invented.map((value) => ({ value, intact: false })),
    ),
  },
);

const retention = { kind: 'entries', entries: 100_000 } as const;
const take = async (name: string, text: string) =>
  await importHistory(new File([text], name), { retention, now: 2_000 });

/** What of a job that came in is not as it must be. */
function wrongIn(job: Job, unfinished: unknown): string[] {
  const { image, preset } = job;
  const wrong = {
    unfinished: unfinished !== undefined,
    private: image.private !== undefined,
    tab: job.tabId !== -1,
    connection: presentAnswer(job).using !== undefined || preset.connectionId !== undefined,
    contentKey: presentAnswer(job).contentKey !== undefined,
    running: !answersOf(job).every(({ state }) => hasEnded(state)),
    address: ![image.pageUrl, image.srcUrl].every((url) => /^(?:https?:|file:|$)/i.test(url)),
    time: Number.isNaN(new Date(job.createdAt).getTime()),
    prototype: Object.getPrototypeOf(job) !== Object.prototype,
  };
  return Object.entries(wrong).flatMap(([name, is]) => (is ? [name] : []));
}

/** How many jobs in a sample have not ended: no export of ours has any, and none comes in. */
function unendedIn(name: string, text: string): number {
  if (name !== 'a.json') return 0;
  const { entries } = JSON.parse(text) as { entries: Job[] };
  return entries.filter((job) => !hasEnded(stateOf(job))).length;
}

it('any file is read without an error, and brings in nothing that is not ours', async () => {
  await always(
    file,
    async ({ name, text, intact }, reach) => {
      await clearHistory();
      const result = await take(name, text);
      const form = name.slice(2);
      if (!result.ok) {
        expect(intact).toBe(false);
        return reach(`${form}: ${result.fault}`);
      }
      const { added, end, bad } = result.imported;
      reach(`${form}: ${end}`);
      if (intact) expect([end, bad]).toEqual(['whole', unendedIn(name, text)]);
      if (bad > 0) reach(`${form}: some bad`);
      if (added > 0) reach(`${form}: taken`);
      const { entries } = await findEntries({}, { limit: 100 });
      // All that was counted is there, and parses.
      expect(entries.length).toBe(added);
      for (const entry of entries) {
        const job = await readEntry(entry.id);
        if (!job) throw new Error('an entry without a job');
        expect(v.parse(entrySchema, entryOf(job))).toEqual(entry);
        expect(wrongIn(job, entry.unfinished)).toEqual([]);
      }
    },
    {
      share: 1 / 2,
      floors: {
        'json: taken': 0.02,
        'json: some bad': 0.03,
        'json: broken': 0.008,
        'json: cut': 0.002,
        'json: otherKind': 0.02,
        'csv: taken': 0.012,
        'csv: some bad': 0.005,
        'csv: cut': 0.003,
        'md: taken': 0.015,
        'md: some bad': 0.005,
        'md: cut': 0.003,
      },
    },
  );
});
