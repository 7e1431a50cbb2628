/** CSV and Markdown, read back: what they say is there again, and what they do not say is not. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exportHistory } from '../../../../utils/browser/history/export';
import { asItWas, CSV_NAMES, harmless } from '../../../../utils/browser/history/export-csv';
import { MARKDOWN_FACTS, MARKDOWN_WORDS } from '../../../../utils/browser/history/export-markdown';
import { clearHistory, findEntries, readEntry } from '../../../../utils/browser/history/history';
import { importHistory, type ImportResult } from '../../../../utils/browser/history/import';
import { plainJob } from '../../../../utils/browser/history/plain-job';
import { hasEnded } from '../../../../utils/core/jobs/answer-state';
import type { Job } from '../../../../utils/core/jobs/job';
import { jobAt, numbered, saveAll, THUMBNAIL, withFreshHistory } from '../../../fixtures/history';
import { DONE, JOBS } from '../../../fixtures/job-states';
import { jobIn, SENT, stateIn } from '../../../fixtures/jobs';
import { answersOf, answerText, stateOf } from '../../../../utils/core/jobs/turns';

withFreshHistory();

type Form = 'csv' | 'markdown';
const FORMS: readonly Form[] = ['csv', 'markdown'];

async function exported(form: Form): Promise<string> {
  return await (await exportHistory(form)).file.text();
}

async function take(form: Form, file: BlobPart): Promise<ImportResult> {
  const name = form === 'csv' ? 'history.CSV' : 'history.md';
  const retention = { kind: 'days', days: 3_650 } as const;
  return await importHistory(new File([file], name), { retention, now: 1e6 });
}

async function allJobs(): Promise<Job[]> {
  const { entries } = await findEntries({}, { limit: 1_000 });
  const jobs = await Promise.all(entries.map(({ id }) => readEntry(id)));
  return jobs.flatMap((job) => job ?? []);
}

const OTHER = { ...SENT, model: 'other' };
const CONVERSATION = jobAt(900, {
  question: 'And what is beside it?',
  thumbnail: THUMBNAIL,
  edited: 'A chair,\nand "a table"; =1+1',
  opinions: [{ state: { ...DONE, text: 'A bed', model: 'other', sent: OTHER } }],
  earlier: [
    { state: { ...DONE, text: '```\nA cat\n````\n\n## No head\n' } },
    { question: '; -what?', state: { status: 'stopped', text: 'A d' } },
  ],
});

describe.each(FORMS)('%s read back', (form) => {
  it('says again what it said', async () => {
    await saveAll(...Object.values(JOBS).map(numbered), CONVERSATION);
    const before = (await allJobs()).filter((job) => hasEnded(stateOf(job)));
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
    expect(job).toMatchObject({ id: 'job-900', tabId: -1 });
    expect(job?.thumbnail).toBeUndefined();
    expect(job?.turns.map(({ question }) => question)).toEqual(
      CONVERSATION.turns.map(({ question }) => question),
    );
    const texts = (each: Job | undefined) => each && answersOf(each).map(answerText);
    expect(texts(job)).toEqual(texts(CONVERSATION));
    expect(job?.turns.at(-1)?.answers[1]?.state).toMatchObject({ model: 'other' });
  });

  it('says of each answer by whom it is, though the last one was never sent', async () => {
    const locked = { status: 'failed', failure: { code: 'keysLocked' }, text: '' } as const;
    const local = { route: 'page', host: 'localhost:11434', model: 'own' } as const;
    const opinions = [{ state: { ...DONE, text: 'A cat', model: 'own', sent: local } }];
    const first = jobAt(1, { opinions });
    await saveAll(first, jobIn(locked, { id: 'b', createdAt: 2, earlier: [{ state: DONE }] }));
    const file = await exported(form);
    await clearHistory();
    expect(await take(form, file)).toMatchObject({ imported: { added: 2, bad: 0 } });
    const said = (job: Job | undefined) =>
      job &&
      answersOf(job).map(({ state }) => state.status === 'done' && [state.model, state.sent]);
    expect(said(await readEntry('job-1'))).toEqual(said(first));
    expect(said(await readEntry('b'))).toEqual([['gpt-6-luna', SENT], false]);
    expect(await exported(form)).toBe(file);
  });

  it('takes the place of nothing that is there', async () => {
    await saveAll(jobAt(5, { thumbnail: THUMBNAIL }));
    const file = await exported(form);
    const answer = await take(form, file.replace(DONE.text, 'Another answer'));
    expect(answer).toMatchObject({ imported: { added: 0, present: 1 } });
    const [job] = await allJobs();
    expect(job?.thumbnail).toBe(THUMBNAIL);
    expect(stateIn(job)).toMatchObject({ text: DONE.text });
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

it.each([
  ['altNotTaken', 'altUnsupported'],
  ['promptNotTaken', 'promptUnsupported'],
] as const)('%s, as an earlier version named a failure, is read', async (former, code) => {
  await saveAll(jobAt(1, { state: { status: 'failed', failure: { code }, text: '' } }));
  const file = await exported('csv');
  await clearHistory();
  const earlier = file.replace(code, former);
  expect(earlier).toContain(former);
  expect(await take('csv', earlier)).toMatchObject({ imported: { added: 1, bad: 0 } });
  expect(stateIn((await allJobs())[0])).toMatchObject({ failure: { code } });
});

// An earlier version wrote these two descriptions, in English and in German.
describe.each([
  ['csv', 'en.csv'],
  ['csv', 'de.csv'],
  ['markdown', 'en.md'],
  ['markdown', 'de.md'],
] as const)('an earlier file as %s, %s', (form, name) => {
  it('is read, and written anew in the one form of every language', async () => {
    const old = readFileSync(`test/fixtures/exported/${name}`);
    expect(await take(form, old)).toMatchObject({ imported: { added: 2, bad: 0, end: 'whole' } });
    const [conversation, single] = (await allJobs()).map((job) => plainJob(job));
    expect(conversation).toMatchObject({
      id: 'job-900',
      page: 'https://pages.example.com/dogs',
      image: 'https://pictures.example.com/dog.jpg',
      preset: 'Alt text',
      prompt: 'Write alternative text.',
      turns: [
        { question: '', answers: [{ answer: 'A cat\n\n## No head\n', state: 'done' }] },
        { question: 'Which?', answers: [{ answer: 'A d', state: 'stopped' }] },
        { question: 'Why?', answers: [{ answer: '' }] },
        {
          question: 'And what is beside it?',
          answers: [{ answer: 'A chair,\nand "a table"; =1+1' }],
        },
      ],
    });
    expect(single).toMatchObject({
      turns: [
        {
          answers: [
            { answer: DONE.text, model: 'gpt-6-luna', server: 'api.openai.com', route: 'url' },
          ],
        },
      ],
    });
    const file = await exported(form);
    const before = await allJobs();
    await clearHistory();
    await take(form, file);
    expect(await allJobs()).toEqual(before);
  });
});

it('no word in a file means two things', () => {
  const columns = Object.values(CSV_NAMES).flat();
  expect(new Set(columns).size).toBe(columns.length);
  const facts = MARKDOWN_FACTS.flatMap((fact) => MARKDOWN_WORDS[fact]);
  expect(new Set(facts).size).toBe(facts.length);
});

// A Markdown parser takes the square of their length and more for these.
it.each([
  ['a list in a list', '- '.repeat(60) + 'a\n' + 'b\n'.repeat(300)],
  ['code in a list', '- ```\n'.repeat(300) + 'a\n'.repeat(300)],
  ['a quotation in a quotation', '> '.repeat(60) + 'a\n' + 'b\n'.repeat(300)],
  ['a table and a list', '| a\n|-\n|-\n' + '- '.repeat(60) + 'a\n' + 'b\n'.repeat(300)],
])('each line of a Markdown file is looked at a few times: %s', async (_, text) => {
  await saveAll(jobAt(1));
  const file = await exported('markdown');
  await clearHistory();
  const exec = vi.spyOn(RegExp.prototype, 'exec');
  onTestFinished(() => exec.mockRestore());
  const taken = await take('markdown', file.replace('\nPrompt:', `\n${text}\nPrompt:`));
  expect(exec.mock.calls.length).toBeLessThan(5_000);
  expect(taken).toMatchObject({ imported: { added: 1, bad: 0, end: 'whole' } });
});

describe('a CSV that was through a spreadsheet', () => {
  it('may have other delimiters, line ends and orders of columns, and lack what is not needed', async () => {
    await saveAll(jobAt(2), CONVERSATION);
    const file = await exported('csv');
    const before = await allJobs();
    await clearHistory();
    const parsed = Papa.parse<string[]>(file.trim()).data;
    expect(parsed.length).toBeGreaterThan(4);
    const cost = parsed[0]?.indexOf(CSV_NAMES.cost[0]) ?? -1;
    const changed = parsed.map((cells) => cells.toSpliced(cost, 1).toReversed());
    const saved = `${Papa.unparse(changed, { delimiter: ';', newline: '\n' })}\n`;
    expect(await take('csv', saved)).toMatchObject({
      imported: { added: 2, bad: 0, end: 'whole' },
    });
    const after = await allJobs();
    const words = (job: Job) =>
      plainJob(job).turns.map(({ question, answers }) => [question, answers[0]?.answer]);
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
        preset: { prompt: prompt.trim() },
        turns: [{ question, answers: [{ state: { text: answer } }] }],
      });
    }),
    { numRuns: 300 },
  );
});
