import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Preset } from '../../utils/core/prompts/preset.ts';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, readStorage, seedConnection } from './harness/extension-page.ts';
import { waitForPage } from './harness/find-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { menuPlace } from './harness/menu-place.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import { screenPosition } from './harness/screen-position.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  await seedConnection(session, { key: 'sk-test-popup' });
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session, /^http|popup|result/));

async function clickImage(place = 0): Promise<Page> {
  const page = await openPage(session);
  await describeImage(session, page, '#image', place);
  await waitForCard(session, page);
  return page;
}

const text = (page: Page) => page.evaluate(() => document.body.innerText);

it('shows a running job live, also after it was closed and opened again', async () => {
  const hurry = session.model.answerSlowly('A teal rectangle. '.repeat(100));
  const page = await clickImage();
  // The real one, under the toolbar button; the rest looks at the same page in a tab.
  const first = await openPopup(session, page);
  const early = await first.waitForText('A teal');
  expect(early).toContain('Stop');
  await first.close();
  const second = await openExtensionPage(session, 'popup.html');
  await waitForWords(second, 'A teal');
  const before = (await text(second)).length;
  await poll('more words', async () => (await text(second)).length > before + 20);
  hurry();
  await waitForWords(second, 'Retry');
  expect(await axeViolations(second)).toEqual([]);
});

it('lists the results of the session, newest first, each to copy, ask again or delete', async () => {
  session.model.answer('The older answer.');
  await clickImage();
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'The older answer.');
  await popup.close();
  session.model.answer('The newer answer.');
  await clickImage(menuPlace('Detailed description'));
  const again = await openExtensionPage(session, 'popup.html');
  const all = await waitForWords(again, 'The newer answer.');
  expect(all.indexOf('The newer answer.')).toBeLessThan(all.indexOf('The older answer.'));
  session.model.answer('Asked again.');
  await clickButton(again, 'Retry');
  await waitForWords(again, 'Asked again.');
  await clickButton(again, /^Delete/);
  await poll('the result is gone', async () => !(await text(again)).includes('Asked again.'));
  expect(await text(again)).toContain('The older answer.');
});

it('keeps a changed prompt, and the next click asks with it', async () => {
  const popup = await openExtensionPage(session, 'popup.html');
  await (await popup.waitForSelector('#tab-presets'))?.click();
  await (await popup.waitForSelector('.preset-open'))?.click();
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
  await clickImage();
  await poll('the request', () => Promise.resolve(session.model.requests().length === 1));
  expect(session.model.requests()[0]?.prompt).toContain('What breed is the dog?');
});

it('adds a prompt and puts it first, and the menu follows', async () => {
  const popup = await openExtensionPage(session, 'popup.html');
  await (await popup.waitForSelector('#tab-presets'))?.click();
  await clickButton(popup, 'Add a preset');
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
  const page = await clickImage();
  const card = await waitForCard(session, page);
  expect(await card.waitForText(DEFAULT_ANSWER)).toContain('Mood');
  expect(session.model.requests()[0]?.prompt).toContain('Is the dog happy?');
});

it('shows the result in a tab where no card can stand', async () => {
  session.model.answer('Seen on an ordinary page.');
  await clickImage();
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'Seen on an ordinary page.');
  // No extension may put anything into an extension's page, its own included.
  session.model.answer('Seen where no card can stand.');
  await describeImage(session, popup, '.result-image img');
  const result = await waitForPage(session, 'result.html?job=');
  await waitForWords(result, 'Seen where no card can stand.');
  expect(await axeViolations(result)).toEqual([]);
});

