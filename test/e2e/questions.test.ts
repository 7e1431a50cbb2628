import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitForCard } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
const PUBLIC = 'images.example.com';
const ASK = menuPlace('Ask about this image…');

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session, { provider: 'openai', key: 'sk-test-questions' });
  serveImagePage(session);
});
afterAll(() => session.stop());
afterEach(() => cleanUp(session));

describe('a question', () => {
  it('is asked before anything is sent, then on and on with the same image', async () => {
    const page = await openPage(session, '/', PUBLIC);
    await describeImage(session, page, '#image', ASK);
    const card = await waitForCard(session, page);
    await card.waitForText('Nothing has been sent yet');
    expect(await card.evaluate((root) => root.activeElement?.localName)).toBe('textarea');
    expect(session.model.requests()).toHaveLength(0);
    expect(await card.axe()).toEqual([]);

    await page.keyboard.type('Is it teal?');
    await card.press('Enter');
    await card.waitForText(DEFAULT_ANSWER);
    const image = session.pages.url('/teal.png', PUBLIC);
    const [first] = session.model.requests();
    expect(first?.prompt).toMatch(/^Is it teal\?/);
    expect(first?.images).toEqual([image]);

    session.model.answer('It is quite teal.');
    await card.click('.ask textarea');
    await page.keyboard.type('How teal?');
    await card.clickButton('Ask');
    await card.waitForText('It is quite teal.');
    const [, second] = session.model.requests();
    expect(second?.prompt).toContain('Is it teal?');
    expect(second?.prompt).toMatch(/How teal\?$/);
    expect(second?.images).toEqual([image]);
    const text = await card.text();
    expect(text.indexOf(DEFAULT_ANSWER)).toBeLessThan(text.indexOf('It is quite teal.'));
    expect(text).toContain('How teal?');
    expect(await card.axe()).toEqual([]);
    const [job] = await readJobs(session);
    expect(job?.turns).toMatchObject([
      { question: 'Is it teal?', answers: [{ state: { text: DEFAULT_ANSWER } }] },
      { question: 'How teal?', answers: [{ state: { text: 'It is quite teal.' } }] },
    ]);
  });

  it('that failed is left out of the next one, and can be asked again', async () => {
    const page = await openPage(session, '/', PUBLIC);
    await describeImage(session, page, '#image', menuPlace('Detailed description'));
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    session.model.fail({ status: 401, message: 'Incorrect API key provided' });
    await card.click('.ask textarea');
    await page.keyboard.type('What breed?');
    await card.press('Enter');
    await card.waitForText('The key was refused');
    await card.click('.ask textarea');
    await page.keyboard.type('How old?');
    await card.press('Enter');
    await card.waitForText('Ask this again');
    await card.waitForText('tokens');
    const last = session.model.requests().at(-1);
    expect(last?.prompt).not.toContain('What breed?');
    expect(last?.prompt).toMatch(/How old\?$/);
  });
});

describe('the purpose of an image', () => {
  it('is told to the model, shown with its reason, and overruled', async () => {
    session.pages.page(
      '/shop',
      '<a href="/home?token=secret"><img id="image" src="/teal.png" alt=""></a>',
    );
    const page = await openPage(session, '/shop', PUBLIC);
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    const text = await card.waitForText('Nothing else says where the link goes.');
    expect(text).toContain('Purpose');
    const [first] = session.model.requests();
    expect(first?.prompt).toContain('The image is functional');
    expect(first?.prompt).toContain('"page_title": "');
    expect(first?.prompt).toContain('/home');
    expect(first?.prompt).not.toContain('secret');
    expect(await card.axe()).toEqual([]);

    await card.waitForText('tokens');
    await (await card.waitFor('.purpose select')).press('d');
    await card.waitForText('You chose this.');
    await card.waitForText('tokens');
    expect(session.model.requests()[1]?.prompt).toContain('The image is probably decorative');
    await (await card.waitFor('.copy-as')).press('End');
    await card.waitForText('Copied');
  });
});
