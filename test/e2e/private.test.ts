/** A private job, with all that can be done with one; then every place of the list is looked at. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SHOWN, STORED } from '../private/places.ts';
import { sleep } from './faults/faulty-server.ts';
import { waitForWords } from './harness/buttons.ts';
import { waitForCard, type CardHandle } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { waitForPage } from './harness/find-page.ts';
import { entryWith } from './harness/history.ts';
import { describeImage, insertLast } from './harness/image-menu.ts';
import { menuPlace } from './harness/menu-place.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import {
  letIntoPrivateWindows,
  minimizePrivateWindows,
  openPrivatePage,
  isResultWith,
} from './harness/private-window.ts';
import { findInProfile } from './harness/profile-search.ts';
import { readPlaces } from './harness/read-places.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
let profile: string;
let hidden: Page;
/** A page in a window that is not private. */
let open: Page;
const ADD = menuPlace('Add to comparison');
const COMPARE_WITH = menuPlace('Compare with selected images…');
/** What came to the store is then in every page that shows it. */
const SETTLED_MS = 500;
/** In all that is asked, said, named and shown in private, and nowhere else. */
const SECRET = /zebrafinch|images\.example\.com|other\.example\.org/i;
/** The private window's own host, and one whose images its page may not read. */
const HOST = 'images.example.com';
const FOREIGN = 'other.example.org';

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'descry-profile-'));
  session = await startSession({ profile });
  serveImagePage(session);
  const { pages } = session;
  pages.file('/zebrafinch.png', plainPng(200, 150), 'image/png');
  pages.file('/zebrafinch-foreign.png', plainPng(120, 90), 'image/png', {
    'cache-control': 'max-age=900',
  });
  pages.page('/frame', '<textarea autofocus style="width:90%;height:80px"></textarea>');
  pages.page('/field', '<h1>Field</h1><textarea id="field"></textarea>');
  pages.page(
    '/zebrafinch',
    `<title>zebrafinch page</title><h1>zebrafinch</h1>
     <img id="image" src="/zebrafinch.png" alt="A zebrafinch, says the page">
     <img id="foreign" src="${pages.url('/zebrafinch-foreign.png', FOREIGN)}" alt="">
     <textarea id="field"></textarea>
     <iframe id="frame" src="${pages.url('/frame', FOREIGN)}" width="300" height="120"></iframe>`,
  );
  await seedConnection(session, { key: 'sk-test-private' });
  await letIntoPrivateWindows(session);
  open = await openPage(session, '/field');
  hidden = await openPrivatePage(session, pages.url('/zebrafinch', HOST));
}, 60_000);

