import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER } from './faults/faulty-server.ts';
import { faultTable, seenIn } from './faults/outcome.ts';
import { openResults } from './faults/results-page.ts';
import type { CardHandle } from './harness/card.ts';
import { evaluateInExtension, openExtensionPage } from './harness/extension-page.ts';
import { entryWith, readHistory } from './harness/history.ts';

let session: FaultSession;
let profile: string;
const seen = new Map<string, string>();

const prefs = {
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
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
async function answersAllTheSame(row: string, said: RegExp): Promise<CardHandle> {
  const { card } = await session.click();
  await card.waitForText(ANSWER);
  expect(await card.axe()).toEqual([]);
  const results = await openResults(session);
  await results.waitForText(ANSWER);
  const words = said.exec(await results.waitForText(said))?.[0];
  seen.set(row, `${await seenIn(card)}; in the popup “${words}”; lost: nothing`);
  await results.close();
  return card;
}

it('a session’s storage that is full costs no answer', async () => {
  const left = await evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as Globals;
    const area = (browser ?? chrome)?.storage.session;
    // Foreign matter, which Descry cannot let go of: down to the last kilobyte.
    let size = 4_000_000;
    for (let at = 0; size > 500; at += 1) {
      await area?.set({ [`filler${at}`]: 'x'.repeat(size) }).catch(() => {
        size = Math.floor(size / 2);
      });
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
  if (session.name === 'chrome') {
    const page = await openExtensionPage(session, 'manifest.json');
    const devtools = await page.createCDPSession();
    const origin = session.baseUrl.replace(/\/$/, '');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await answersAllTheSame('Disk full', /There is no room for the history/);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await page.close();
  } else {
    // In kilobytes.
    const full = { ...prefs, 'dom.quotaManager.temporaryStorage.fixedLimit': 1 };
    session = await session.relaunch({ prefs: full });
    await answersAllTheSame('Disk full', /There is no room for the history/);
    session = await session.relaunch({
      prefs: { ...full, 'dom.quotaManager.temporaryStorage.fixedLimit': -1 },
    });
  }
}, 60_000);

it('a history that another page does not let go of costs no answer', async () => {
  const holder = await openExtensionPage(session, 'manifest.json');
  // Deleted, but held open by a page that does not hear: who opens it now waits.
  await holder.evaluate(
    () =>
      new Promise<void>((resolve) => {
        indexedDB.open('descry').addEventListener('success', () => {
          const deletion = indexedDB.deleteDatabase('descry');
          deletion.addEventListener('blocked', () => resolve());
          deletion.addEventListener('success', () => resolve());
        });
      }),
  );
  await answersAllTheSame('History blocked by another page', /The history is held by another page/);
  await holder.close();
}, 60_000);

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
  await answersAllTheSame('History from a newer version', /The history is from a newer Descry/);
  expect(await readHistory(session)).toEqual([{ id: 'of tomorrow' }]);
});

it('a history whose files are broken costs no answer', async () => {
  await (await session.click()).card.waitForText(ANSWER);
  await entryWith(session, ANSWER);
  const pattern =
    session.name === 'chrome'
      ? `${profile}/Default/IndexedDB/chrome-extension_*/*`
      : `${profile}/storage/default/moz-extension+++*/idb/*.sqlite*`;
  session = await session.relaunch({
    between() {
      const files = globSync(pattern).filter((file) => !file.includes('userContextId'));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) writeFileSync(file, 'no database at all '.repeat(500));
    },
  });
  await session.begin();
  const { card } = await session.click();
  await card.waitForText(ANSWER);
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

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  storage: {
    session: { set(items: Record<string, string>): Promise<void>; clear(): Promise<void> };
  };
}
