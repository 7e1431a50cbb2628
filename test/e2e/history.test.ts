import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Job } from '../../utils/core/jobs/job.ts';
import { sleep } from './faults/faulty-server.ts';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { clickImage } from './harness/click-image.ts';
import {
  evaluateInExtension,
  openExtensionPage,
  readStorage,
  seedConnection,
  writeStorage,
} from './harness/extension-page.ts';
import { pagesAt, waitForPage } from './harness/find-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { openDetails } from './harness/open-details.ts';
import { openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import { startSession, type Session } from './harness/session.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';
import { stateIn } from '../fixtures/jobs.ts';

let session: Session;
let history: Page;
/** By then a tab of ours would be there. */
const SHOWN_MS = 500;

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  await seedConnection(session, { key: 'sk-test-history' });
});

afterAll(() => session.stop());

const text = () => history.evaluate(() => document.body.innerText);

/** What the database holds, read past our own code. */
function stored(): Promise<Record<'entries' | 'thumbnails' | 'images', unknown[]>> {
  return evaluateInExtension(session, async () => {
    const done = (request: IDBRequest) =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error()));
      });
    const db = (await done(indexedDB.open('descry'))) as IDBDatabase;
    const all: Record<string, unknown[]> = {};
    for (const name of db.objectStoreNames) {
      all[name] = (await done(db.transaction(name).objectStore(name).getAll())) as unknown[];
    }
    db.close();
    return all;
  });
}

/** Describes the image by a real right-click. */
async function describeOnce(answer: string, preset: string): Promise<void> {
  session.model.answer(answer);
  const page = await openPage(session);
  await describeImage(session, page, '#image', menuPlace(preset));
  const card = await waitForCard(session, page);
  await card.waitForText(answer);
  await poll('the entry', async () => JSON.stringify(await stored()).includes(answer));
  await page.close();
}

it('leaves the browser’s own history where it was: Ctrl+H shows it', async () => {
  const page = await openPage(session);
  await page.bringToFront();
  session.xdotool.send('key ctrl+h');
  // Chrome opens a tab, Firefox a part of its window.
  if (session.name === 'chrome') await waitForPage(session, 'chrome://history');
  else await sleep(SHOWN_MS);
  expect(await pagesAt(session, 'description-history.html')).toEqual([]);
  if (session.name === 'firefox') session.xdotool.send('key ctrl+h');
  for (const own of await pagesAt(session, 'chrome://history')) await own.close();
  await page.close();
});

it('is reached from the popup, and has what was described by real right-clicks', async () => {
  await describeOnce('A teal rectangle on a page.', 'Alt text');
  // The same question would be answered by the history.
  await describeOnce('Seen a second time, by the sea.', 'Detailed description');
  const page = await openPage(session);
  const popup = await openPopup(session, page);
  await popup.waitForText('Seen a second time');
  // The popup closes as the tab opens, before the click has ended.
  await popup.click('a[href="/description-history.html"]').catch(() => undefined);
  history = await waitForPage(session, 'description-history.html');
  const words = await waitForWords(history, '2 descriptions');
  expect(words.indexOf('by the sea')).toBeLessThan(words.indexOf('A teal rectangle'));
  await poll('a small image', () =>
    history.evaluate(() => document.querySelector<HTMLImageElement>('.entry img')?.naturalWidth),
  );
  expect(await axeViolations(history)).toEqual([]);
  await history.setViewport({ width: 320, height: 640 });
  const sideways = await history.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
  await history.setViewport(null);
  await page.close();
});

it('is searched as one types, and filtered', async () => {
  await (await history.waitForSelector('#history-words'))?.click();
  await history.keyboard.type('SEA second');
  await waitForWords(history, '1 of 2 descriptions');
  expect(await text()).not.toContain('A teal rectangle');
  await history.keyboard.type(' nowhere');
  await waitForWords(history, 'None of 2 descriptions');
  expect(await axeViolations(history)).toEqual([]);
  await clickButton(history, 'Clear search and filters');
  await waitForWords(history, 'A teal rectangle');
  const site = await history.$eval('#history-site option:last-child', (option) => option.value);
  expect(site).not.toBe('');
  await history.select('#history-site', site);
  await waitForWords(history, '2 of 2 descriptions');
  await clickButton(history, 'Clear search and filters');
});

it('opens a description where it can be gone on with', async () => {
  await clickButton(history, 'Open', 1);
  const result = await waitForPage(session, 'from=history');
  const words = await waitForWords(result, 'A teal rectangle');
  expect(words).not.toContain('Extensions can’t');
  await result.close();
  await history.bringToFront();
});

