/** Ten thousand descriptions: in from files, searched, out into some; the memory is measured. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filedJobAt, historyFile } from '../fixtures/history-file.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { openExtensionPage, writeStorage } from './harness/extension-page.ts';
import { openDetails } from './harness/open-details.ts';
import { forgetHistory } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

const COUNT = 10_000;
/** Above what the page holds before; the file has some 50 MB. */
const MAX_MEGABYTES = 40;
/** The forms that hold no images. */
const WORDS_ALONE = [
  ['CSV', 'csv'],
  ['Markdown', 'md'],
] as const;
/** With no change for so long, the search has ended. */
const SETTLED_MS = 1_000;
/** Slow machines included. */
const MAX_MS = 240_000;

let session: Session;
let folder: string;

beforeAll(async () => {
  session = await startSession();
  folder = await mkdtemp(join(tmpdir(), 'descry-'));
  await writeStorage(session, { historyRetention: { kind: 'entries', entries: 100_000 } });
});

afterAll(async () => {
  await session.stop();
  await rm(folder, { recursive: true });
});

/** An image of some 4 kB that no other is. */
const thumbnail = () => `data:image/webp;base64,${randomBytes(3_000).toString('base64')}`;

/** How far the heap rises while something is done, in megabytes; only Chromium tells. */
async function rise(page: Page, work: () => Promise<unknown>): Promise<number | undefined> {
  if (session.name !== 'chrome') {
    await work();
    return undefined;
  }
  const devtools = await page.createCDPSession();
  const used = async () => {
    // What nobody holds any more is no burden.
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = (await devtools.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    return usedSize + backingStorageSize;
  };
  const base = await used();
  let most = base;
  const end = new AbortController();
  const watching = (async () => {
    while (!end.signal.aborted) {
      const begun = performance.now();
      most = Math.max(most, await used());
      // Each look is a whole collection, and stops the page: at most a fifth of the time, however
      // slow the machine.
      const pause = Math.max(250, 4 * (performance.now() - begun));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  try {
    await work();
  } finally {
    end.abort();
    await watching;
  }
  await devtools.detach();
  return Math.round((most - base) / 1e6);
}

it(
  'reads, searches and writes 10,000 descriptions without filling the memory',
  { timeout: 4 * MAX_MS },
  async () => {
    const now = Date.now();
    const entries = Array.from({ length: COUNT }, (_, at) => filedJobAt(at, now, thumbnail()));
    const path = join(folder, 'history.json');
    await writeFile(path, historyFile(entries));

    const page = await openExtensionPage(session, 'description-history.html');
    await openDetails(page, 'Export and import');
    const input = (await page.$('input[type="file"]')) as ElementHandle<HTMLInputElement>;
    let start = performance.now();
    const reading = await rise(page, async () => {
      await input.uploadFile(path);
      await waitForWords(page, '10,000 added', MAX_MS);
    });
    const readMs = performance.now() - start;
    await waitForWords(page, '10,000 descriptions');

    start = performance.now();
    const writing = await rise(page, async () => {
      await clickButton(page, 'Export JSON');
      await waitForWords(page, '10,000 descriptions exported', MAX_MS);
    });
    const writeMs = performance.now() - start;

    const keystrokes = await timeKeystrokes(page, 'rope 9731');
    console.log(
      `${session.name}: ${COUNT} entries; read ${Math.round(readMs)} ms, heap +${reading ?? '?'} MB;`,
      `written ${Math.round(writeMs)} ms, heap +${writing ?? '?'} MB;`,
      `search, ms from key to the last change, of which 120 are the pause: ${keystrokes.join(', ')};`,
      `median ${keystrokes.toSorted((a, b) => a - b)[Math.floor(keystrokes.length / 2)]}`,
    );
    expect(reading ?? 0).toBeLessThan(MAX_MEGABYTES);
    expect(writing ?? 0).toBeLessThan(MAX_MEGABYTES);
    await waitForWords(page, '1 of 10,000 descriptions');

    await page.close();

    // One that has not been searched: it would hold the words of all.
    const other = await openExtensionPage(session, 'description-history.html');
    await openDetails(other, 'Export and import');
    for (const [form, ending] of WORDS_ALONE) {
      const written = await rise(other, async () => await keepExport(other, form));
      await forgetHistory(session);
      start = performance.now();
      const read = await rise(other, async () => {
        await giveBack(other, `history.${ending}`);
        await waitForWords(other, '10,000 added', MAX_MS);
      });
      console.log(
        `${session.name}: ${form}; written, heap +${written ?? '?'} MB;`,
        `read ${Math.round(performance.now() - start)} ms, heap +${read ?? '?'} MB`,
      );
      expect(written ?? 0).toBeLessThan(MAX_MEGABYTES);
      expect(read ?? 0).toBeLessThan(MAX_MEGABYTES);
    }
  },
);

/** Writes the history into a file that the page keeps. */
async function keepExport(page: Page, form: string): Promise<void> {
  await page.evaluate(() => {
    Reflect.deleteProperty(globalThis, 'exported');
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (made: Blob) => {
      Object.assign(globalThis, { exported: made });
      return make(made);
    };
  });
  await clickButton(page, `Export ${form}`);
  await poll('the file', () => page.evaluate(() => 'exported' in globalThis), {
    timeout: MAX_MS,
  });
}

/** Chooses that file to be read. */
async function giveBack(page: Page, name: string): Promise<void> {
  await page.evaluate((called) => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    const transfer = new DataTransfer();
    transfer.items.add(new File([Reflect.get(globalThis, 'exported') as Blob], called));
    if (!input) throw new Error('no way to choose a file');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, name);
}

/** From each key to the last change of what is found. */
async function timeKeystrokes(page: Page, words: string): Promise<number[]> {
  await page.focus('#history-words');
  const times: number[] = [];
  for (const key of words) {
    await page.evaluate(() => {
      const found = document.querySelector('.history-found');
      if (!found) throw new Error('no list');
      const moments = { key: 0, last: 0 };
      document.addEventListener('input', () => (moments.key = performance.now()), { once: true });
      const observer = new MutationObserver(() => (moments.last = performance.now()));
      observer.observe(found, { childList: true, subtree: true, characterData: true });
      Reflect.set(globalThis, 'moments', moments);
    });
    await page.keyboard.type(key);
    const { key: from, last } = await poll('an end of changes', async () => {
      const seen = await page.evaluate(() => {
        const moments = Reflect.get(globalThis, 'moments') as { key: number; last: number };
        return { ...moments, now: performance.now() };
      });
      return seen.key > 0 && seen.now - Math.max(seen.key, seen.last) > SETTLED_MS && seen;
    });
    times.push(Math.round(last - from));
  }
  // A space changes nothing.
  return times.filter((ms) => ms > 0);
}
