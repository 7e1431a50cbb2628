import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard, type CardHandle } from './harness/card.ts';
import { openExtensionPage, keyedConnections } from './harness/extension-page.ts';
import { pagesAt, waitForPage } from './harness/find-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { answerPermissionPrompt } from './harness/permission-prompt.ts';
import { forgetHistory, openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

const KEY = 'sk-test-first-run';
let session: Session;
let page: Page;
let card: CardHandle;

beforeAll(async () => {
  session = await startSession({ model: { key: KEY, models: ['gpt-6-luna', 'gpt-6-sol'] } });
  serveImagePage(session);
  // The install opens it, and a tab that opens takes an open menu away.
  await waitForWords(await welcome(), 'Connect');
});

afterAll(() => session.stop());

/** The open welcome page: opened by the install, or by a click without a connection. */
const welcome = () => waitForPage(session, '/welcome.html');

it('a click without a connection says so, waits, and opens the welcome page once', async () => {
  page = await openPage(session);
  await describeImage(session, page, '#image');
  card = await waitForCard(session, page);
  await card.waitForText('Connect a model');
  expect(await card.axe()).toEqual([]);
  const tab = await welcome();
  await waitForWords(tab, '1 image is waiting');
  expect(session.model.requests()).toHaveLength(0);
  expect(await pagesAt(session, '/welcome.html')).toHaveLength(1);
  expect(await axeViolations(tab)).toEqual([]);
});

it('the welcome page leads from nothing to a tested connection, and the job goes on', async () => {
  const tab = await welcome();
  await tab.bringToFront();
  await (await tab.waitForSelector('input[type="radio"][value="custom"]'))?.click();
  const address = await tab.waitForSelector('input[type="url"]');
  await address?.click({ count: 3 });
  await tab.keyboard.type(session.model.baseUrl);
  await (await tab.waitForSelector('input[type="password"]'))?.click();
  await tab.keyboard.type(`  ${KEY} `);
  await clickButton(tab, 'Connect');
  await answerPermissionPrompt(session, tab, 'allow');
  await waitForWords(tab, /Connected to/);
  const models = await poll('the list of models', () => tab.$('select'));
  expect(await axeViolations(tab)).toEqual([]);
  await models.select('gpt-6-luna');
  session.model.seeDrawings();
  await clickButton(tab, 'Check connection');
  await waitForWords(tab, 'It works: gpt-6-luna saw the drawing');
  expect(await axeViolations(tab)).toEqual([]);
  expect(await tab.content()).not.toContain(KEY);
  await clickButton(tab, 'Back to your image');
  await page.bringToFront();
  await card.waitForText(DEFAULT_ANSWER);
  const [, described] = session.model.requests();
  expect(described?.images).toHaveLength(1);
  expect(described?.headers['origin'] ?? '').not.toContain(KEY);
});

it('a granted host needs no preflight', () => {
  const methods = session.model.mock.getRequests().map(({ method }) => method);
  expect(methods).not.toContain('OPTIONS');
});

it('settings show the connection without its key, and forget it', async () => {
  const settings = await openExtensionPage(session, 'options.html');
  const words = await waitForWords(settings, 'Granted');
  expect(words).toContain(new URL(session.model.baseUrl).host);
  expect(words).toContain('Stored');
  expect(await settings.content()).not.toContain(KEY);
  expect(await axeViolations(settings)).toEqual([]);
  await settings.bringToFront();
  await clickButton(settings, 'Delete the key');
  expect((await keyedConnections(session)).length).toBe(1);
  await clickButton(settings, 'Delete');
  await waitForWords(settings, 'The key is deleted.');
  // Once the words are painted: Preact's effects come after that.
  await poll('the focus on the words', () =>
    settings.evaluate(() => document.activeElement?.textContent === 'The key is deleted.'),
  );
  expect((await keyedConnections(session)).length).toBe(0);
  await settings.close();
});

it('a key that is refused then leads to the settings', async () => {
  // The same image would be answered from it.
  await forgetHistory(session);
  session.model.answer(DEFAULT_ANSWER);
  const again = await openPage(session);
  await describeImage(session, again, '#image');
  const refused = await waitForCard(session, again);
  await refused.waitForText('The key was refused');
  await refused.clickButton('Open settings');
  await waitForPage(session, '/options.html');
});
