/** Keys and money: locked, forgotten; and a cap that holds. `key-grep.test.ts` looks for keys that are told. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { monthOf } from '../../utils/core/month.ts';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures.ts';
import { axeViolations } from './harness/axe.ts';
import { clickImage } from './harness/click-image.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import {
  openExtensionPage,
  readStorage,
  seedConnection,
  writeStorage,
} from './harness/extension-page.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startQuirkyServer } from './harness/quirky-server.ts';
import { startSession, type Session } from './harness/session.ts';

const KEY = 'grep.Zq81vTn0wXy7pLm3';
const PASSPHRASE = 'correct horse battery staple';
let session: Session;

beforeAll(async () => {
  session = await startSession({ model: { key: KEY } });
  serveImagePage(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

async function type(page: Page, selector: string, words: string): Promise<void> {
  await (await page.waitForSelector(selector))?.click({ count: 3 });
  await page.keyboard.type(words);
}

it('a passphrase locks the keys; entered, what waited for them goes on by itself', async () => {
  await seedConnection(session, { provider: 'custom', key: KEY });
  const settings = await openExtensionPage(session, 'options.html');
  await settings.bringToFront();
  await clickButton(settings, 'Lock with a passphrase');
  await type(settings, '#passphrase', 'short');
  await clickButton(settings, 'Set passphrase');
  await waitForWords(settings, 'At least 8 characters.');
  await type(settings, '#passphrase', PASSPHRASE);
  await type(settings, '#repeat', PASSPHRASE);
  expect(await axeViolations(settings)).toEqual([]);
  await clickButton(settings, 'Set passphrase');
  await waitForWords(settings, 'The passphrase is set.');
  // Nowhere on the disk as it is.
  expect(JSON.stringify(await readStorage(session))).not.toContain(KEY);
  const open = await clickImage(session);
  await open.card.waitForText(DEFAULT_ANSWER);

  await settings.bringToFront();
  await clickButton(settings, 'Lock now');
  await waitForWords(settings, 'The keys are locked.');
  await clickButton(settings, 'Check connection');
  await waitForWords(settings, 'Unlock them with your passphrase');
  expect(await axeViolations(settings)).toEqual([]);
  session.model.reset();
  const { page, card } = await clickImage(session);
  await card.waitForText('The keys are locked');
  expect(session.model.requests()).toHaveLength(0);
  expect(await card.axe()).toEqual([]);

  await settings.bringToFront();
  await type(settings, '#unlock', 'something else');
  await clickButton(settings, 'Unlock');
  await waitForWords(settings, 'Wrong passphrase.');
  await type(settings, '#unlock', PASSPHRASE);
  await clickButton(settings, 'Unlock');
  await waitForWords(settings, 'The keys are unlocked');
  await page.bringToFront();
  await card.waitForText(DEFAULT_ANSWER);

  await settings.bringToFront();
  await clickButton(settings, 'Delete all keys');
  await clickButton(settings, 'Delete all');
  await waitForWords(settings, 'All keys are deleted.');
  const stored = await readStorage(session);
  expect(stored['encryptedKeys']).toBeUndefined();
  await settings.close();
});

it('a cap stops before it is passed, and nothing is sent', async () => {
  const server = await startQuirkyServer('openai', session.model);
  const stored = {
    id: 'capped',
    provider: 'openai',
    baseUrl: server.baseUrl,
    model: SERVER_FIXTURES.openai.model,
    monthlyCap: 0.01,
  };
  const spent = { answers: 3, inputTokens: 9000, outputTokens: 900, cost: 0.0099, unpriced: 0 };
  await writeStorage(session, {
    connections: [stored],
    keys: { capped: KEY },
    spending: { capped: { [monthOf(Date.now())]: spent } },
  });
  const { card } = await clickImage(session);
  await card.waitForText('The monthly limit is reached');
  expect(server.answered).toHaveLength(0);
  expect(server.refused).toHaveLength(0);

  const settings = await openExtensionPage(session, 'options.html');
  await settings.bringToFront();
  await waitForWords(settings, 'about $0.0099 of $0.01');
  await settings.$$eval('details', (all) => {
    for (const each of all) each.open = true;
  });
  await type(settings, '#cap-capped', '5');
  await settings.keyboard.press('Tab');
  await waitForWords(settings, 'Saved');
  expect(await axeViolations(settings)).toEqual([]);
  await settings.close();
  await card.clickButton('Retry');
  await poll('the question', () => server.answered.length === 1);
  await server.stop();
});
