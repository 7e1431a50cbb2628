import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './harness/axe.ts';
import { countCards, waitForCard } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPicker, pickerRoot } from './harness/picker.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session);
  serveImagePage(session);
  session.pages.file('/red.png', plainPng(200, 150, [200, 0, 0]), 'image/png');
  session.pages.page(
    '/several',
    `<img src="/teal.png" alt="A teal wall"><p style="height: 1500px">Words</p>
     <a href="#"><img id="second" src="/red.png" alt="A red door"></a>
     <canvas width="80" height="60"></canvas>`,
  );
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

describe('the picker', () => {
  it('goes through all images by keys, says each one’s name, and takes one', async () => {
    const page = await openPage(session, '/several');
    await openPicker(session, page);
    const root = await pickerRoot(session, page);
    const spoken = () =>
      root.evaluate((shadow) => {
        const list = shadow.querySelector('[role="listbox"]');
        const id = list?.getAttribute('aria-activedescendant') ?? '';
        return [shadow.activeElement === list, shadow.getElementById(id)?.textContent];
      });
    expect(await axeViolations(page, root)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await spoken()).toEqual([true, 'A teal wall. Image, 200\u00A0×\u00A0150']);
    await page.keyboard.press('Tab');
    expect(await spoken()).toEqual([true, 'A red door. Image, 200\u00A0×\u00A0150']);
    const seen = await page.$eval('#second', (image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    expect(seen).toBe(true);
    expect(await axeViolations(page, root)).toEqual([]);
    await page.keyboard.press('End');
    expect(await spoken()).toEqual([true, 'Unnamed. Canvas, 80\u00A0×\u00A060']);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    expect((await readJobs(session))[0]?.image.srcUrl).toContain('/red.png');
    await card.press('Escape');
    await poll('no card', async () => (await countCards(page)) === 0);
    // The focus is where it was: a reader goes on from the image.
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('a');
  });

  it('leaves by Escape, sends nothing, and gives the focus back', async () => {
    session.pages.page('/button', '<button id="first">x</button><img src="/teal.png" alt="">');
    const page = await openPage(session, '/button');
    await page.focus('#first');
    await openPicker(session, page);
    await page.keyboard.press('Escape');
    await poll('no picker', async () => (await page.$('descry-picker')) === null);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('first');
    expect(session.model.requests()).toHaveLength(0);
  });

  it('takes an image of an http page, where a page has fewer tools', async () => {
    const page = await openPage(session, '/several', 'images.example.com');
    await openPicker(session, page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const card = await waitForCard(session, page);
    expect(await card.waitForText(DEFAULT_ANSWER)).toContain('Alt text');
  });

  it('says where there is no image', async () => {
    session.pages.page('/none', '<p>Words alone</p>');
    const page = await openPage(session, '/none');
    await openPicker(session, page);
    const root = await pickerRoot(session, page);
    expect(await root.evaluate((shadow) => shadow.querySelector('p')?.textContent)).toMatch(
      /No image found/,
    );
    await page.keyboard.press('Enter');
    await poll('the words', () =>
      root.evaluate((shadow) =>
        shadow.querySelector('[role="status"]')?.textContent.includes('no image'),
      ),
    );
  });
});

it('of two images with the same source, the one clicked is meant', async () => {
  session.pages.page(
    '/twins',
    '<p><img src="/teal.png" alt=""></p><p style="height: 300px"></p><p><img id="second" src="/teal.png" alt=""></p>',
  );
  const page = await openPage(session, '/twins');
  await describeImage(session, page, '#second');
  const card = await waitForCard(session, page);
  await card.waitForText(DEFAULT_ANSWER);
  const [image, box] = await Promise.all([
    (await page.$('#second'))?.boundingBox(),
    card.host.boundingBox(),
  ]);
  expect(Math.abs((box?.y ?? 0) - (image?.y ?? 0))).toBeLessThan(250);
  expect(image?.y).toBeGreaterThan(300);
});

it('a screenshot shows the page and not the card, and puts the page back', async () => {
  session.pages.page(
    '/below',
    `<img id="first" src="/teal.png" alt=""><p style="height: 2000px"></p>
     <script>document.write('<img id="low" src="http://localhost:' + location.port + '/red.png" alt="A red door">')</script>`,
  );
  const page = await openPage(session, '/below');
  await describeImage(session, page, '#first');
  await (await waitForCard(session, page)).waitForText(DEFAULT_ANSWER);
  await openPicker(session, page);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await poll('two requests', () => Promise.resolve(session.model.requests().length === 2));
  // Only now: looking into the extension takes the page from the front.
  const job = await poll('the answer', async () =>
    (await readJobs(session)).find(
      (each) => each.image.srcUrl.includes('localhost') && stateOf(each).status === 'done',
    ),
  );
  expect(stateOf(job)).toMatchObject({ sent: { route: 'screenshot' } });
  const sent = session.model.requests().at(-1)?.images[0] ?? '';
  const { data, info } = await sharp(Buffer.from(sent.split(',')[1] ?? '', 'base64'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([200, 150]);
  // Nothing but the door: no card, no outline, no neighbour.
  expect(new Set(data)).toEqual(new Set([200, 0]));
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
});
