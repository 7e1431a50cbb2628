/** The key, looked for wherever it could have come to; each way of looking is seen to find. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { clickImage } from './harness/click-image.ts';
import {
  firefoxLogs,
  listenToLogs,
  listenToMessages,
  listenToReplies,
  plantInDatabase,
  readEverythingKept,
} from './harness/ears.ts';
import { openExtensionPage, readStorage, seedConnection } from './harness/extension-page.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { forgetHistory, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

const KEY = 'grep.Zq81vTn0wXy7pLm3';
/** Planted where a key must not be, to see it found. */
const CONTROL = 'control.Hw52bKd9';
let session: Session;

beforeAll(async () => {
  session = await startSession({ model: { key: KEY } });
  serveImagePage(session);
});

afterAll(() => session.stop());

it('a key is in no message, log, page, error, result, copy, file or database', async () => {
  await seedConnection(session, { provider: 'custom', key: KEY });
  const logs = listenToLogs(session);
  const messages = await listenToMessages(session);
  await messages.log(`${CONTROL} in the background`);
  await plantInDatabase(session, CONTROL);

  // What a day brings: an answer, its copies, a refusal that repeats the key, a check, the popup.
  const first = await clickImage(session);
  await first.card.waitForText(DEFAULT_ANSWER);
  await first.card.clickButton('Copy');
  await first.card.waitForText('Copied');
  const copies = [await pasted(first.page)];
  // By the letter that each begins with: what a script chooses is not heard.
  for (const [form, letter] of [
    ['html', 'h'],
    ['markdown', 'm'],
  ] as const) {
    // Letters that follow each other at once are taken for one word.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await (await first.card.waitFor('.copy-as')).press(letter);
    copies.push(
      await poll(`a copy as ${form}`, async () => {
        const words = await pasted(first.page);
        return words !== copies.at(-1) && words;
      }),
    );
  }
  session.model.fail({ status: 401, message: `Incorrect API key provided: ${KEY}` });
  await forgetHistory(session);
  const { card } = await clickImage(session);
  await card.waitForText('The key was refused');
  session.model.fail({ status: 500, message: `Trouble with ${KEY}`, times: 3 });
  await card.clickButton('Check connection');
  await card.waitForText('Failed at');
  session.model.reset();
  await (await clickImage(session)).card.waitForText(DEFAULT_ANSWER);
  const settings = await openExtensionPage(session, 'options.html');
  await settings.bringToFront();
  const replies = await listenToReplies(settings);
  await clickButton(settings, 'Check connection');
  await waitForWords(settings, /Failed at|The connection works/);
  const presets = await openExtensionPage(session, 'presets.html');
  await presets.bringToFront();
  await waitForWords(presets, 'Alt text');
  const history = await openExtensionPage(session, 'description-history.html');
  await history.bringToFront();
  await waitForWords(history, '2 descriptions');
  await history.$$eval('details', (all) => all.forEach((each) => (each.open = true)));
  const files = [await exported(presets, 'Export')];
  for (const form of ['JSON', 'CSV', 'Markdown']) {
    files.push(await exported(history, `Export ${form}`));
  }

  const kept = await readEverythingKept(session);
  // In memory, where the background alone reads it.
  const { openKeys, ...inMemory } = kept.session ?? {};
  expect(JSON.stringify(openKeys)).toContain(KEY);
  const everything = {
    local: await readStorage(session),
    kept: { ...kept, session: inMemory },
    ...(await messages.stop()),
    replies: await replies(),
    logs: [...logs, ...(await firefoxLogs(session))],
    copies,
    files,
    history: await history.content(),
    settings: await settings.content(),
    fields: await settings.$$eval('input', (all) => all.map(({ value }) => value)),
    presets: await presets.content(),
    card: await card.evaluate((root) => root.innerHTML),
    page: await first.page.content(),
  };
  const said = Object.entries(everything).map(([where, what]) => [where, JSON.stringify(what)]);
  expect(said.filter(([, what]) => what?.includes(KEY)).map(([where]) => where)).toEqual([]);

  // The ears are open, each of them.
  const heard = Object.fromEntries(said) as Record<keyof typeof everything, string>;
  expect(heard.logs).toContain(`${CONTROL} in the background`);
  expect(heard.kept).toContain(`${CONTROL} as text`);
  expect(heard.kept).toContain(`${CONTROL} as bytes`);
  expect(heard.toAll).toContain(DEFAULT_ANSWER);
  expect(heard.toTabs).toContain('image.read');
  // The bytes of the image, a PNG.
  expect(heard.toTabs).toContain('IHDR');
  expect(heard.replies).toContain('firstWordMs');
  expect(copies[0]).toBe(DEFAULT_ANSWER);
  expect(copies[1]).toContain('<img');
  expect(copies[2]).toContain('![');
  expect(files[0]).toContain('presets');
  for (const written of files.slice(1)) expect(written).toContain(DEFAULT_ANSWER);
  await plantInDatabase(session, undefined);
}, 90_000);

/** What is on the clipboard, by the keys of a person. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.querySelector('textarea') ?? document.createElement('textarea');
    field.value = '';
    document.body.append(field);
    field.focus();
  });
  session.xdotool.send('key ctrl+v');
  return await poll('what was copied', () =>
    page.$eval('textarea', ({ value }) => value !== '' && value),
  );
}

/** What a button writes into its file. */
async function exported(page: Page, button: string): Promise<string> {
  await page.bringToFront();
  await page.evaluate(() => {
    Reflect.deleteProperty(globalThis, 'exported');
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (made: Blob) => {
      void made.text().then((text) => Object.assign(globalThis, { exported: text }));
      return make(made);
    };
  });
  await clickButton(page, button);
  return await poll('the file', () =>
    page.evaluate(() => Reflect.get(globalThis, 'exported') as string | undefined),
  );
}
