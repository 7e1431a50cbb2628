import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { backUp, putBack } from '../../../../utils/browser/history/backup';
import { exportHistory, type ExportFormat } from '../../../../utils/browser/history/export';
import {
  answerTo,
  clearHistory,
  findEntries,
  readEntry,
  saveEntry,
} from '../../../../utils/browser/history/history';
import { importHistory, type ImportResult } from '../../../../utils/browser/history/import';
import type { RetentionChoice } from '../../../../utils/browser/history/retention';
import { readImage, saveImage } from '../../../../utils/browser/history/sent-images';
import type { Job } from '../../../../utils/core/jobs/job';
import { jobAt, numbered, saveAll, THUMBNAIL, withFreshHistory } from '../../../fixtures/history';
import { historyFile } from '../../../fixtures/history-file';
import { DONE, JOBS } from '../../../fixtures/job-states';
import { RUNNING, jobIn, stateIn } from '../../../fixtures/jobs';
import { presentAnswer, stateOf } from '../../../../utils/core/jobs/turns';

withFreshHistory();

async function exported(format: ExportFormat): Promise<string> {
  return await (await exportHistory(format)).file.text();
}

const ALWAYS: RetentionChoice = { kind: 'days', days: 3_650 };

async function take(
  text: string | Blob,
  { name = 'history.json', retention = ALWAYS } = {},
): Promise<ImportResult> {
  return await importHistory(new File([text], name), {
    retention,
    now: 1_000_000,
  });
}

async function allJobs(): Promise<(Job | undefined)[]> {
  const { entries } = await findEntries({}, { limit: 1_000 });
  return await Promise.all(entries.map(({ id }) => readEntry(id)));
}

const runningTurn = jobIn(DONE, { earlier: [{ state: RUNNING }] }).turns;

/** A job that is changed in the file, as nobody but a stranger would. */
const filed = (more: object) => {
  const job = jobAt(5);
  const turns = [{ answers: [{ ...presentAnswer(job), ...more }], ...more }];
  return { ...job, thumbnail: THUMBNAIL, turns, ...more };
};

/** The same as the files of an earlier version held it. */
const formerlyFiled = (more: object) => {
  const { turns: _turns, ...job } = jobAt(5);
  const { maxTokens, state } = presentAnswer(jobAt(5));
  return { ...job, thumbnail: THUMBNAIL, earlier: [], maxTokens, state, ...more };
};

describe('an export as JSON', () => {
  it('read back is what was there', async () => {
    const settled = Object.values(JOBS).map(numbered);
    await saveAll(
      ...settled,
      jobAt(900, { thumbnail: THUMBNAIL, edited: 'Mine', purpose: 'complex' }),
    );
    const file = await exported('json');
    const before = (await allJobs()).filter((job) => job && !isRunning(job));
    await clearHistory();
    expect(await take(file)).toMatchObject({
      ok: true,
      imported: { added: before.length, present: 0, bad: 0, end: 'whole' },
    });
    expect(await allJobs()).toEqual(before);
    expect(await exported('json')).toBe(file);
    expect(await take(file)).toMatchObject({ imported: { added: 0, present: before.length } });
  });

  const isRunning = (job: Job) =>
    ['asking', 'queued', 'waiting', 'running', 'retrying'].includes(stateOf(job).status);

  it('holds no connection, no key of a content, no image in full, nothing that runs', async () => {
    const image = { ...jobAt(1).image, srcUrl: 'data:image/png;base64,iVBORw0KGgo' };
    await saveAll(
      jobAt(1, {
        image,
        preset: { id: 'a', name: 'A', prompt: 'p', connectionId: 'secret-connection' },
        using: { connectionId: 'secret-connection', model: 'm' },
        contentKey: 'secret-content',
      }),
      jobIn(RUNNING, { id: 'running' }),
    );
    const file = await exported('json');
    for (const gone of ['secret', 'iVBORw0KGgo', 'running', 'tabId'])
      expect(file).not.toContain(gone);
    expect(JSON.parse(file)).toMatchObject({ format: 'descry-history', version: 2 });
  });
});

