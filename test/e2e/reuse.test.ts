import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { waitForCard, type CardHandle } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { entryWith, readHistory } from './harness/history.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';
import { stateIn } from '../fixtures/jobs.ts';
import { presentAnswer } from '../../utils/core/jobs/turns.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  serve();
  await seedConnection(session, { key: 'sk-test-reuse' });
});

afterAll(() => session.stop());

beforeEach(() => serve());

afterEach(() => cleanUp(session));

/** No browser keeps it: what is asked about is what is there now. */
const NO_STORE = { 'cache-control': 'no-store' };

/** The usual page and image. */
function serve(): void {
  serveImagePage(session);
  session.pages.file('/teal.png', plainPng(200, 150), 'image/png', NO_STORE);
}

const requests = () => session.model.requests().length;

async function ask(host?: string, preset = 'Alt text'): Promise<CardHandle> {
  const page = await openPage(session, '/', host);
  await describeImage(session, page, '#image', menuPlace(preset));
  return await waitForCard(session, page);
}

async function askOnce(): Promise<void> {
  await (await ask()).waitForText(DEFAULT_ANSWER);
  await entryWith(session, DEFAULT_ANSWER);
  expect(requests()).toBe(1);
}

it('the same image, prompt, model and page are answered from history at once, for nothing', async () => {
  await askOnce();
  // The same bytes by another name: the content counts, not the address.
  session.pages.file('/copy.png', plainPng(200, 150), 'image/png');
  session.pages.page('/', '<h1>A page</h1><p><img id="image" src="/copy.png" alt=""></p>');
  session.model.answer('Another answer.');
  const card = await ask();
  const text = await card.waitForText('Answered from your history');
  expect(text).toContain(DEFAULT_ANSWER);
  expect(text).toContain('Nothing was sent');
  expect(requests()).toBe(1);
  expect(await card.axe()).toEqual([]);
  const [job] = await readJobs(session);
  expect(stateIn(job)).toMatchObject({ status: 'done', reusedFrom: expect.any(Number) as number });

  await card.clickButton('Ask again');
  await card.waitForText('Another answer.');
  const small = await card.evaluate((root) => root.querySelector('.job-meta')?.textContent);
  expect(small).not.toContain('Answered from your history');
  expect(requests()).toBe(2);
});

it('another image at the same address is asked about anew', async () => {
  await askOnce();
  session.pages.file('/teal.png', plainPng(200, 150, [200, 60, 20]), 'image/png', NO_STORE);
  session.model.answer('An orange rectangle.');
  await (await ask()).waitForText('An orange rectangle.');
  expect(requests()).toBe(2);
});

it('another prompt is asked anew', async () => {
  await askOnce();
  session.model.answer('In detail.');
  await (await ask(undefined, 'Detailed description')).waitForText('In detail.');
  expect(requests()).toBe(2);
});

it('words around it that have changed are asked about anew', async () => {
  await askOnce();
  session.pages.page('/', '<h1>Another page</h1><p><img id="image" src="/teal.png" alt=""></p>');
  session.model.answer('On another page.');
  await (await ask()).waitForText('On another page.');
  expect(requests()).toBe(2);
});

it('an image that goes by its address is answered from history where the same bytes are behind it', async () => {
  const host = 'images.example.com';
  await seedConnection(session, { key: 'sk-test-reuse', takesUrls: true });
  await (await ask(host)).waitForText(DEFAULT_ANSWER);
  const { id } = await entryWith(session, DEFAULT_ANSWER);
  const [sent] = session.model.requests();
  expect(sent?.images).toEqual([session.pages.url('/teal.png', host)]);
  // What was behind it is noted a little later.
  await poll('a noted image', async () => {
    const entry = (await readHistory(session)).find((each) => each.id === id);
    const job = entry?.job;
    return job && presentAnswer(job).imageHash;
  });
  session.model.answer('Another answer.');
  const card = await ask(host);
  expect(await card.waitForText('Answered from your history')).toContain(DEFAULT_ANSWER);
  expect(requests()).toBe(1);

  session.pages.file('/teal.png', plainPng(200, 150, [200, 60, 20]), 'image/png', NO_STORE);
  await (await ask(host)).waitForText('Another answer.');
  expect(requests()).toBe(2);
});