afterAll(async () => {
  await session.stop().catch(() => undefined);
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

it('whatever is done in a private window is shown in that window', async () => {
  session.model.answer('A zebrafinch answer.');
  await describeImage(session, hidden, '#image');
  const card = await waitForCard(session, hidden);
  await card.waitForText('A zebrafinch answer.');
  await card.clickButton('Edit');
  await card.waitFor('.answer-editor textarea');
  await hidden.keyboard.type(' zebrafinch edit.');
  await card.clickButton('Save');
  await card.waitForText('zebrafinch edit.');
  await card.clickButton('Set as the image’s alt text');
  await card.waitForText('Alt text set');
  await insertLast(session, hidden, '#field');
  await poll('the words in the field', () => fieldOf(hidden, 'zebrafinch edit.'));

  session.model.answer('A zebrafinch opinion.');
  await card.clickButton('Second opinion');
  await card.waitFor('.ask-opinion select');
  await card.clickButton('Second opinion');
  await card.waitForText('A zebrafinch opinion.');
  session.model.answer('A zebrafinch follow-up.');
  await ask(card, 'Is it a zebrafinch?');
  await card.waitForText('A zebrafinch follow-up.');
  await card.click('.job-sent summary');
  await card.click('.job-sent input[type="checkbox"]');
  await card.clickButton('Close');

  // What its page may not read is read by nobody else for it.
  await describeImage(session, hidden, '#image', ADD);
  expect(await hidden.waitForSelector('descry-notice')).not.toBeNull();
  session.model.answer('Two zebrafinches compared.');
  await describeImage(session, hidden, '#foreign', COMPARE_WITH);
  const compared = await waitForCard(session, hidden);
  await compared.waitForText('Nothing has been sent yet');
  await compared.clickButton('Ask');
  await compared.waitForText('Two zebrafinches compared.');
  await compared.clickButton('Close');
  // One stays in the tray.
  await describeImage(session, hidden, '#image', ADD);

  const popup = await openPopup(session, hidden);
  const words = await popup.waitForText('Two zebrafinches compared.');
  expect(words).toContain('A zebrafinch follow-up.');
  expect(words).toMatch(/To compare: 1 image/);
  await popup.close();
}, 120_000);

it('a frame of another site, which lets nothing in, opens its result in that window alone', async () => {
  await insertLast(session, hidden, '#frame');
  const words = 'Two zebrafinches compared.';
  await poll('the result there', () => isResultWith(session, hidden.url(), words));
  if (session.name === 'chrome') return;
  const page = await waitForPage(session, '/result.html');
  await waitForWords(page, words);
  await page.close();
});

it('the last description of a private window does not come into a field of another', async () => {
  await minimizePrivateWindows(session);
  await insertLast(session, open, '#field');
  expect(await open.waitForSelector('descry-notice')).not.toBeNull();
  await sleep(SETTLED_MS);
  expect(await fieldOf(open, '')).toBe('');
});

it('nothing of it is in any place of the list', async () => {
  await sleep(SETTLED_MS);
  const places = await readPlaces(session);
  const list = { ...STORED, ...SHOWN };
  const leaks = Object.entries(places)
    .filter(([place]) => list[place as keyof typeof list].nothing === 'ever')
    .flatMap(([place, text]) => (SECRET.test(text) ? [`${place}: ${SECRET.exec(text)?.[0]}`] : []));
  expect({ leaks, badge: places.badge }).toEqual({ leaks: [], badge: '' });
  // It was there to be found.
  expect(places['utils/browser/jobs/job-store.ts']).toMatch(SECRET);
  expect(places['session:privateSitesWithoutPageContext']).toContain(HOST);
  expect(places['session:comparisonTray']).toMatch(SECRET);
  expect(places['entrypoints/background/images/stored-images.ts']).not.toBe('');
});

it('once it is closed, nothing is left anywhere, on the disk either', async () => {
  await hidden.close();
  await poll('the end of what was private', async () => {
    const places = await readPlaces(session);
    return Object.values(places).every((text) => !SECRET.test(text)) && places.badge === '';
  });
  const places = await readPlaces(session);
  expect(places['entrypoints/background/images/stored-images.ts']).toBe('');
  // One that is written comes after it, so that it would be there by now.
  session.model.answer(DEFAULT_ANSWER);
  const page = await openPage(session);
  await describeImage(session, page, '#image');
  await (await waitForCard(session, page)).waitForText(DEFAULT_ANSWER);
  await entryWith(session, DEFAULT_ANSWER);
  await session.stop();
  expect(findInProfile(profile, [DEFAULT_ANSWER.slice(0, 16)])).not.toEqual([]);
  expect(findInProfile(profile, ['zebrafinch'])).toEqual([]);
  // A bare name is in the settings of tests: it leads to this machine.
  const addresses = [HOST, FOREIGN].flatMap((host) => [`//${host}`, `+++${host}`, `${host}:`]);
  expect(findInProfile(profile, addresses)).toEqual([]);
}, 60_000);

async function ask(card: CardHandle, question: string): Promise<void> {
  await card.click('.ask textarea');
  await hidden.keyboard.type(question);
  await card.press('Enter');
}

async function fieldOf(page: Page, words: string): Promise<string | false> {
  const value = await page.$eval('#field', (field) => (field as HTMLTextAreaElement).value);
  return value.includes(words) && value;
}
