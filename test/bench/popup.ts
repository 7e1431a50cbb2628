/** The popup until it can be used, with an empty and with a long history, beside an empty page. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { filedJobAt, historyFile } from '../fixtures/history-file.ts';
import { waitForWords } from '../e2e/harness/buttons.ts';
import { openExtensionPage, writeStorage } from '../e2e/harness/extension-page.ts';
import { openDetails } from '../e2e/harness/open-details.ts';
import type { Session } from '../e2e/harness/session.ts';
import { startModelClock } from './model-clock.ts';
import type { Figure } from './report.ts';
import { putToSleep, startDescry, startFloor } from './subjects.ts';

const ROUNDS = 9;
const ENTRIES = 10_000;
const IMPORT_MS = 240_000;

/** The worker sleeps each time, as it mostly does when a person opens the popup. */
export async function benchPopup(): Promise<Figure[]> {
  const clock = await startModelClock();
  const descry = await startDescry(clock);
  const floor = await startFloor();
  const tabs = { descry: await descry.browser.newPage(), floor: await floor.browser.newPage() };
  const measure = async () => {
    const times: Record<keyof typeof tabs, number[]> = { descry: [], floor: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ours = await untilUsable(descry, tabs.descry, 'popup.html');
      const least = await untilUsable(floor, tabs.floor, 'empty.html');
      if (round === 0) continue;
      times.descry.push(ours);
      times.floor.push(least);
    }
    return times;
  };
  const empty = await measure();
  await fillHistory(descry);
  const full = await measure();
  await Promise.all([descry.stop(), floor.stop(), clock.stop()]);
  const name = 'empty page of an extension';
  return [
    {
      what: 'Popup usable, empty history',
      unit: 'ms',
      descry: empty.descry,
      floor: { name, values: empty.floor },
      aim: { ratio: 1.5 },
    },
    {
      what: `Popup usable, ${ENTRIES} entries`,
      unit: 'ms',
      descry: full.descry,
      floor: { name, values: full.floor },
      aim: { ratio: 1.5 },
    },
    {
      what: 'The same beside the empty history',
      unit: 'ms',
      descry: full.descry,
      floor: { name: 'empty history', values: empty.descry },
      aim: { ratio: 1.1 },
    },
  ];
}

/** From the navigation to the frame that paints a button to press and what the results are. */
async function untilUsable(session: Session, tab: Page, path: string): Promise<number> {
  await tab.goto('about:blank');
  await tab.bringToFront();
  await putToSleep(session);
  const script = await tab.evaluateOnNewDocument(watchPage);
  await tab.goto(session.baseUrl + path);
  await tab.removeScriptToEvaluateOnNewDocument(script.identifier);
  return await tab.evaluate(
    async () => await (globalThis as unknown as { usable: Promise<number> }).usable,
  );
}

function watchPage(): void {
  const { promise, resolve } = Promise.withResolvers<number>();
  Object.assign(globalThis, { usable: promise });
  const observer = new MutationObserver(() => {
    // The floor's page has nothing to wait for.
    const isThere = document.querySelector('.results, .results-empty, body > p + button');
    if (!isThere || !document.querySelector('button:enabled')) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** By the history's own import, with an image for each entry. */
async function fillHistory(session: Session): Promise<void> {
  await writeStorage(session, { historyRetention: { kind: 'entries', entries: 10 * ENTRIES } });
  const folder = await mkdtemp(join(tmpdir(), 'descry-'));
  const path = join(folder, 'history.json');
  const at = Date.now();
  const image = () => `data:image/webp;base64,${randomBytes(3_000).toString('base64')}`;
  const entries = Array.from({ length: ENTRIES }, (_, each) => filedJobAt(each, at, image()));
  await writeFile(path, historyFile(entries));
  const page = await openExtensionPage(session, 'description-history.html');
  await openDetails(page, 'Export and import');
  const input = (await page.$('input[type="file"]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
  await waitForWords(page, `${ENTRIES.toLocaleString('en')} added`, IMPORT_MS);
  await page.close();
  await rm(folder, { recursive: true });
}
