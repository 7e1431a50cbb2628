import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
const ADD = menuPlace('Add to comparison');
const COMPARE_WITH = menuPlace('Compare with selected images…');

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session, { key: 'sk-test-compare' });
  serveImagePage(session);
  session.pages.file('/other.png', plainPng(100, 80), 'image/png');
  session.pages.page('/other', '<img id="image" src="/other.png" alt="">');
});
afterAll(() => session.stop());

it('asks about images of two tabs together, numbered, and only once it is told what', async () => {
  const first = await openPage(session);
  await describeImage(session, first, '#image', ADD);
  const notice = await first.waitForSelector('descry-notice');
  expect(notice).not.toBeNull();
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'To compare: 1 image');
  await waitForWords(popup, 'teal.png');
  expect(await axeViolations(popup)).toEqual([]);

  const second = await openPage(session, '/other');
  await describeImage(session, second, '#image', COMPARE_WITH);
  const card = await waitForCard(session, second);
  const asked = await card.waitForText('Nothing has been sent yet');
  expect(asked).toContain('teal.png');
  expect(asked).toContain('other.png');
  expect(await card.axe()).toEqual([]);
  expect(session.model.requests()).toHaveLength(0);

  // Left empty, the prompt's own question is asked.
  await card.clickButton('Ask');
  await card.waitForText(DEFAULT_ANSWER);
  const [one] = session.model.requests();
  expect(one?.images).toHaveLength(2);
  expect(one?.images.every((url) => url.startsWith('data:image/'))).toBe(true);
  expect(one?.prompt).toMatch(/^What differs between these images\?/);
  expect(one?.prompt).toMatch(/Image 1[\s\S]*Image 2/);
  await card.waitForText(': 2 images,');

  // The tray is empty again, and the images stay with the conversation.
  await poll('an empty tray', async () => {
    return !(await popup.evaluate(() => document.body.innerText)).includes('To compare');
  });
  await card.click('.ask textarea');
  await second.keyboard.type('Which is larger?');
  await card.press('Enter');
  await poll('the second question', async () => session.model.requests().length === 2);
  const [, two] = session.model.requests();
  expect(two?.prompt).toMatch(/Which is larger\?$/);
  expect(two?.images).toEqual(one?.images);
  const [job] = await readJobs(session);
  expect(job?.images).toHaveLength(2);
  await first.close();
  await second.close();
  await popup.close();
});

it('compares from the popup what was chosen there, and lets it go', async () => {
  session.model.reset();
  const page = await openPage(session);
  await describeImage(session, page, '#image', ADD);
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'To compare: 1 image');
  await clickButton(popup, 'Compare');
  expect(session.model.requests()).toHaveLength(0);
  // From the list of images, as a person without a pointer does; it is the same image.
  await clickButton(popup, 'Remove all');
  await poll('an empty tray', async () => {
    return !(await popup.evaluate(() => document.body.innerText)).includes('To compare');
  });
});
