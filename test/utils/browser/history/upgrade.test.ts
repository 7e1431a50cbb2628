/** What Descry stored and exported before jobs had turns, as its last version of that form wrote it. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import {
  answerTo,
  findEntries,
  historyFacets,
  readEntry,
  unfinishedJobs,
} from '../../../../utils/browser/history/history';
import { importHistory } from '../../../../utils/browser/history/import';
import { readImage } from '../../../../utils/browser/history/sent-images';
import type { Job } from '../../../../utils/core/jobs/job';
import { withFreshHistory } from '../../../fixtures/history';
import { DONE } from '../../../fixtures/job-states';
import { stateIn } from '../../../fixtures/jobs';

withFreshHistory();

const FORMER = JSON.parse(readFileSync('test/fixtures/former/entries.json', 'utf8')) as {
  job: object;
}[];
const THUMBNAIL = 'data:image/webp;base64,AAAA';

/** The database as version 1 made it. */
async function formerDatabase(entries: readonly object[]): Promise<void> {
  const db = await openDB('descry', 1, {
    upgrade(made) {
      const store = made.createObjectStore('entries', { keyPath: 'id' });
      store.createIndex('newest', ['newest', 'id']);
      for (const field of ['site', 'presetName', 'model', 'contentKey', 'unfinished']) {
        store.createIndex(field, field);
      }
      made.createObjectStore('thumbnails', { keyPath: 'id' });
      made.createObjectStore('pictures', { keyPath: 'id' }).createIndex('keptAt', 'keptAt');
    },
  });
  for (const entry of entries) await db.put('entries', entry);
  for (const id of ['conversation', 'opinion']) {
    await db.put('thumbnails', { id, dataUrl: THUMBNAIL });
  }
  await db.put('pictures', { id: 'a', keptAt: 5, dataUrl: 'data:,', route: 'screen' });
  db.close();
}

const answer = { maxTokens: 8_000 };
const CONVERSATION: Partial<Job> = {
  id: 'conversation',
  createdAt: 900,
  purpose: 'complex',
  images: [
    { id: 'a', title: 'A' },
    { id: 'b', title: 'B' },
  ],
  turns: [
    {
      pageContext: {
        texts: { caption: 'A dog' },
        language: 'en',
        purpose: { kind: 'complex', reason: 'captioned' },
      },
      answers: [{ ...answer, id: '1', contentKey: 'key-1', imageHash: 'hash-1', state: DONE }],
    },
    {
      question: 'Old?',
      answers: [{ ...answer, id: '2', state: { status: 'stopped', text: 'Ab' } }],
    },
    {
      question: 'What breed?',
      answers: [
        {
          ...answer,
          id: '3',
          using: { connectionId: 'c1', model: 'm' },
          withoutImage: false,
          resumes: true,
          edited: 'A small pug.',
          altSet: true,
          state: { ...DONE, text: 'A pug.' },
        },
      ],
    },
  ],
};

