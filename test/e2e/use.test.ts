import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, readStorage, seedConnection } from './harness/extension-page.ts';
import { describeImage, insertLast } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';
import { stateIn } from '../fixtures/jobs.ts';
import { presentAnswer } from '../../utils/core/jobs/turns.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession({ model: { models: ['gpt-6-luna', 'gpt-6-sol'] } });
  await seedConnection(session, { key: 'sk-test-use' });
  serveImagePage(session);
  session.pages.page(
    '/editor',
    `<p><img id="image" src="/teal.png" alt="IMG_2041"></p>
     <textarea id="field">Before: </textarea>
     <div id="rich" contenteditable="true">Rich: </div>
     <script>field.addEventListener('input', (event) => { field.dataset.heard = event.inputType; });</script>`,
  );
});
afterAll(() => session.stop());
afterEach(() => cleanUp(session));

const ANSWER = 'A teal "rectangle".';

describe('an answer', () => {
  it('is changed, counted, put into the page as alt text, and taken back', async () => {
    session.model.answer(ANSWER);
    const page = await openPage(session, '/editor');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText('19 characters (target: about 125)');

    await card.clickButton('Edit');
    await card.waitFor('.answer-editor textarea');
    await page.keyboard.type(' Quite plain.');
    await card.waitForText('32 characters (target: about 125)');
    expect(await card.axe()).toEqual([]);
    // Escape leaves the field, not the card.
    await card.press('Escape');
    await card.waitForText('19 characters');
    await card.clickButton('Edit');
    await card.waitFor('.answer-editor textarea');
    await page.keyboard.type(' Quite plain.');
    await card.clickButton('Save');
    await card.waitForText(`${ANSWER} Quite plain.`);
    await poll('the change in the store', async () => {
      const [job] = await readJobs(session);
      return job && presentAnswer(job).edited === `${ANSWER} Quite plain.`;
    });

    const alt = () => page.$eval('#image', (image) => image.getAttribute('alt'));
    await card.clickButton('Set as the image’s alt text');
    await card.waitForText('Alt text set');
    expect(await alt()).toBe(`${ANSWER} Quite plain.`);
    expect(await card.axe()).toEqual([]);
    await card.clickButton('Undo');
    await card.waitForText('The image has its original alt text again.');
    expect(await alt()).toBe('IMG_2041');

    // Nothing but the one question went out.
    expect(session.model.requests()).toHaveLength(1);
  });

  it('goes into the field that is edited, as if it were typed', async () => {
    session.model.answer(ANSWER);
    const page = await openPage(session, '/editor');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText('tokens');
    await card.clickButton('Close');
    await page.evaluate(() => {
      const field = document.querySelector('textarea');
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
    });
    await insertLast(session, page, '#field');
    const value = () => page.$eval('#field', (field) => (field as HTMLTextAreaElement).value);
    await poll('the words in the field', async () => (await value()).includes(ANSWER));
    expect(await page.$eval('#field', (field) => (field as HTMLElement).dataset['heard'])).toBe(
      'insertText',
    );
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    expect(await value()).toBe('Before: ');

    await insertLast(session, page, '#rich');
    await poll('the words in the editor', async () =>
      (await page.$eval('#rich', (rich) => rich.textContent)).includes(ANSWER),
    );
    expect(JSON.stringify(await readStorage(session))).not.toContain(ANSWER);
  });
});

it('is held against a second opinion, with what only one says marked', async () => {
  session.model.answer('A brown dog on grass.');
  const page = await openPage(session, '/editor');
  await describeImage(session, page, '#image');
  const card = await waitForCard(session, page);
  await card.waitForText('tokens');
  session.model.answer('A brown dog with a ball.');
  await card.clickButton('Second opinion');
  const select = await card.waitFor('.ask-opinion select');
  await poll('the models', () =>
    select.evaluate((each) => each.textContent?.includes('gpt-6-sol') ?? false),
  );
  // By a key: what a script chooses is not heard.
  await select.press('End');
  expect(await card.axe()).toEqual([]);
  await card.clickButton('Second opinion');
  await card.waitForText('Only here: grass');
  await card.waitForText('Only here: with, ball');
  const marks = await card.evaluate((root) =>
    [...root.querySelectorAll('.opinion mark')].map((mark) => mark.textContent),
  );
  expect(marks).toEqual(['grass', 'with', 'ball']);
  expect(await card.axe()).toEqual([]);
  const [one, two] = session.model.requests();
  expect([one?.model, two?.model]).toEqual(['gpt-6-luna', 'gpt-6-sol']);
  expect(two?.prompt).toBe(one?.prompt);
  expect(two?.images).toEqual(one?.images);

  const popup = await openExtensionPage(session, 'popup.html');
  await waitForWords(popup, 'A brown dog on grass.');
  // Below the first, not beside it.
  const listed = await popup.evaluate(() => document.querySelectorAll('.result').length);
  expect(listed).toBe((await readJobs(session)).length);
  await popup.close();
});

it('shows the tables of an answer as tables, and copies them as they were written', async () => {
  const table = 'Sales.\n\n| Year | Sold |\n| --- | ---: |\n| 2025 | about 12 |';
  session.model.answer(table);
  const page = await openPage(session, '/editor');
  await describeImage(session, page, '#image', menuPlace('Chart as data'));
  const card = await waitForCard(session, page);
  await card.waitFor('table');
  const cells = await card.evaluate((root) =>
    [...root.querySelectorAll('th, td')].map(({ textContent }) => textContent),
  );
  expect(cells).toEqual(['Year', 'Sold', '2025', 'about 12']);
  expect(await card.axe()).toEqual([]);
  expect(stateIn((await readJobs(session))[0])).toMatchObject({ text: table });
});
