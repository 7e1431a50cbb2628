import { globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fillDisk, makeOld } from './faults/break-storage.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER, sleep } from './faults/faulty-server.ts';
import { faultTable, seenIn } from './faults/outcome.ts';
import { openResults } from './faults/results-page.ts';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import type { CardHandle } from './harness/card.ts';
import {
  evaluateInExtension,
  openExtensionPage,
  readStorage,
  writeStorage,
} from './harness/extension-page.ts';
import { entryWith, readHistory } from './harness/history.ts';
import { poll } from './harness/poll.ts';

let session: FaultSession;
let profile: string;
const seen = new Map<string, string>();

const QUOTA_KEPT_MS = 31_000;

const prefs = {
  // In kilobytes, so that a full disk is soon had; Chromium is told so later.
  'dom.quotaManager.temporaryStorage.fixedLimit': 60_000,
};

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'descry-profile-'));
  session = await startFaultSession({ profile, prefs });
});

afterAll(async () => {
  await session.stop();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
  await session.begin();
});

/** A click is answered all the same; the popup says what is wrong. */
async function expectAnswerAllTheSame(row: string, said: RegExp): Promise<CardHandle> {
  const { card } = await session.click();
  await card.waitForText(ANSWER);
  expect(await card.axe()).toEqual([]);
  // Here, where its page is in front: no frame is drawn behind another.
  const shown = await seenIn(card);
  // What is blocked is given up after some seconds, and told to who looks then.
  const results = await poll(
    'what the popup says',
    async () => {
      const popup = await openResults(session);
      const found = await popup.waitForText(said, 1_500).catch(() => undefined);
      if (found === undefined) await popup.close();
      return found === undefined ? undefined : popup;
    },
    { timeout: 40_000 },
  );
  const words = said.exec(await results.waitForText(ANSWER))?.[0];
  seen.set(row, `${shown}; in the popup “${words}”; lost: nothing`);
  await results.close();
  return card;
}

it('a session’s storage that is full costs no answer', async () => {
  const left = await evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as Globals;
    const area = (browser ?? chrome)?.storage.session;
    // Foreign matter, which Descry cannot let go of: down to the last kilobyte.
    let at = 0;
    for (let size = 4_000_000; size > 500; size = Math.floor(size / 2)) {
      for (let full = false; !full; at += 1) {
        full = await (
          area?.set({ [`filler${at}`]: 'x'.repeat(size) }) ?? Promise.reject(new Error())
        )
          .then(() => false)
          .catch(() => true);
      }
    }
    return (await area?.set({ probe: 'x'.repeat(2_000) }).catch(() => 'full')) ?? 'room';
  });
  expect(left).toBe('full');
  const { card } = await session.click();
  await card.waitForText(ANSWER);
  expect(await card.axe()).toEqual([]);
  // It went to disk at once instead.
  await entryWith(session, ANSWER);
  seen.set('Session storage full', `${await seenIn(card)}; in the history the same; lost: nothing`);
  await evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as Globals;
    await (browser ?? chrome)?.storage.session.clear();
  });
});

it('a disk without room costs no answer', async () => {
  const page = await openExtensionPage(session, 'manifest.json');
  const origin = session.baseUrl.replace(/\/$/, '');
  const devtools = session.name === 'chrome' ? await page.createCDPSession() : undefined;
  await devtools?.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 });
  // It reckons with the room it found last for half a minute.
  if (devtools) await sleep(QUOTA_KEPT_MS);
  // Again and again: Chromium tidies up behind what was written, which makes room anew.
  const enough = new AbortController();
  const filled = page.evaluate(fillDisk);
  const filler = (async () => {
    await filled;
    while (!enough.signal.aborted) {
      await page.evaluate(fillDisk);
      await sleep(50);
    }
  })();
  expect(await filled).toBeGreaterThan(0);
  await expectAnswerAllTheSame('Disk full', /There is no space left for the history/);
  enough.abort();
  await filler;
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('filler').addEventListener('success', resolve);
      }),
  );
  await devtools?.send('Storage.overrideQuotaForOrigin', { origin });
  await page.close();
}, 180_000);

it('a history that another page does not let go of costs no answer', async () => {
  const holder = await openExtensionPage(session, 'manifest.json');
  // Deleted, but held open by a page that does not hear: who opens it now waits.
  await holder.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('descry');
        request.addEventListener('success', () => {
          // Else it would be collected, and closed with that.
          Object.assign(globalThis, { held: request.result });
          const deletion = indexedDB.deleteDatabase('descry');
          deletion.addEventListener('blocked', () => resolve());
          deletion.addEventListener('success', () => resolve());
        });
      }),
  );
  await expectAnswerAllTheSame(
    'History blocked by another page',
    /The history is in use by another tab/,
  );
  await holder.close();
}, 60_000);

