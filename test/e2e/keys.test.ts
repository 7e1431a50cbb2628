/** Keys and money: locked, forgotten, never told; and a cap that holds. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures.ts';
import { axeViolations } from './harness/axe.ts';
import { clickPicture } from './harness/click-picture.ts';
import { evaluateInBrowserWindow } from './harness/bidi.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import {
  evaluateInExtension,
  openExtensionPage,
  readStorage,
  seedConnection,
  writeStorage,
} from './harness/extension-page.ts';
import { waitForPage } from './harness/find-page.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, servePicturePage } from './harness/picture-page.ts';
import { poll } from './harness/poll.ts';
import { startQuirkyServer } from './harness/quirky-server.ts';
import { startSession, type Session } from './harness/session.ts';

const KEY = 'grep.Zq81vTn0wXy7pLm3';
const PASSPHRASE = 'correct horse battery staple';
let session: Session;
const logs: string[] = [];

beforeAll(async () => {
  session = await startSession({ model: { key: KEY } });
  servePicturePage(session);
  await waitForPage(session, '/welcome.html');
  session.browser.on('targetcreated', (target) => {
    void target.worker().then((worker) => worker?.on('console', (each) => logs.push(each.text())));
    void target.page().then((page) => page?.on('console', (each) => logs.push(each.text())));
  });
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
  const open = await clickPicture(session);
  await open.card.waitForText(DEFAULT_ANSWER);

  await settings.bringToFront();
  await clickButton(settings, 'Lock now');
  await waitForWords(settings, 'The keys are locked.');
  await clickButton(settings, 'Check the connection');
  await waitForWords(settings, 'Unlock them with your passphrase');
  expect(await axeViolations(settings)).toEqual([]);
  session.model.reset();
  const { page, card } = await clickPicture(session);
  await card.waitForText('The keys are locked');
  expect(session.model.requests()).toHaveLength(0);
  expect(await card.axe()).toEqual([]);

  await settings.bringToFront();
  await type(settings, '#unlock', 'something else');
  await clickButton(settings, 'Unlock');
  await waitForWords(settings, 'That is not the passphrase.');
  await type(settings, '#unlock', PASSPHRASE);
  await clickButton(settings, 'Unlock');
  await waitForWords(settings, 'The keys are open');
  await page.bringToFront();
  await card.waitForText(DEFAULT_ANSWER);

  await settings.bringToFront();
  await clickButton(settings, 'Forget all keys');
  await clickButton(settings, 'Forget all');
  await waitForWords(settings, 'All keys are forgotten.');
  const stored = await readStorage(session);
  expect(stored['keys']).toBeUndefined();
  expect(stored['lockedKeys']).toBeUndefined();
  await settings.close();
});

it('a key is in no message, log, page, error, result or database', async () => {
  await seedConnection(session, { provider: 'custom', key: KEY });
  const ear = await listen();
  // What a day brings: an answer, a refusal that repeats the key, a check, settings, the popup.
  const first = await clickPicture(session);
  await first.card.waitForText(DEFAULT_ANSWER);
  session.model.fail({ status: 401, message: `Incorrect API key provided: ${KEY}` });
  const { card } = await clickPicture(session);
  await card.waitForText('The key was refused');
  session.model.fail({ status: 500, message: `Trouble with ${KEY}`, times: 3 });
  await card.clickButton('Check the connection');
  await card.waitForText('Something is in the way');
  session.model.reset();
  const settings = await openExtensionPage(session, 'options.html');
  await settings.bringToFront();
  await clickButton(settings, 'Check the connection');
  await waitForWords(settings, /Something is in the way|The connection works/);
  const popup = await openExtensionPage(session, 'popup.html?tab#prompts');
  await waitForWords(popup, 'Alt text');

  const { keys, ...local } = await readStorage(session);
  expect(JSON.stringify(keys)).toContain(KEY);
  const rest = await evaluateInExtension(session, async () => {
    const api = (globalThis as Globals).browser ?? (globalThis as Globals).chrome;
    const databases = await indexedDB.databases();
    const rows: unknown[] = [];
    for (const { name } of databases) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(new Error('not opened')));
      });
      for (const table of database.objectStoreNames) {
        rows.push(
          await new Promise((resolve) => {
            const asked = database.transaction(table).objectStore(table).getAll();
            asked.addEventListener('success', () => resolve(asked.result));
          }),
        );
      }
      database.close();
    }
    return {
      session: (await api?.storage.session.get()) ?? {},
      sync: (await api?.storage.sync.get()) ?? {},
      rows,
      pages: [localStorage.length, sessionStorage.length],
    };
  });
  const heard = await ear.stop();
  expect(heard.length).toBeGreaterThan(3);
  const everything = {
    local,
    rest,
    heard,
    logs: [...logs, ...(await firefoxLogs())],
    settings: await settings.content(),
    fields: await settings.$$eval('input', (all) => all.map(({ value }) => value)),
    popup: await popup.content(),
    card: await card.evaluate((root) => root.innerHTML),
    page: await first.page.content(),
  };
  for (const [where, what] of Object.entries(everything)) {
    expect(`${where}: ${JSON.stringify(what).includes(KEY)}`).toBe(`${where}: false`);
  }
  await settings.close();
  await popup.close();
});

it('a cap stops before it is passed, and nothing is sent', async () => {
  const server = await startQuirkyServer('openai', session.model);
  const month = new Date().toISOString().slice(0, 7);
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
    spending: { capped: { [month]: spent } },
  });
  const { card } = await clickPicture(session);
  await card.waitForText('This month’s cap is reached');
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
  await card.clickButton('Try again');
  await poll('the question', () => server.answered.length === 1);
  await server.stop();
});

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Area {
  get(): Promise<Record<string, unknown>>;
}
interface Port {
  onMessage: { addListener(listen: (message: unknown) => void): void };
}
interface Api {
  runtime: {
    onMessage: { addListener(listen: (message: unknown) => void): void };
    connect(info: { name: string }): Port;
  };
  storage: { session: Area; sync: Area };
}

/** Hears what an extension page can hear: calls to all, and the feed of jobs. */
async function listen() {
  const page = await openExtensionPage(session, 'manifest.json');
  await page.evaluate(() => {
    const api = (globalThis as Globals).browser ?? (globalThis as Globals).chrome;
    const heard: unknown[] = [];
    Object.assign(globalThis, { heard });
    api?.runtime.onMessage.addListener((message) => void heard.push(message));
    api?.runtime
      .connect({ name: 'job-feed' })
      .onMessage.addListener((message) => void heard.push(message));
  });
  return {
    async stop(): Promise<unknown[]> {
      const heard = await page.evaluate(() => Reflect.get(globalThis, 'heard') as unknown[]);
      await page.close();
      return heard;
    },
  };
}

/** Firefox keeps what every part of the browser has logged. */
async function firefoxLogs(): Promise<string[]> {
  if (session.name !== 'firefox') return [];
  return await evaluateInBrowserWindow(session.browser, () => {
    const services = Reflect.get(globalThis, 'Services') as {
      console: { getMessageArray(): { message: string }[] };
    };
    return services.console.getMessageArray().map(({ message }) => message);
  });
}
