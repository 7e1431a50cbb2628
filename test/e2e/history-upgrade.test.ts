/** A history that an earlier Descry wrote, brought over by the browser's own database. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluateInExtension, openExtensionPage } from './harness/extension-page.ts';
import { readHistory } from './harness/history.ts';
import { forgetHistory } from './harness/image-page.ts';
import { waitForWords } from './harness/buttons.ts';
import { startSession, type Session } from './harness/session.ts';

/** More than are read at once. */
const COPIES = 1_200;

let session: Session;

beforeAll(async () => {
  session = await startSession();
});

afterAll(() => session.stop());

it('comes over whole, with its second opinions, and is shown and searched', async () => {
  await forgetHistory(session);
  const former = JSON.parse(readFileSync('test/fixtures/former/entries.json', 'utf8')) as object[];
  await evaluateInExtension(session, plantFormer, former, COPIES);
  const history = await openExtensionPage(session, 'description-history.html');
  // One is a second opinion on another.
  const count = COPIES + former.length - 1;
  await waitForWords(history, `${count.toLocaleString('en')} descriptions`);
  const entries = await readHistory(session);
  expect(entries).toHaveLength(count);
  expect(entries.every(({ job }) => job.turns.length > 0)).toBe(true);
  const conversation = entries.find(({ id }) => id === 'conversation');
  expect(conversation?.job.turns.map(({ answers }) => answers.length)).toEqual([1, 1, 2]);
  await history.type('input[type="search"]', 'small pug');
  await waitForWords(history, 'A small pug.');
});

/** Stands alone: it is run in the extension. */
async function plantFormer(entries: readonly object[], copies: number): Promise<void> {
  const opening = indexedDB.open('descry', 1);
  opening.addEventListener('upgradeneeded', () => {
    const db = opening.result;
    const store = db.createObjectStore('entries', { keyPath: 'id' });
    store.createIndex('newest', ['newest', 'id']);
    for (const field of ['site', 'presetName', 'model', 'contentKey', 'unfinished']) {
      store.createIndex(field, field);
    }
    db.createObjectStore('thumbnails', { keyPath: 'id' });
    db.createObjectStore('pictures', { keyPath: 'id' }).createIndex('keptAt', 'keptAt');
  });
  await new Promise((resolve, reject) => {
    opening.addEventListener('success', resolve);
    opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
  });
  const change = opening.result.transaction('entries', 'readwrite');
  for (const entry of entries) change.objectStore('entries').put(entry);
  const [first = {}] = entries as { job?: object }[];
  for (let at = 0; at < copies; at += 1) {
    const id = `copy-${at}`;
    const newest = -at - 1;
    change.objectStore('entries').put({ ...first, id, newest, job: { ...first.job, id } });
  }
  await new Promise((resolve) => change.addEventListener('complete', resolve));
  opening.result.close();
}