describe('the editor of prompts', () => {
  const presets = async () =>
    ((await readStorage(session))['presets'] as { presets: Preset[] } | undefined)?.presets ?? [];

  async function openPrompts(): Promise<Page> {
    const popup = await openExtensionPage(session, 'popup.html');
    await (await popup.waitForSelector('#tab-presets'))?.click();
    return popup;
  }

  /** A triple click takes a line in one browser, and nothing in the other. */
  async function selectAll(popup: Page, field: ElementHandle | undefined): Promise<void> {
    await field?.click();
    await popup.keyboard.down('Control');
    await popup.keyboard.press('a');
    await popup.keyboard.up('Control');
  }

  async function openDetails(popup: Page, words: string): Promise<void> {
    for (const summary of await popup.$$('summary')) {
      if ((await summary.evaluate(({ textContent }) => textContent)) === words) {
        await summary.click();
      }
    }
  }

  it('completes placeholders by keyboard, refuses unknown ones, and what it keeps is sent', async () => {
    const popup = await openPrompts();
    await clickButton(popup, 'Add a preset');
    await popup.waitForSelector('.prompt-field textarea');
    const area = (await popup.$$('.prompt-field textarea')).at(-1);
    await selectAll(popup, area);
    await popup.keyboard.type('Say the caption {no_such}.');
    await waitForWords(popup, 'There is no placeholder');
    expect(JSON.stringify(await presets())).not.toContain('no_such');
    expect(await axeViolations(popup)).toEqual([]);
    await selectAll(popup, area);
    await popup.keyboard.type('Say the caption {cap');
    await popup.keyboard.press('Enter');
    await poll('the completed placeholder', async () =>
      (await presets()).some(({ prompt }) => prompt === 'Say the caption {caption}'),
    );
    await openDetails(popup, 'Preview of the request');
    await waitForWords(popup, 'The old wharf just after sunset.');
    // It uses the caption now, so the caption goes along.
    expect((await presets()).at(-1)?.context).toContain('caption');
    await popup.close();
  });

  it('gives a prompt to a shortcut, which asks about the image under the pointer', async () => {
    const popup = await openPrompts();
    await (await popup.waitForSelector('#open-detailed'))?.click();
    await openDetails(popup, 'More settings');
    await popup.select('#slot-detailed', '2');
    await poll('the stored shortcut', async () =>
      (await presets()).some(({ id, slot }) => id === 'detailed' && slot === 2),
    );
    const keys = await popup.$eval('#slot-detailed', ({ textContent }) => textContent);
    expect(keys).toContain('2: Alt+Shift+2');
    await popup.close();
    const page = await openPage(session);
    await page.bringToFront();
    await poll('the focus of the page', () => page.evaluate(() => document.hasFocus()));
    const { x, y } = await screenPosition(page, '#image');
    session.xdotool.send(`mousemove ${x - 1} ${y}`);
    session.xdotool.send(`mousemove ${x} ${y}`);
    await poll('the pointer on the image', () =>
      page.evaluate(() => document.querySelector('#image:hover') !== null),
    );
    session.xdotool.send('key alt+shift+2');
    const card = await waitForCard(session, page);
    expect(await card.waitForText(DEFAULT_ANSWER)).toContain('Detailed description');
    expect(session.model.requests().at(-1)?.prompt).toContain('in detail');
  });

  it('takes a file of prompts, and says which line of a bad one is wrong', async () => {
    const before = await presets();
    const popup = await openPrompts();
    const give = async (file: string) => {
      const input = await popup.waitForSelector('#panel-presets input[type="file"]');
      await input?.evaluate((element, json) => {
        const files = new DataTransfer();
        files.items.add(new File([json], 'prompts.json', { type: 'application/json' }));
        element.files = files.files;
        element.dispatchEvent(new Event('change', { bubbles: true }));
      }, file);
    };
    await give(
      '{\n  "format": "descry-presets",\n  "version": 1,\n  "presets": [{ "id": "x" }]\n}',
    );
    const words = await waitForWords(popup, 'Nothing was imported.');
    expect(words).toContain('Line 4');
    expect(await presets()).toEqual(before);
    const own = { id: 'own', name: 'From a file', prompt: 'What is in the file?' };
    await give(JSON.stringify({ format: 'descry-presets', version: 1, presets: [own] }));
    await waitForWords(popup, 'From a file');
    await poll('the stored prompt', async () => (await presets()).some(({ id }) => id === 'own'));
    await popup.close();
  });

  it('hides, copies, deletes with a way back, resets, and moves by the pointer', async () => {
    const popup = await openPrompts();
    const ids = async () => (await presets()).map(({ id }) => id);
    await (await popup.waitForSelector('#open-chart'))?.click();
    await openDetails(popup, 'More settings');
    await popup.click('#shown-chart');
    await poll('the hidden prompt', async () =>
      (await presets()).some(({ id, hidden }) => id === 'chart' && hidden === true),
    );
    const before = await ids();
    await clickButton(popup, 'Duplicate');
    await poll('the copy', async () => (await ids()).length === before.length + 1);
    const at = before.indexOf('chart') + 1;
    const copy = (await presets())[at];
    expect(copy).toMatchObject({ name: 'Copy of Chart as data', hidden: true });

    await clickButton(popup, 'Delete');
    await poll('the end of the copy', async () => (await ids()).length === before.length);
    await clickButton(popup, 'Undo');
    await poll('the copy again', async () => (await ids())[at] === copy?.id);

    await (await popup.waitForSelector('#open-happening'))?.click();
    await selectAll(popup, (await popup.$('#preset-happening textarea')) ?? undefined);
    await popup.keyboard.type('What now?');
    await waitForWords(popup, 'Changed');
    await clickButton(popup, 'Reset');
    await poll('the prompt as it was', async () =>
      (await presets()).some(
        ({ id, prompt }) => id === 'happening' && prompt.includes('happening'),
      ),
    );
    expect(await axeViolations(popup)).toEqual([]);
    await (await popup.waitForSelector('#open-happening'))?.click();

    const middle = (id: string) =>
      popup.$eval(`#open-${id}`, (open) => {
        const box = open.closest('li')?.querySelector('.preset-grip')?.getBoundingClientRect();
        return { x: (box?.x ?? 0) + 4, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
      });
    await popup.$eval('#open-detailed', (open) => open.scrollIntoView({ block: 'center' }));
    const [from, to] = [await middle('read-text'), await middle('detailed')];
    await popup.mouse.move(from.x, from.y);
    await popup.mouse.down();
    await popup.mouse.move(to.x, to.y - 6, { steps: 8 });
    await popup.mouse.up();
    await poll('the moved prompt', async () => {
      const now = await ids();
      return now.indexOf('read-text') < now.indexOf('detailed');
    });
    await popup.close();
  });
});