describe('a history of the form before', () => {
  it('has turns, and second opinions stand beside the answer they are about', async () => {
    await formerDatabase(FORMER);
    const { entries } = await findEntries({}, { limit: 10 });
    expect(entries.map(({ id }) => id)).toEqual([
      'unfinished',
      'orphan',
      'conversation',
      'refused',
    ]);
    const job = await readEntry('conversation');
    const [first, second, third] = CONVERSATION.turns ?? [];
    expect(job).toMatchObject({ ...CONVERSATION, turns: [first, second, {}] });
    expect(job?.turns[2]).toMatchObject({ question: third?.question });
    expect(job?.turns[2]?.answers).toMatchObject([
      third?.answers[0],
      { id: '4', state: { text: 'A cat.', model: 'other', sent: { route: 'screenshot' } } },
    ]);
    expect(job?.image).toMatchObject({ imageId: 'p-1', size: { width: 4, height: 3 } });
    expect(job?.thumbnail).toBe(THUMBNAIL);
    // The page of what this one was about was deleted.
    expect(stateIn(await readEntry('orphan'))).toMatchObject({ sent: { route: 'upload' } });
    expect(stateIn(await readEntry('refused'))).toMatchObject({
      failure: { code: 'promptUnsupported' },
    });
  });

  it('is found by all that it was found by', async () => {
    await formerDatabase(FORMER);
    expect((await unfinishedJobs()).map(({ id }) => id)).toEqual(['unfinished']);
    expect(await answerTo('key-1')).toEqual({
      answer: DONE,
      thumbnail: THUMBNAIL,
      imageHash: 'hash-1',
    });
    expect(await answerTo('key-2')).toMatchObject({ answer: { text: DONE.text } });
    expect(await historyFacets()).toMatchObject({ count: 4, sites: ['pages.example.com'] });
    const byModel = await findEntries({ model: 'other' }, { limit: 10 });
    expect(byModel.entries.map(({ id }) => id)).toEqual(['conversation']);
    const found = await findEntries({ words: 'cat small' }, { limit: 10 });
    expect(found.entries.map(({ id }) => id)).toEqual(['conversation']);
  });

  it('keeps apart a second opinion that was asked on by itself', async () => {
    const [first, second] = FORMER;
    if (!first || !second) throw new Error('no such entries');
    const earlier = [
      { state: { ...DONE, text: 'Another first answer.' } },
      { question: 'Old?', state: { status: 'stopped', text: 'Ab' } },
    ];
    await formerDatabase([first, { ...second, job: { ...second.job, earlier } }]);
    const { entries } = await findEntries({ words: 'another first answer' }, { limit: 10 });
    expect(entries.map(({ id }) => id)).toEqual(['opinion']);
    expect((await readEntry('conversation'))?.turns[2]?.answers).toHaveLength(1);
  });

  it('has the images of unfinished jobs', async () => {
    await formerDatabase(FORMER);
    expect(await readImage('a')).toEqual({
      id: 'a',
      storedAt: 5,
      dataUrl: 'data:,',
      route: 'screenshot',
    });
  });

  it('of thousands comes over whole, and what is not understood stays', async () => {
    const nonsense = { id: 'nonsense', newest: -1, job: { state: 7 } };
    const many = Array.from({ length: 1_200 }, (_, at) => ({
      ...FORMER[2],
      id: `many-${at}`,
      newest: -at,
      job: { ...FORMER[2]?.job, id: `many-${at}`, createdAt: at },
    }));
    await formerDatabase([nonsense, ...many]);
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { entries } = await findEntries({}, { limit: 5_000 });
    expect(entries).toHaveLength(1_200);
    expect(error).toHaveBeenCalled();
    expect((await historyFacets()).count).toBe(1_201);
  });

  it('that is not ours is left as it is, and opening it fails by name', async () => {
    const db = await openDB('descry', 1, { upgrade: (made) => void made.createObjectStore('x') });
    await db.put('x', 1, 'a');
    db.close();
    vi.spyOn(console, 'error').mockReturnValue();
    await expect(findEntries({}, { limit: 1 })).rejects.toMatchObject({ code: 'historyBroken' });
    const same = await openDB('descry');
    expect(same.version).toBe(1);
    expect(await same.get('x', 'a')).toBe(1);
    same.close();
  });
});

it('an export of the form before is read: each description, also second opinions', async () => {
  const file = new File([readFileSync('test/fixtures/former/history.json')], 'history.json');
  const retention = { kind: 'days', days: 3_650 } as const;
  expect(await importHistory(file, { retention, now: 1_000_000 })).toMatchObject({
    imported: { added: 4, bad: 0, end: 'whole' },
  });
  expect(await readEntry('conversation')).toMatchObject({
    purpose: 'complex',
    turns: [
      { pageContext: { purpose: { kind: 'complex' } }, answers: [{ id: '1', state: DONE }] },
      { question: 'Old?', answers: [{ id: '2' }] },
      { question: 'What breed?', answers: [{ id: '3', edited: 'A small pug.' }] },
    ],
  });
  expect(await readEntry('opinion')).toMatchObject({
    turns: [{}, {}, { answers: [{ state: { text: 'A cat.', sent: { route: 'screenshot' } } }] }],
  });
  expect(stateIn(await readEntry('refused'))).toEqual({
    status: 'failed',
    failure: { code: 'promptUnsupported' },
    text: '',
  });
});
