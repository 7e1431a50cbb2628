/** A browser's own model: what this browser is found to have, and what is offered of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { clickImage } from './harness/click-image.ts';
import { openExtensionPage, readStorage, writeStorage } from './harness/extension-page.ts';
import { serveImagePage } from './harness/image-page.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
let welcome: Page;

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
});

afterAll(() => session.stop());

/** The page that nobody sees, where Chrome's model is asked. */
async function devicePage(): Promise<Page> {
  const target = await session.browser.waitForTarget((each) =>
    each.url().endsWith('/on-device.html'),
  );
  return await target.asPage();
}

/** Puts a fake of the published shape where Chrome's own stands: it says how large its image is. */
async function putFakeModel(): Promise<void> {
  await (
    await devicePage()
  ).evaluate(() => {
    const real: unknown = Reflect.get(globalThis, 'LanguageModel');
    const fake = {
      create: () =>
        Promise.resolve({
          destroy: () => {},
          promptStreaming: (prompts: { content: { type: string; value: Blob }[] }[]) =>
            new ReadableStream<string>({
              async start(controller) {
                const image = prompts[0]?.content.find(({ type }) => type === 'image');
                const { width, height } = await createImageBitmap(image?.value ?? new Blob());
                controller.enqueue('An image of ');
                controller.enqueue(`${width} by ${height} pixels.`);
                controller.close();
              },
            }),
        }),
    };
    Object.defineProperty(globalThis, 'LanguageModel', { value: fake, configurable: true });
    Object.assign(globalThis, { real });
  });
}

async function takeFakeModel(): Promise<void> {
  await (
    await devicePage()
  ).evaluate(() => {
    const value: unknown = Reflect.get(globalThis, 'real');
    Object.defineProperty(globalThis, 'LanguageModel', { value, configurable: true });
  });
}

interface Globals {
  LanguageModel?: { availability(options: unknown): Promise<string> };
  browser?: { permissions: { contains(what: unknown): Promise<boolean> } };
}

it('is offered where the browser says that it has one, and else nothing is shown', async () => {
  welcome = await openExtensionPage(session, 'welcome.html');
  await waitForWords(welcome, 'Choose an AI provider');
  // Asked anew, in other words than ours.
  const has = await welcome.evaluate(async () => {
    const { LanguageModel, browser } = globalThis as Globals;
    const image = { expectedInputs: [{ type: 'image' }] };
    return {
      chrome: LanguageModel ? await LanguageModel.availability(image) : 'unavailable',
      firefox: await browser?.permissions
        .contains({ permissions: ['trialML'] })
        .catch(() => undefined),
    };
  });
  const offered = await welcome.$$eval('input[name="provider"]', (all) =>
    all.map(({ value }) => value).filter((each) => each.endsWith('Model')),
  );
  expect(offered).toEqual([
    ...(has.chrome === 'unavailable' ? [] : ['chromeModel']),
    ...(session.name === 'firefox' && has.firefox !== undefined ? ['firefoxModel'] : []),
  ]);
  // Debian's Chromium will not download one; Firefox ESR has the API.
  expect(offered).toEqual(session.name === 'firefox' ? ['firefoxModel'] : []);
});

it('says what it is and cannot do, before anything is downloaded', async () => {
  if (session.name !== 'firefox') return;
  await (await welcome.waitForSelector('input[value="firefoxModel"]'))?.click();
  const words = await waitForWords(welcome, 'It takes no prompts');
  expect(words).toMatch(/Downloads about 190\sMB, once/);
  expect(words).toContain('Answers in: English');
  expect(await axeViolations(welcome)).toEqual([]);
  expect((await readStorage(session))['connections'] ?? []).toEqual([]);
});

it('fails in words where the model is not there, as a job like any other', async () => {
  const id = session.name === 'firefox' ? 'firefoxModel' : 'chromeModel';
  const model = session.name === 'firefox' ? 'distilvit' : 'gemini-nano';
  await writeStorage(session, {
    connections: [{ id: 'own', provider: id, baseUrl: '', model }],
    keys: {},
  });
  const { page, card } = await clickImage(session);
  await card.waitForText('The browser’s own model is not available');
  expect(await card.text()).toContain('Described in this browser');
  expect(session.model.requests()).toHaveLength(0);
  expect(await card.axe()).toEqual([]);

  if (session.name === 'chrome') {
    await putFakeModel();
    await page.bringToFront();
    await card.clickButton('Retry');
    await card.waitForText('An image of 200 by 150 pixels.');
    await card.waitForText('gemini-nano');
    await takeFakeModel();
  }

  const settings = await openExtensionPage(session, 'options.html');
  await settings.bringToFront();
  await clickButton(settings, 'Check connection');
  await waitForWords(settings, 'Failed at: The model exists');
  // No address, no key: nothing of them is looked at.
  expect(await settings.$$eval('.check-step', (all) => all.length)).toBe(4);
  expect(await axeViolations(settings)).toEqual([]);
});
