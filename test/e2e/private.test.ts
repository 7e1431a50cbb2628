import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForCard } from './harness/card.ts';
import { readStorage, seedConnection } from './harness/extension-page.ts';
import { entryWith, readHistory } from './harness/history.ts';
import { describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPage, servePicturePage } from './harness/picture-page.ts';
import { openPrivatePage } from './harness/private-window.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  servePicturePage(session);
  session.pages.page('/secret', '<h1>Secret</h1><img id="picture" src="/teal.png" alt="Secret">');
  await seedConnection(session, { key: 'sk-test-private' });
});

afterAll(() => session.stop());

it('what is asked in a private window is answered, and never written', async () => {
  session.model.answer('A secret answer.');
  const hidden = await openPrivatePage(session, session.pages.url('/secret'));
  await describeImage(session, hidden, '#picture');
  const card = await waitForCard(session, hidden);
  await card.waitForText('A secret answer.');
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
