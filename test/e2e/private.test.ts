import { afterAll, beforeAll, expect, it } from 'vitest';
import { sleep } from './faults/faulty-server.ts';
import { waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, readStorage, seedConnection } from './harness/extension-page.ts';
import { entryWith, readHistory } from './harness/history.ts';
import { describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPage, servePicturePage } from './harness/picture-page.ts';
import { letIntoPrivateWindows, openPrivatePage } from './harness/private-window.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
/** In the menu, after the six presets of ours and the question. */
const ADD = 7;
/** What came to the store is then in every page that shows it. */
const SETTLED_MS = 500;

beforeAll(async () => {
  session = await startSession();
  servePicturePage(session);
  session.pages.page('/secret', '<h1>Secret</h1><img id="picture" src="/teal.png" alt="Secret">');
  await seedConnection(session, { key: 'sk-test-private' });
});

afterAll(() => session.stop());

it('what is asked in a private window is answered, never written, and seen in no other window', async () => {
  session.model.answer('A secret answer.');
  await letIntoPrivateWindows(session);
  const popup = await openExtensionPage(session, 'popup.html');
  const hidden = await openPrivatePage(session, session.pages.url('/secret'));
  await describeImage(session, hidden, '#picture');
  const card = await waitForCard(session, hidden);
  await card.waitForText('A secret answer.');
  await describeImage(session, hidden, '#picture', ADD);
  expect(await hidden.waitForSelector('descry-notice')).not.toBeNull();
  // In a window that is not private, nothing of it is to be seen.
  await sleep(SETTLED_MS);
  const seen = await waitForWords(popup, 'Right-click');
  expect(seen).not.toMatch(/secret|To compare/i);
  expect(await popup.evaluate(isInPrivateWindow)).toBe(false);
  await popup.close();
  await hidden.close();
  // One that is written comes after it, so that it would be there by now.
  session.model.answer(DEFAULT_ANSWER);
  const page = await openPage(session);
  await describeImage(session, page, '#picture');
  await (await waitForCard(session, page)).waitForText(DEFAULT_ANSWER);
  await entryWith(session, DEFAULT_ANSWER);
  const written = JSON.stringify([await readHistory(session), await readStorage(session)]);
  expect(written).toContain(DEFAULT_ANSWER);
  expect(written).not.toMatch(/secret/i);
}, 60_000);

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  windows: { getCurrent(): Promise<{ incognito: boolean }> };
}

async function isInPrivateWindow(): Promise<boolean | undefined> {
  const { browser, chrome } = globalThis as Globals;
  return (await (browser ?? chrome)?.windows.getCurrent())?.incognito;
}
