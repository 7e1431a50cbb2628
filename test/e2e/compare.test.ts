import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPage, servePicturePage } from './harness/picture-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
/** After the six presets of ours and the question. */
const ADD = 7;
const COMPARE_WITH = 8;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session, { key: 'sk-test-compare' });
  servePicturePage(session);
  session.pages.file('/other.png', plainPng(100, 80), 'image/png');
  session.pages.page('/other', '<img id="picture" src="/other.png" alt="">');
});
afterAll(() => session.stop());

it('asks about pictures of two tabs together, numbered, and only once it is told what', async () => {
  const first = await openPage(session);
  await describeImage(session, first, '#picture', ADD);
  const notice = await first.waitForSelector('descry-notice');
  expect(notice).not.toBeNull();
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'To compare: 1 picture');
  await waitForWords(popup, 'teal.png');
  expect(await axeViolations(popup)).toEqual([]);

  const second = await openPage(session, '/other');
  await describeImage(session, second, '#picture', COMPARE_WITH);
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
  expect(one?.prompt).toMatch(/^What differs between these pictures\?/);
  expect(one?.prompt).toMatch(/Picture 1[\s\S]*Picture 2/);
  await card.waitForText('Sent: 2 pictures');

  // The tray is empty again, and the pictures stay with the conversation.
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
  expect(job?.compared).toHaveLength(2);
  await first.close();
  await second.close();
  await popup.close();
});

it('compares from the popup what was chosen there, and lets it go', async () => {
  session.model.reset();
  const page = await openPage(session);
  await describeImage(session, page, '#picture', ADD);
  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'To compare: 1 picture');
  await clickButton(popup, 'Compare');
  expect(session.model.requests()).toHaveLength(0);
  // From the list of pictures, as a person without a pointer does; it is the same picture.
  await clickButton(popup, 'Let all go');
  await poll('an empty tray', async () => {
    return !(await popup.evaluate(() => document.body.innerText)).includes('To compare');
  });
});
