/** CSV and Markdown, read back: what they say is there again, and what they do not say is not. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { exportHistory } from '../../../utils/history/export';
import { asItWas, harmless } from '../../../utils/history/export-csv';
import { clearHistory, findEntries, readEntry } from '../../../utils/history/history';
import { importHistory, type ImportResult } from '../../../utils/history/import';
import { plainJob } from '../../../utils/history/plain-job';
import { hasEnded, type Job } from '../../../utils/jobs/job';
import { jobAt, numbered, saveAll, THUMBNAIL, withFreshHistory } from '../../fixtures/history';
import { EXPORT_WORDS } from '../../fixtures/history-words';
import { DONE, JOBS } from '../../fixtures/job-states';

withFreshHistory();

type Form = 'csv' | 'markdown';
const FORMS: readonly Form[] = ['csv', 'markdown'];

async function exported(form: Form): Promise<string> {
  return await (await exportHistory(form, { words: EXPORT_WORDS })).file.text();
}

async function take(form: Form, file: BlobPart): Promise<ImportResult> {
  const name = form === 'csv' ? 'history.CSV' : 'history.md';
  const keeping = { kind: 'days', days: 3_650 } as const;
  return await importHistory(new File([file], name), { keeping, words: EXPORT_WORDS, now: 1e6 });
}

async function allJobs(): Promise<Job[]> {
  const { entries } = await findEntries({}, { limit: 1_000 });
  const jobs = await Promise.all(entries.map(({ id }) => readEntry(id)));
  return jobs.flatMap((job) => job ?? []);
}

const CONVERSATION = jobAt(900, {
  question: 'And what is beside it?',
  thumbnail: THUMBNAIL,
  edited: 'A chair,\nand "a table"; =1+1',
  earlier: [
    { state: { ...DONE, text: '```\nA cat\n````\n\n## No head\n' } },
    { question: '; -what?', state: { status: 'stopped', text: 'A d' } },
  ],
});

describe.each(FORMS)('%s read back', (form) => {
  it('says again what it said', async () => {
    await saveAll(...Object.values(JOBS).map(numbered), CONVERSATION);
    const before = (await allJobs()).filter(({ state }) => hasEnded(state));
    const file = await exported(form);
    await clearHistory();
    expect(await take(form, file)).toMatchObject({
      imported: { added: before.length, bad: 0, end: 'whole' },
    });
    expect(await exported(form)).toBe(file);
    // A second time brings nothing.
    expect(await take(form, file)).toMatchObject({
      imported: { added: 0, present: before.length },
    });
    const [job] = await allJobs();
    expect(job).toMatchObject({ id: 'job-900', question: CONVERSATION.question, tabId: -1 });
    expect(job?.thumbnail).toBeUndefined();
    expect(job?.earlier).toHaveLength(2);
  });

  it('takes the place of nothing that is there', async () => {
    await saveAll(jobAt(5, { thumbnail: THUMBNAIL }));
    const file = await exported(form);
    const answer = await take(form, file.replace(DONE.text, 'Another answer'));
    expect(answer).toMatchObject({ imported: { added: 0, present: 1 } });
    expect((await allJobs())[0]).toMatchObject({
      thumbnail: THUMBNAIL,
      state: { text: DONE.text },
    });
  });

  it('keeps what stood before the place where it is cut off', async () => {
    await saveAll(jobAt(1), jobAt(2, { preset: { id: 'a', name: 'A', prompt: 'b\nc' } }), jobAt(3));
    const file = await exported(form);
    await clearHistory();
    // In the last one, in the middle of its address or of its answer.
    const at = file.lastIndexOf(DONE.text) + 3;
    expect(await take(form, file.slice(0, at))).toMatchObject({
      imported: { added: 2, bad: 0, end: 'cut' },
    });
  });

  it('is damaged where it is no UTF-8', async () => {
    await saveAll(...Array.from({ length: 300 }, (_, at) => jobAt(at)));
    const bytes = new TextEncoder().encode(await exported(form));
    await clearHistory();
    bytes[bytes.length - 20] = 0xff;
    const result = await take(form, bytes);
    expect(result).toMatchObject({ imported: { bad: 0, end: 'broken' } });
    expect(result.ok && result.imported.added).toBeGreaterThan(50);
  });

  it('has an end where one description has none', async () => {
    await saveAll(jobAt(1));
    const file = await exported(form);
    const endless = `${file}${form === 'csv' ? '"' : '## '}${'x'.repeat(9_000_000)}`;
    expect(await take(form, endless)).toMatchObject({ imported: { end: 'broken' } });
  });

  it('brings no address that runs, and nothing that is no answer of ours', async () => {
    await saveAll(jobAt(1, { image: { ...jobAt(1).image, pageUrl: 'https://good.example/' } }));
    const file = await exported(form);
    await clearHistory();
    await take(form, file.replaceAll('https://good.example/', 'javascript:alert(1)'));
    expect((await allJobs()).map(({ image }) => image.pageUrl)).toEqual(['']);
    await clearHistory();
    expect(await take(form, file.replace('job-1', 'job 1'))).toMatchObject({
      imported: { added: 0, bad: 1, badPlaces: [1] },
    });
  });
});

describe('a CSV that was through a spreadsheet', () => {
  it('may have other delimiters, line ends and orders of columns, and lack what is not needed', async () => {
    await saveAll(jobAt(2), CONVERSATION);
    const file = await exported('csv');
    const before = await allJobs();
    await clearHistory();
    const parsed = Papa.parse<string[]>(file.trim()).data;
    expect(parsed.length).toBeGreaterThan(4);
    const cost = parsed[0]?.indexOf(EXPORT_WORDS.csv.cost) ?? -1;
    const changed = parsed.map((cells) => cells.toSpliced(cost, 1).toReversed());
    const saved = `${Papa.unparse(changed, { delimiter: ';', newline: '\n' })}\n`;
    expect(await take('csv', saved)).toMatchObject({
      imported: { added: 2, bad: 0, end: 'whole' },
    });
    const after = await allJobs();
    const words = (job: Job) =>
      plainJob(job).turns.map(({ question, answer }) => [question, answer]);
    expect(after.map(words)).toEqual(before.map(words));
  });
});

it('any words come back as they were, and a spreadsheet meets no formula in them', () => {
  const unit = fc.constantFrom("'", ';', '=', '+', '@', '-', ' ', '\t', '\r', '\n', 'a', '＝');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      expect(asItWas(harmless(text))).toBe(text);
      expect(harmless(text)).not.toMatch(/(?:^|;)(?:\s*[=+\-@＝]|[\t\r\n])/);
    }),
    { numRuns: 5_000 },
  );
});

it.each(FORMS)('any words come back by %s', async (form) => {
  const unit = fc.constantFrom(...'`"\',;|#=-*_\\<&\n\t ab'.split(''));
  const text = fc
    .string({ unit, minLength: 1, maxLength: 30 })
    .filter((each) => each.trim() !== '');
  await fc.assert(
    fc.asyncProperty(text, text, text, async (question, answer, prompt) => {
      await clearHistory();
      const preset = { id: 'a', name: 'A', prompt: prompt.trim() };
      await saveAll(jobAt(1, { question, preset, state: { ...DONE, text: answer } }));
      const file = await exported(form);
      await clearHistory();
      await take(form, file);
      const [job] = await allJobs();
      expect(job).toMatchObject({
        question,
        preset: { prompt: prompt.trim() },
        state: { text: answer },
      });
    }),
    { numRuns: 300 },
  );
});
