/** The pages of one result and of the presets, in tabs, by keyboard. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { Preset } from '../../utils/core/prompts/preset.ts';
import { axeViolations } from './harness/axe.ts';
import { waitForWords } from './harness/buttons.ts';
import { clickImage } from './harness/click-image.ts';
import { openExtensionPage, readStorage, seedConnection } from './harness/extension-page.ts';
import { entryWith } from './harness/history.ts';
import { waitForPage } from './harness/find-page.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  await seedConnection(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session, /^http|result|presets/));

/** A page of 1280 pixels at 400 %. */
const NARROW = { width: 320, height: 256 };
const GONE = 'This result is no longer available.';
const NOTE = 'Extensions can’t show anything on that page';

const presets = async () =>
  ((await readStorage(session))['presets'] as { presets: Preset[] } | undefined)?.presets ?? [];

const title = (page: Page) => page.evaluate(() => document.title);

/** What has the focus: its label, or its words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return element?.getAttribute('aria-label') ?? element?.innerText.trim() ?? '';
  });

/** Presses Tab until what has the focus is named so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (name.test(now)) return;
    seen.push(now);
  }
  throw new Error(`${String(name)} is not reached: ${seen.join(', ')}`);
}

/** What is wrong with a page that is narrow, in both schemes and from right to left. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.setViewport(NARROW);
  for (const scheme of ['light', 'dark'] as const) {
    if (session.name === 'chrome') {
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        // In closed details, Chromium never ends a transition that has begun.
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
    }
    for (const dir of ['rtl', 'ltr']) {
      await page.evaluate((way) => (document.documentElement.dir = way), dir);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (sideways !== 0) faults.push(`${scheme} ${dir}: ${sideways} pixels too wide`);
      faults.push(...(await axeViolations(page)));
    }
  }
  await page.setViewport(null);
  return faults;
}

it('a result has its own page: named, focused, whole, until it is deleted by keyboard', async () => {
  const answer = 'A teal rectangle. '.repeat(300).trim();
  session.model.answer(answer);
  const { card } = await clickImage(session);
  await card.waitForText('A teal rectangle.');
  const { id } = await entryWith(session, answer);
  const page = await openExtensionPage(session, `result.html?job=${id}`);
  await page.bringToFront();
  const words = await waitForWords(page, answer);
  expect(words).toContain(NOTE);
  expect(words).toContain('Sent to');
  expect(await title(page)).toBe('Alt text – Descry');
  await poll('the focus on the result', () =>
    page.evaluate(() => document.activeElement?.className === 'result'),
  );
  // However long it is, why it is here stays in sight.
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect(await faultsOf(page)).toEqual([]);

  await page.bringToFront();
  await tabTo(page, /^Delete$/);
  await page.keyboard.press('Enter');
  await waitForWords(page, GONE);
  expect(await focused(page)).toBe(GONE);
  expect(await title(page)).toBe('Descry');
  expect(await faultsOf(page)).toEqual([]);
});

it('presets are written and imported on their own page, by keyboard', async () => {
  const page = await openExtensionPage(session, 'presets.html');
  await page.bringToFront();
  await waitForWords(page, 'Detailed description');
  expect(await title(page)).toBe('Presets – Descry');
  await tabTo(page, /^Detailed description/);
  await page.keyboard.press('Enter');
  await poll('the name in focus', () => page.evaluate(() => document.activeElement?.id !== ''));
  expect(await faultsOf(page)).toEqual([]);
  await page.bringToFront();
  await tabTo(page, /^Duplicate$/);
  await page.keyboard.press('Enter');
  await poll('the copy', async () =>
    (await presets()).some(({ name }) => name === 'Copy of Detailed description'),
  );

  const own = { id: 'own', name: 'From a file', prompt: 'What is in the file?' };
  const input = await page.waitForSelector('input[type="file"]');
  await input?.evaluate(
    (element, json) => {
      const files = new DataTransfer();
      files.items.add(new File([json], 'presets.json', { type: 'application/json' }));
      element.files = files.files;
      element.dispatchEvent(new Event('change', { bubbles: true }));
    },
    JSON.stringify({ format: 'descry-presets', version: 1, presets: [own] }),
  );
  await waitForWords(page, 'From a file');
  await poll('the import', async () => (await presets()).some(({ id }) => id === own.id));
  // Undo has the focus, and is there to be pressed.
  await poll('the focus on Undo', async () => (await focused(page)) === 'Undo');
  await page.keyboard.press('Enter');
  await poll('no import', async () => !(await presets()).some(({ id }) => id === own.id));
});

it('the popup takes a file of presets itself, or leads to where one can be chosen', async () => {
  const popup = await openPopup(session, await openPage(session));
  await popup.click('#tab-presets');
  await popup.waitForText('Import');
  if (session.name === 'firefox') {
    // The popup closes as the tab opens, before the click has ended.
    await popup.click('.presets-transfer button').catch(() => undefined);
    const page = await waitForPage(session, 'presets.html');
    await waitForWords(page, 'Detailed description');
  }
  const asked = session.name === 'firefox' || (await popup.evaluate(asksForFile));
  expect(asked).toBe(true);
});

/** Presses Import; whether the browser's dialog would open. */
function asksForFile(popup: Document): Promise<boolean> {
  return new Promise((resolve) => {
    const input = popup.querySelector('#panel-presets input[type="file"]');
    input?.addEventListener('click', (event) => {
      event.preventDefault();
      resolve(true);
    });
    popup.querySelector<HTMLElement>('.presets-transfer button')?.click();
    resolve(false);
  });
}
