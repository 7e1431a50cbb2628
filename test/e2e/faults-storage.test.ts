import { globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER, sleep } from './faults/faulty-server.ts';
import { faultTable, seenIn } from './faults/outcome.ts';
import { openResults } from './faults/results-page.ts';
import type { CardHandle } from './harness/card.ts';
import { evaluateInExtension, openExtensionPage } from './harness/extension-page.ts';
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
  seen.set(row, `${await seenIn(card)}; in the popup “${words}”; lost: nothing`);
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
  expect(await page.evaluate(fillDisk)).not.toBe('');
  await expectAnswerAllTheSame('Disk full', /There is no room for the history/);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('filler').addEventListener('success', resolve);
      }),
  );
  await devtools?.send('Storage.overrideQuotaForOrigin', { origin });
  await page.close();
}, 120_000);

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
    /The history is held by another page/,
  );
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
  await expectAnswerAllTheSame(
    'History from a newer version',
    /The history is from a newer Descry/,
  );
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
      const files = globSync(pattern).filter(
        (file) => statSync(file).isFile() && !file.includes('userContextId'),
      );
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) writeFileSync(file, 'no database at all '.repeat(500));
    },
  });
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

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  storage: {
    session: { set(items: Record<string, string>): Promise<void>; clear(): Promise<void> };
  };
}

/** Runs in a page of ours: takes the room that the origin has, down to the last kilobyte. */
async function fillDisk(): Promise<string> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('filler', 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('filler', { autoIncrement: true });
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
  });
  const put = (size: number) =>
    new Promise<string>((resolve, reject) => {
      db.addEventListener('close', () => reject(new Error('closed')));
      const transaction = db.transaction('filler', 'readwrite');
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536)
        crypto.getRandomValues(bytes.subarray(at, at + 65_536));
      transaction.objectStore('filler').put(bytes);
      transaction.addEventListener('complete', () => resolve(''));
      transaction.addEventListener('abort', () => resolve(transaction.error?.name ?? 'aborted'));
    });
  let problem = '';
  for (let size = 2_000_000; size >= 500; size = Math.floor(size / 2)) {
    for (let times = 0; times < 40; times += 1) {
      // Firefox closes a database for which there is no room.
      problem = await put(size).catch((error: unknown) => String(error));
      if (problem !== '') break;
    }
  }
  db.close();
  return problem;
}