it('settings from a newer Descry are neither used nor overwritten', async () => {
  const newer = {
    historyRetention: { kind: 'forever' },
    presets: { presets: { a: {} }, defaultId: 'a' },
    sitesWithoutPageContext: { all: true },
    menuEverywhere: true,
    menuEverywhere$: { v: 2 },
  };
  const ofTomorrow = {
    id: 'z',
    provider: 'telepathy',
    baseUrl: 'https://z.example.com',
    model: 'm',
  };
  await (await session.click()).card.waitForText(ANSWER);
  const { id } = await entryWith(session, ANSWER);
  await evaluateInExtension(session, makeOld, id);
  const { connections } = await readStorage(session);
  await writeStorage(session, { ...newer, connections: [...(connections as []), ofTomorrow] });

  // A new answer sweeps the history by the retention, which is not understood: all stays.
  const { card } = await session.click();
  await card.waitForText(ANSWER);
  await poll('both in the history', async () => (await readHistory(session)).length === 2);
  expect((await readHistory(session)).map((entry) => entry.id)).toContain(id);
  const history = await openExtensionPage(session, 'description-history.html');
  await waitForWords(
    history,
    'Now: everything, because a newer version of Descry stored the choice',
  );
  await history.close();

  const settings = await openExtensionPage(session, 'options.html');
  await waitForWords(settings, 'Settings from a newer version of Descry');
  expect(await axeViolations(settings)).toEqual([]);
  await settings.$$eval('details', (all) => all.forEach((each) => (each.open = true)));
  await (await settings.waitForSelector('#cap-seeded'))?.type('7\n');
  await waitForWords(settings, 'Saved');
  expect(await readStorage(session)).toMatchObject({
    ...newer,
    connections: [{ id: 'seeded', monthlyCap: 7 }, ofTomorrow],
  });
  await settings.bringToFront();
  for (const left of [3, 2, 1, 0]) {
    await clickButton(settings, 'Discard');
    await clickButton(settings, 'Discard');
    await poll('one part less', async () => (await buttons(settings, 'Discard')) === left);
  }
  expect(await readStorage(session)).toMatchObject({ connections: [{ id: 'seeded' }] });
  await settings.close();
  await writeStorage(session, { historyRetention: { kind: 'days', days: 90 } });
  const words = `${await seenIn(card)}; in settings “Settings from a newer version of Descry”; lost: nothing`;
  seen.set('Settings from a newer version', words);
});

it('a history from a newer Descry is left as it is', async () => {
  await evaluateInExtension(
    session,
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('descry', 99);
        request.addEventListener('upgradeneeded', () => {
          request.result.createObjectStore('entries', { keyPath: 'id' }).put({ id: 'of tomorrow' });
        });
        request.addEventListener('success', () => {
          request.result.close();
          resolve();
        });
        request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
      }),
  );
  await expectAnswerAllTheSame(
    'History from a newer version',
    /The history is from a newer version of Descry/,
  );
  expect(await readHistory(session)).toEqual([{ id: 'of tomorrow' }]);
});

it('databases whose files are broken cost the key, which is asked for again, and no answer', async () => {
  await (await session.click()).card.waitForText(ANSWER);
  await entryWith(session, ANSWER);
  const pattern =
    session.name === 'chrome'
      ? `${profile}/Default/IndexedDB/chrome-extension_*/*`
      : `${profile}/storage/default/moz-extension+++*/idb/*.sqlite*`;
  session = await session.relaunch({
    between() {
      const files = globSync(pattern).filter(
        (file) => statSync(file).isFile() && !file.includes('userContextId'),
      );
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) writeFileSync(file, 'no database at all '.repeat(500));
    },
  });
  // What opens the keys was in those files.
  const unasked = await session.click();
  await unasked.card.waitForText('The stored key can no longer be decrypted');
  seen.set('Keys corrupt on disk', `${await seenIn(unasked.card)}; lost: the key`);
  await unasked.page.close();
  await session.connect();
  const { card } = await session.click();
  await card.waitForText(ANSWER);
  // Firefox begins a new one by itself; Chromium does not.
  await sleep(2_000);
  const results = await openResults(session);
  const text = await results.waitForText(ANSWER);
  const words = /The history cannot be read/.exec(text)?.[0];
  const popup = words ? `in the popup “${words}”` : 'a new history is begun by the browser';
  seen.set('History corrupt on disk', `${await seenIn(card)}; ${popup}; lost: the history before`);
  await results.close();
}, 60_000);

it('is in the docs as it was seen', () => {
  const table = faultTable('storage');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});

/** How many buttons of this name a page has. */
async function buttons(page: Page, name: string): Promise<number> {
  return await page.$$eval(
    'button',
    (all, wanted) => all.filter((each) => each.textContent.trim() === wanted).length,
    name,
  );
}

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  storage: {
    session: { set(items: Record<string, string>): Promise<void>; clear(): Promise<void> };
  };
}
