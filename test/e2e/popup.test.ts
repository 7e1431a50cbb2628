import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, readStorage, seedConnection } from './harness/extension-page.ts';
import { waitForPage } from './harness/find-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, servePicturePage } from './harness/picture-page.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  servePicturePage(session);
  await seedConnection(session, { key: 'sk-test-popup' });
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session, /^http|popup/));

async function clickPicture(preset = 0): Promise<Page> {
  const page = await openPage(session);
  await describeImage(session, page, '#picture', preset);
  await waitForCard(session, page);
  return page;
}

const text = (page: Page) => page.evaluate(() => document.body.innerText);

it('shows a running job live, also after it was closed and opened again', async () => {
  session.model.answer('A teal rectangle. '.repeat(40), {
    streamingProfile: { ttft: 300, tps: 40 },
  });
  const page = await clickPicture();
  // The real one, under the toolbar button; the rest looks at the same page in a tab.
  const first = await openPopup(session, page);
  const early = await first.waitForText('A teal');
  expect(early).toContain('Stop');
  await first.close();
  const second = await openExtensionPage(session, 'popup.html');
  await waitForWords(second, 'A teal');
  const before = (await text(second)).length;
  await poll('more words', async () => (await text(second)).length > before + 20);
  await waitForWords(second, 'Try again');
  expect(await axeViolations(second)).toEqual([]);
});

it('lists the results of the session, newest first, each to copy, ask again or delete', async () => {
  session.model.answer('The older answer.');
  await clickPicture(0);
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'The older answer.');
  await popup.close();
  session.model.answer('The newer answer.');
  await clickPicture(1);
  const again = await openExtensionPage(session, 'popup.html');
  const all = await waitForWords(again, 'The newer answer.');
  expect(all.indexOf('The newer answer.')).toBeLessThan(all.indexOf('The older answer.'));
  session.model.answer('Asked again.');
  await clickButton(again, 'Try again');
  await waitForWords(again, 'Asked again.');
  await clickButton(again, /^Delete/);
  await poll('the result is gone', async () => !(await text(again)).includes('Asked again.'));
  expect(await text(again)).toContain('The older answer.');
});

it('keeps a changed prompt, and the next click asks with it', async () => {
  const popup = await openExtensionPage(session, 'popup.html');
  await (await popup.waitForSelector('#tab-prompts'))?.click();
  await (await popup.waitForSelector('.prompt-open'))?.click();
  const area = await popup.waitForSelector('textarea');
  await area?.click();
  await popup.keyboard.down('Control');
  await popup.keyboard.press('a');
  await popup.keyboard.up('Control');
  await popup.keyboard.type('What breed is the dog?');
  await popup.keyboard.press('Tab');
  await poll('the stored prompt', async () =>
    JSON.stringify((await readStorage(session))['presets'] ?? '').includes(
      'What breed is the dog?',
    ),
  );
  expect(await axeViolations(popup)).toEqual([]);
  await popup.close();
  await clickPicture(0);
  await poll('the request', () => Promise.resolve(session.model.requests().length === 1));
  expect(session.model.requests()[0]?.prompt).toContain('What breed is the dog?');
});

it('adds a prompt and puts it first, and the menu follows', async () => {
  const popup = await openExtensionPage(session, 'popup.html');
  await (await popup.waitForSelector('#tab-prompts'))?.click();
  await clickButton(popup, 'Add a prompt');
  await poll('a focused name', () =>
    popup.evaluate(() => document.activeElement?.localName === 'input'),
  );
  await popup.keyboard.down('Control');
  await popup.keyboard.press('a');
  await popup.keyboard.up('Control');
  await popup.keyboard.type('Mood');
  await popup.keyboard.press('Tab');
  const areas = await popup.$$('textarea');
  await areas.at(-1)?.click({ count: 3 });
  await popup.keyboard.type('Is the dog happy?');
  await popup.keyboard.press('Tab');
  await poll('the stored prompt', async () =>
    JSON.stringify((await readStorage(session))['presets'] ?? '').includes('Is the dog happy?'),
  );
  const radios = await popup.$$('input[type="radio"]');
  await radios.at(-1)?.click();
  await poll('the stored default', async () => {
    const list = (await readStorage(session))['presets'] as
      { presets: { id: string }[]; defaultId: string } | undefined;
    return list?.defaultId === list?.presets.at(-1)?.id;
  });
  await popup.close();
  const page = await clickPicture(0);
  const card = await waitForCard(session, page);
  expect(await card.waitForText(DEFAULT_ANSWER)).toContain('Mood');
  expect(session.model.requests()[0]?.prompt).toContain('Is the dog happy?');
});

it('shows the result in a tab where no card can stand', async () => {
  session.model.answer('Seen on an ordinary page.');
  await clickPicture();
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'Seen on an ordinary page.');
  // No extension may put anything into an extension's page, its own included.
  session.model.answer('Seen where no card can stand.');
  await describeImage(session, popup, '.result-picture img');
  const result = await waitForPage(session, 'popup.html?job=');
  await waitForWords(result, 'Seen where no card can stand.');
  expect(await axeViolations(result)).toEqual([]);
});