describe('an export as CSV', () => {
  it('has a row for each question, and a spreadsheet meets no formula', async () => {
    const state = { ...DONE, text: '=HYPERLINK("https://evil.example";"x")' };
    await saveAll(
      jobAt(1, { state, question: '@SUM(1)', earlier: [{ state: { ...DONE, text: 'a;=1+1' } }] }),
      jobAt(2, { state: { ...DONE, text: '\t=1' }, preset: { id: 'x', name: '-1', prompt: 'p' } }),
    );
    const bytes = await (await exportHistory('csv')).file.bytes();
    const file = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const rows = file.split('\r\n');
    expect(rows[0]).toBe(
      '\uFEFFid,time,site,page,image,preset,prompt,turn,question,answer,state,model,server,route,input_tokens,output_tokens,cost_usd',
    );
    expect(rows).toHaveLength(5);
    expect(file).not.toMatch(/(?:^|[,;"])\s*[=@+-]/m);
    expect(file).toContain(`"'=HYPERLINK(""https://evil.example"";""x"")"`);
    expect(file).toContain("a;'=1+1");
  });
});

describe('an export as Markdown', () => {
  it('keeps what was said from becoming links, images or HTML', async () => {
    const text = '```\n![x](https://evil.example/p.png) <img src=x>\n````\nhttps://evil.example';
    const preset = { id: 'x', name: '[x](https://evil.example) <b>', prompt: 'p' };
    const image = { ...jobAt(1).image, pageUrl: 'https://pages.example.com/`<i>`' };
    await saveAll(jobAt(1, { state: { ...DONE, text }, preset, image, question: '# <script>' }));
    const file = await exported('markdown');
    const { marked } = await import('marked');
    const html = await marked.parse(file, { gfm: true });
    expect(html).not.toMatch(/<(?:a|img|script|b|i)\b/);
    expect(html.match(/<h\d/g)).toEqual(['<h1', '<h2']);
    expect(html).toContain('![x](https://evil.example/p.png)');
  });

  it('of an imported answer with 120,000 runs of backticks has all of it', async () => {
    const text = '` '.repeat(130_000).trim();
    const result = await take(historyFile([filed({ state: { ...DONE, text } })]));
    expect(result).toMatchObject({ ok: true, imported: { added: 1 } });
    const file = await exported('markdown');
    expect(file).toContain(`\n\`\`\`text\n${text}\n\`\`\`\n`);
    await clearHistory();
    await take(file, { name: 'history.md' });
    expect(await allJobs()).toMatchObject([{ turns: [{ answers: [{ state: { text } }] }] }]);
  });
});

describe('a file', () => {
  it('of another kind and a newer one are told apart', async () => {
    const faults = [
      await take('{"format":"descry-presets","version":1,"presets":[]}'),
      await take('[1,2]'),
      await take('no JSON'),
      await take(''),
      await take('{"entries":[1],"format":"descry-history","version":1}'),
      await take('{"format":"descry-history","version":3,"entries":[]}'),
      await take('id,time', { name: 'history.csv' }),
      await take('# Another history', { name: 'history.md' }),
      await take(historyFile([]), { retention: { kind: 'nothing' } }),
    ].map((result) => !result.ok && result.fault);
    const other = 'otherKind';
    expect(faults).toEqual([
      other,
      other,
      other,
      other,
      other,
      'newer',
      other,
      other,
      'keepsNothing',
    ]);
  });

  it('that is cut off keeps what was read, and says so', async () => {
    const whole = historyFile([filed({ id: 'a' }), filed({ id: 'b' }), filed({ id: 'c' })]);
    const cut = await take(whole.slice(0, whole.indexOf('"c"') + 20));
    expect(cut).toMatchObject({ imported: { added: 2, end: 'cut' } });
    const broken = await take(`${historyFile([filed({ id: 'd' })]).slice(0, -2)},}]}`);
    expect(broken).toMatchObject({ imported: { added: 1, end: 'broken' } });
  });

  it('names the place of what cannot be read, and takes the rest', async () => {
    const result = await take(
      historyFile([filed({ id: 'a' }), { id: 'x' }, 7, filed({ id: 'b' })]),
    );
    expect(result).toMatchObject({ imported: { added: 2, bad: 2, badPlaces: [2, 3] } });
  });

  it('too deep or too large between two descriptions ends there', async () => {
    const deep = `{"format":"descry-history","version":1,"entries":[${'['.repeat(200_000)}`;
    expect(await take(deep)).toMatchObject({ imported: { added: 0, end: 'broken' } });
    const large = `{"format":"descry-history","version":1,"x":"${'x'.repeat(5_000_000)}`;
    expect(await take(large)).toMatchObject({ imported: { added: 0, end: 'broken' } });
  });

  it('keeps the newer of two', async () => {
    await saveEntry(jobAt(5, { state: { ...DONE, text: 'Here', finishedAt: 50 } }));
    const older = filed({ state: { ...DONE, text: 'Old', finishedAt: 40 } });
    const newer = filed({ state: { ...DONE, text: 'New', finishedAt: 60 } });
    const another = filed({ createdAt: 6, state: { ...DONE, text: 'Other', finishedAt: 99 } });
    expect(await take(historyFile([older, another]))).toMatchObject({ imported: { present: 2 } });
    expect(stateIn(await readEntry('job-5'))).toMatchObject({ text: 'Here' });
    expect(await take(historyFile([newer]))).toMatchObject({ imported: { added: 1 } });
    expect(stateIn(await readEntry('job-5'))).toMatchObject({ text: 'New' });
  });

  it('never takes the place of what is being answered', async () => {
    await saveEntry(jobIn(RUNNING, { id: 'job-5', createdAt: 5 }));
    expect(await take(historyFile([filed({})]))).toMatchObject({ imported: { present: 1 } });
  });

  it('leaves out what is older than what is kept', async () => {
    const file = historyFile([filed({ id: 'a', createdAt: 900_000 }), filed({ id: 'b' })]);
    const retention = { kind: 'entries', entries: 1 } as const;
    expect(await take(file, { retention })).toMatchObject({ imported: { added: 2, expired: 1 } });
    expect((await allJobs()).map((job) => job?.id)).toEqual(['a']);
  });
});

describe.each([
  ['a hostile file', filed],
  ['a hostile file of an earlier version', formerlyFiled],
])('%s', (_name, form) => {
  it.each([
    ['an answer to come', { contentKey: 'known', state: { ...DONE } }],
    ['a connection of this browser', { using: { connectionId: 'mine', model: 'm' } }],
    [
      'the same in its preset',
      { preset: { id: 'a', name: 'A', prompt: 'p', connectionId: 'mine' } },
    ],
    ['a tab', { tabId: 7, altSet: true, image: { ...jobAt(1).image, imageId: 'p' } }],
    [
      'addresses that run',
      { image: { ...jobAt(1).image, pageUrl: 'javascript:alert(1)', srcUrl: 'chrome://x' } },
    ],
    ['an image that is none', { thumbnail: 'data:image/svg+xml,<svg onload="x"/>' }],
    ['such an image to compare', { images: [{ id: 'a', title: 't', thumbnail: 'javascript:1' }] }],
  ])('loses %s', async (_what, more) => {
    expect(await take(historyFile([form(more)]))).toMatchObject({ imported: { added: 1 } });
    const job = await readEntry('job-5');
    expect(job?.tabId).toBe(-1);
    expect(JSON.stringify(job)).not.toMatch(/known|mine|imageId|altSet|javascript|chrome:|svg/);
    expect(await answerTo('known')).toBeUndefined();
  });

  it.each([
    ['from a private window', { image: { ...jobAt(1).image, private: true } }],
    ['that is still being answered', { state: RUNNING }],
    ['with such a turn', { earlier: [{ state: RUNNING }], turns: runningTurn }],
    ['with an id of two names', { id: 'a b' }],
    ['of no moment that a date can be', { createdAt: 9e15 }],
    ['with a text beyond all limits', { edited: 'x'.repeat(600_000) }],
    [
      'with an error that is unknown',
      { state: { status: 'failed', failure: { code: '?' }, text: '' } },
    ],
  ])('brings no description %s', async (_what, more) => {
    expect(await take(historyFile([form(more)]))).toMatchObject({
      imported: { added: 0, bad: 1 },
    });
    expect(await allJobs()).toEqual([]);
  });
});

it('what was deleted comes back whole', async () => {
  const using = { connectionId: 'mine', model: 'm' };
  await saveAll(jobAt(1, { thumbnail: THUMBNAIL, contentKey: 'key', using }), jobAt(2));
  const before = await allJobs();
  const [one, both] = [await backUp(['job-1', 'gone']), await backUp(['job-1', 'job-2'])];
  await clearHistory();
  await putBack(one);
  expect(await allJobs()).toEqual([before[1]]);
  await putBack(both);
  expect(await allJobs()).toEqual(before);
});

it('what was deleted before its answer was whole comes back with the images it goes on with', async () => {
  const compared = ['x', 'y'].map((id) => ({ id, title: id }));
  const stopped = { status: 'stopped' as const, text: 'A brown' };
  await saveAll(jobAt(1, { state: stopped, images: compared }), jobAt(2));
  const images = ['job-1', 'x', 'y'].map((id, at) => ({
    id,
    storedAt: at,
    dataUrl: `data:image/png;base64,${id}`,
    route: 'page' as const,
  }));
  for (const image of images) await saveImage(image);
  const backup = await backUp(['job-1', 'job-2']);
  await clearHistory();
  expect(await readImage('x')).toBeUndefined();
  await putBack(backup);
  expect(await Promise.all(images.map(({ id }) => readImage(id)))).toEqual(images);
});