it('lets one go, and all, and takes both back', async () => {
  const before = await stored();
  await clickButton(history, 'Delete', 0);
  await waitForWords(history, 'Description deleted.');
  await waitForWords(history, '1 description');
  expect((await stored()).entries).toHaveLength(1);
  expect((await readJobs(session)).map((job) => JSON.stringify(job.turns)).join()).not.toContain(
    'by the sea',
  );
  await clickButton(history, 'Undo');
  await waitForWords(history, '2 descriptions');
  expect(await stored()).toEqual(before);

  await openDetails(history, 'Delete');
  await clickButton(history, 'Delete all…');
  await clickButton(history, 'Delete all');
  await waitForWords(history, '2 descriptions deleted.');
  await waitForWords(history, 'Nothing in the history yet');
  expect(await axeViolations(history)).toEqual([]);
  expect(await stored()).toEqual({ entries: [], thumbnails: [], images: [] });
  expect(await readJobs(session)).toEqual([]);
  await clickButton(history, 'Undo');
  await waitForWords(history, '2 descriptions');
  expect(await stored()).toEqual(before);
});

it('goes out into a file and comes back from it as it was', async () => {
  const before = await stored();
  // The file that the link would give, in place of the browser's dialog.
  await history.evaluate(() => {
    URL.createObjectURL = (file) => {
      Reflect.set(globalThis, 'file', file);
      return '#';
    };
    HTMLAnchorElement.prototype.click = function keep(this: HTMLAnchorElement) {
      Reflect.set(globalThis, 'name', this.download);
    };
  });
  await openDetails(history, 'Export and import');
  await clickButton(history, 'Export JSON');
  await waitForWords(history, '2 descriptions exported.');
  const file = await history.evaluate(async () => {
    const given = Reflect.get(globalThis, 'file') as Blob;
    return { name: String(Reflect.get(globalThis, 'name')), text: await given.text() };
  });
  expect(file.name).toMatch(/^descry-history-[\d-]+\.json$/);
  expect(file.text).not.toContain('sk-test-history');

  await openDetails(history, 'Delete');
  await clickButton(history, 'Delete all…');
  await clickButton(history, 'Delete all');
  await waitForWords(history, 'Nothing in the history yet');
  const input = await history.$('input[type="file"]');
  await input?.evaluate((element, json) => {
    const files = new DataTransfer();
    files.items.add(new File([json], 'history.json'));
    element.files = files.files;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }, file.text);
  await waitForWords(history, '2 added.');
  await waitForWords(history, '2 descriptions');
  const after = await stored();
  expect(after.thumbnails).toEqual(before.thumbnails);
  expect(after.entries.map(worded)).toEqual(before.entries.map(worded));
  expect(await axeViolations(history)).toEqual([]);
});

/** Of an entry what a person would miss. */
function worded(entry: unknown) {
  const { id, createdAt, site, model, job } = entry as Record<string, unknown> & { job: Job };
  return {
    id,
    createdAt,
    site,
    model,
    state: stateOf(job),
    name: job.preset.name,
    of: job.image.pageUrl,
  };
}

it('is kept as long as was chosen in an earlier version', async () => {
  await writeStorage(session, { historyKeeping: { kind: 'entries', entries: 50 } });
  const page = await openExtensionPage(session, 'description-history.html');
  expect(await waitForWords(page, 'Now: ')).toContain('Now: the newest 50');
  await page.close();
});

it('that is to keep nothing is emptied, and nothing more is written', async () => {
  await openDetails(history, 'How long descriptions are kept');
  const radios = await history.$$('input[name="retention"]');
  await radios.at(-1)?.click();
  await clickButton(history, 'Save');
  await waitForWords(history, 'This permanently deletes 2 descriptions.');
  await clickButton(history, 'Delete and save');
  await waitForWords(history, 'The history is set to keep nothing.');
  const items = await readStorage(session);
  expect(items['historyRetention']).toEqual({ kind: 'nothing' });
  expect(items).not.toHaveProperty('historyKeeping');
  const nothing = { entries: [], thumbnails: [], images: [] };
  expect(await stored()).toEqual(nothing);
  session.model.answer('Kept nowhere.');
  const { page, card } = await clickImage(session);
  await card.waitForText('Kept nowhere.');
  await poll('the result', async () => stateIn((await readJobs(session))[0])?.status === 'done');
  expect(await stored()).toEqual(nothing);
  await page.close();
});
