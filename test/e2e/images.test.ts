import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage, seedConnection, writeStorage } from './harness/extension-page.ts';
import { describeHere } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import { startSession, type Session } from './harness/session.ts';
import { distanceFromRight, RIGHT } from './kinds/serve.ts';
import { stateIn } from '../fixtures/jobs.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session);
  serveImagePage(session);
  session.pages.file('/right.png', plainPng(200, 150, RIGHT), 'image/png');
  session.pages.page(
    '/several',
    `<style>body { background: rgb(${RIGHT.join(' ')}); margin: 0 }</style>
     <img src="/teal.png" alt="A teal wall"><img src="/right.png">
     <img src="/right.png" alt="" width="10" height="10">
     <canvas id="canvas" width="80" height="60"></canvas>`,
  );
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session, /^http|popup/));

const sentImage = () => session.model.requests().at(-1)?.images[0] ?? '';

it('the popup lists the images of the page, and asks about the one chosen', async () => {
  const page = await openPage(session, '/several');
  const popup = await openPopup(session, page);
  await popup.click('#tab-images');
  const text = await popup.waitForText('4 images on this page');
  expect(text).toContain('A teal wall');
  expect(text).toContain('Small images (1)');
  const spoken = await popup.evaluate((document) =>
    [...document.querySelectorAll('.image-open')].map((each) => each.getAttribute('aria-label')),
  );
  expect(spoken[0]).toBe('A teal wall. Has alt text. 200 by 150 pixels. 1 of 4');
  expect(spoken[1]).toBe('No name. No alt text. 200 by 150 pixels. 2 of 4');
  expect(session.model.requests()).toHaveLength(0);
  await popup.click('.image:nth-child(2) .image-open');
  await popup.waitForText(DEFAULT_ANSWER);
  // The answer is here, and nowhere a second time.
  expect(await page.$('descry-card')).toBeNull();
  await popup.close();
  expect(await distanceFromRight(sentImage())).toBeLessThan(6);
});

// A canvas comes as a PNG, as which a photograph weighs ten times as much as it need.
it('a photograph on a canvas is sent as JPEG, a drawing as PNG', async () => {
  session.pages.page(
    '/canvases',
    `<canvas width="200" height="150"></canvas><canvas width="200" height="150"></canvas><script>
      const [photo, drawing] = [...document.querySelectorAll('canvas')].map((each) => each.getContext('2d'));
      const noise = photo.createImageData(200, 150);
      for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 255;
      photo.putImageData(noise, 0, 0);
      drawing.fillRect(20, 20, 90, 90);
    </script>`,
  );
  const page = await openPage(session, '/canvases');
  for (const [place, type] of [
    [1, 'jpeg'],
    [2, 'png'],
  ] as const) {
    const popup = await openPopup(session, page);
    await popup.click('#tab-images');
    await popup.waitForText('2 images');
    session.model.answer(`Sent as ${type}.`);
    await popup.click(`.image:nth-child(${place}) .image-open`);
    await popup.waitForText(`Sent as ${type}.`);
    await popup.close();
    expect(sentImage().slice(0, 20)).toContain(`data:image/${type};`);
  }
});

it('the popup asks about the whole visible page, without itself in it', async () => {
  const page = await openPage(session, '/several');
  const popup = await openPopup(session, page);
  await popup.click('#tab-images');
  await popup.waitForText('4 images');
  session.model.answer('All of a page.');
  await popup.click('.images-actions button:nth-child(2)');
  await popup.waitForText('All of a page.');
  await popup.close();
  const { width, height } = await sharp(
    Buffer.from(sentImage().split(',')[1] ?? '', 'base64'),
  ).metadata();
  expect(width).toBeGreaterThan(600);
  expect(height).toBeGreaterThan(400);
  expect(await distanceFromRight(sentImage())).toBeLessThan(6);
  expect(stateIn((await readJobs(session))[0])).toMatchObject({ sent: { route: 'screenshot' } });
});

it('the popup opens the picker on the page', async () => {
  const page = await openPage(session, '/several');
  const popup = await openPopup(session, page);
  await popup.click('#tab-images');
  await popup.waitForText('4 images');
  await popup.click('.images-actions button:nth-child(1)');
  await poll('the picker', async () => (await page.$('descry-picker')) !== null);
  await page.bringToFront();
  await page.keyboard.press('Escape');
  await poll('no picker', async () => (await page.$('descry-picker')) === null);
});

it('a file, a drawing too, and a pasted image are described, and what is none is said', async () => {
  const popup = await openExtensionPage(session, 'popup.html?tab');
  const folder = await mkdtemp(join(tmpdir(), 'descry-'));
  const file = join(folder, 'holiday.png');
  await writeFile(file, plainPng(300, 200, RIGHT));
  session.model.answer('A holiday.');
  const input = (await popup.waitForSelector('input[type="file"]')) as
    ElementHandle<HTMLInputElement> | undefined;
  await input?.uploadFile(file);
  await waitForWords(popup, 'A holiday.');
  expect(await popup.evaluate(() => document.body.innerText)).toContain('holiday.png');
  expect(await distanceFromRight(sentImage())).toBeLessThan(6);
  expect(await axeViolations(popup)).toEqual([]);
  // The image is kept to be asked about again: the file is not there any more.
  await clickButton(popup, 'Retry');
  await poll('a second request', () => Promise.resolve(session.model.requests().length === 2));
  expect(await distanceFromRight(sentImage())).toBeLessThan(6);

  await popup.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'words');
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await waitForWords(popup, 'No image found there');
  const drawing = join(folder, 'drawing.svg');
  const [r, g, b] = RIGHT;
  const rect = `<rect width="30" height="20" fill="rgb(${r} ${g} ${b})"/>`;
  await writeFile(
    drawing,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">${rect}</svg>`,
  );
  session.model.answer('A drawing.');
  await clickButton(popup, 'Images');
  await input?.uploadFile(drawing);
  await waitForWords(popup, 'A drawing.');
  expect(await distanceFromRight(sentImage())).toBeLessThan(6);

  const broken = join(folder, 'broken.png');
  await writeFile(broken, 'nothing to see');
  await clickButton(popup, 'Images');
  await input?.uploadFile(broken);
  await waitForWords(popup, 'The file cannot be opened');
  expect(session.model.requests()).toHaveLength(3);
});

it('the menu of all else takes the one image under the pointer, once it is switched on', async () => {
  await writeStorage(session, { menuEverywhere: true });
  session.pages.page(
    '/background',
    // Not a canvas: Chromium counts that to no kind of menu but all of them.
    '<div id="image" style="width: 200px; height: 150px; background: url(/right.png)"></div>',
  );
  const page = await openPage(session, '/background');
  await describeHere(session, page, '#image');
  await (await waitForCard(session, page)).waitForText(DEFAULT_ANSWER);
  expect(await distanceFromRight(sentImage())).toBeLessThan(6);
  await writeStorage(session, { menuEverywhere: false });
});

it('shows what was sent, with the image and the model’s patches over it', async () => {
  const page = await openPage(session, '/several');
  const popup = await openPopup(session, page);
  await popup.click('#tab-images');
  await popup.waitForText('4 images');
  session.model.answer('A wall, patch by patch.');
  await popup.click('.image:nth-child(1) .image-open');
  await popup.waitForText('A wall, patch by patch.');
  await popup.evaluate((document) => document.querySelector('summary')?.click());
  await popup.waitForText('patches of 32');
  await poll('the image', () =>
    popup.evaluate((document) => {
      const canvas = document.querySelector('canvas');
      return canvas?.width === 200 && canvas.height === 150;
    }),
  );
  await popup.close();
});
