import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countCards, waitForCard } from './harness/card.ts';
import { openExtensionPage, seedConnection } from './harness/extension-page.ts';
import { aimAtEntry, describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
const PUBLIC = 'images.example.com';
const ELSEWHERE = 'other.example.org';

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session, { provider: 'openai', key: 'sk-test-describe' });
  serveImagePage(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

/** Longer than a click may go unheard. */
const BUSY_MS = 6_000;

interface Api {
  tabs: { query(which: object): Promise<{ id?: number }[]> };
  action: { getBadgeText(which: { tabId: number }): Promise<string> };
}

/** What Descry's button says in each tab. */
function badges(extension: Page): Promise<string[]> {
  return extension.evaluate(async () => {
    const { browser, chrome } = globalThis as { browser?: Api; chrome?: Api };
    const api = browser ?? chrome;
    if (!api) return [];
    const tabs = await api.tabs.query({});
    return await Promise.all(tabs.map(({ id = -1 }) => api.action.getBadgeText({ tabId: id })));
  });
}

const open = (path = '/', host?: string) => openPage(session, path, host);

describe('a page that is not ready', () => {
  it('because it never ends loading has its card at once', async () => {
    session.pages.serve('/never-ends', {
      // Firefox shows nothing of a page without a charset before it has a kilobyte of it.
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!doctype html><title>More</title><img id="image" src="/teal.png" alt="">',
      forEver: '<!-- more -->',
    });
    const page = await session.browser.newPage();
    page.goto(session.pages.url('/never-ends')).catch(() => undefined);
    await page.waitForFunction(() => document.querySelector('img')?.naturalWidth);
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    expect(await page.evaluate(() => document.readyState)).toBe('loading');
    await page.evaluate(() => stop());
  });

  it('because it is busy shows a sign on Descry’s button until the card comes', async () => {
    session.pages.page('/busy', '<img id="image" src="/teal.png" alt="">');
    // Before: a browser that waits for its page opens no other one.
    const extension = await openExtensionPage(session, 'manifest.json');
    const page = await open('/busy');
    await page.bringToFront();
    const choose = await aimAtEntry(session, page, '#image');
    await page.evaluate((milliseconds) => {
      const end = Date.now() + milliseconds;
      setTimeout(() => {
        while (Date.now() < end);
      });
    }, BUSY_MS);
    await choose();
    await poll('the sign', async () => (await badges(extension)).includes('…'));
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    await poll('no sign', async () => (await badges(extension)).every((text) => text === ''));
    await extension.close();
  });

  it('because one of its images never ends is answered with what is there of it', async () => {
    const png = plainPng(200, 150);
    session.pages.serve('/endless.png', {
      headers: { 'content-type': 'image/png', 'access-control-allow-origin': '*' },
      body: png.subarray(0, -12),
      forEver: new Uint8Array(64),
    });
    session.pages.page('/endless-image', '<h1>Long</h1>');
    const page = await open('/endless-image');
    await page.evaluate(
      (src) => {
        // Of another site, so that the background does not try it as well.
        document.body.append(Object.assign(new Image(200, 150), { id: 'image', src }));
      },
      session.pages.url('/endless.png', 'localhost'),
    );
    await page.waitForFunction(() => document.querySelector('img')?.naturalWidth);
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await poll('the answer', async () => (await card.text()).includes(DEFAULT_ANSWER), {
      timeout: 25_000,
    });
    const [sent] = session.model.requests();
    expect(sent?.images).toEqual([expect.stringMatching(/^data:image/)]);
  });
});

describe('a difficult page', () => {
  it('with the strictest CSP still has its card, styled and working', async () => {
    session.pages.page(
      '/strict',
      '<img id="image" src="/teal.png" alt="" width="200" height="150">',
      {
        'content-security-policy': "default-src 'none'; img-src 'self'",
      },
    );
    const page = await open('/strict');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    const width = await card.evaluate(
      (root) => root.querySelector('.card')?.getBoundingClientRect().width,
    );
    expect(width).toBe(360);
    await card.clickButton('Close');
    await poll('no card', async () => (await countCards(page)) === 0);
  });

  it('cannot hide, restyle or cover the card with its CSS', async () => {
    session.pages.page(
      '/hostile',
      `<style>* { display: none !important; opacity: 0 !important; filter: blur(9px) !important }
        html, head, body, img { display: block !important; opacity: 1 !important; filter: none !important }
        html { transform: scale(.5) }
        body::after { content: ""; position: fixed; inset: 0; z-index: 2147483647; background: red; pointer-events: none }
       </style><img id="image" src="/teal.png" alt="">`,
    );
    const page = await open('/hostile');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    const looks = await card.evaluate((root) => {
      const style = getComputedStyle(root.host);
      const box = root.querySelector('.card')?.getBoundingClientRect();
      return {
        display: style.display,
        opacity: style.opacity,
        filter: style.filter,
        width: box?.width,
      };
    });
    expect(looks).toEqual({ display: 'block', opacity: '1', filter: 'none', width: 360 });
    const box = await card.host.boundingBox();
    const onTop = await page.evaluate(
      (x, y) => document.elementFromPoint(x, y)?.localName,
      (box?.x ?? 0) + 30,
      (box?.y ?? 0) + 30,
    );
    expect(onTop).toBe('descry-card');
  });

  it('with the image in a frame of another origin has the card in the tab', async () => {
    session.pages.page('/framed', '<img id="image" src="/teal.png" alt="">');
    session.pages.page(
      '/outer',
      `<iframe id="frame" src="${session.pages.url('/framed', ELSEWHERE)}" width="400" height="300"></iframe>`,
    );
    const page = await open('/outer', PUBLIC);
    const frame = await (await page.waitForSelector('#frame'))?.contentFrame();
    const image = await frame?.waitForSelector('#image');
    if (!image) throw new Error('no image in the frame');
    await describeImage(session, page, image);
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    expect(session.model.requests()[0]?.images).toEqual([
      session.pages.url('/teal.png', ELSEWHERE),
    ]);
    const box = await card.host.boundingBox();
    expect(box?.x).toBeGreaterThan(400);
  });

  it('behind a login is read with the login', async () => {
    session.pages.serve('/private.png', ({ headers }) =>
      headers.cookie?.includes('session=1')
        ? { body: plainPng(90, 90), headers: { 'content-type': 'image/png' } }
        : { status: 403 },
    );
    session.pages.page('/private', '<img id="image" src="/private.png" alt="">', {
      'set-cookie': 'session=1; SameSite=Strict; HttpOnly',
    });
    session.model.fail({
      status: 400,
      message: 'Failed to download image',
      code: 'invalid_image_url',
    });
    const page = await open('/private', PUBLIC);
    await page.reload();
    await describeImage(session, page, '#image');
    await (await waitForCard(session, page)).waitForText(DEFAULT_ANSWER);
    expect(session.model.requests().map(({ images }) => images[0]?.slice(0, 10))).toEqual([
      'http://ima',
      'data:image',
    ]);
  });

  it.each(['/drawing.svg', 'data:'])(
    'with a vector image (%s) has it drawn for the model',
    async (src) => {
      const svg =
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="teal"/></svg>';
      session.pages.file('/drawing.svg', svg, 'image/svg+xml');
      const address = src === 'data:' ? `data:image/svg+xml,${encodeURIComponent(svg)}` : src;
      session.pages.page('/vector', `<img id="image" src='${address}' alt="" width="200">`);
      const page = await open('/vector');
      await describeImage(session, page, '#image');
      await (await waitForCard(session, page)).waitForText(DEFAULT_ANSWER);
      expect(session.model.requests()[0]?.images[0]).toMatch(/^data:image\/(png|jpeg);base64,/);
    },
  );
});

describe('the card', () => {
  it('stays on the screen while the page scrolls, and goes where it is dragged', async () => {
    session.pages.page(
      '/long',
      '<p><img id="image" src="/teal.png" alt=""></p><p style="height: 4000px">Long</p>',
    );
    const page = await open('/long');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    const before = await card.host.boundingBox();
    await page.evaluate(() => scrollTo(0, 2_000));
    expect(await card.host.boundingBox()).toEqual(before);
    if (!before) throw new Error('no card');
    const { x, y } = before;
    await page.mouse.move(x + 150, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + 250, y + 120, { steps: 5 });
    await page.mouse.up();
    expect(await card.host.boundingBox()).toMatchObject({ x: x + 100, y: y + 100 });
    await page.mouse.move(x + 250, y + 120);
    await page.mouse.down();
    // The pointer cannot leave the window, but it can pull the card's corner out of it.
    await page.mouse.move(2, 2, { steps: 5 });
    await page.mouse.up();
    expect((await card.host.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    expect((await card.host.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  });

  it('works inside a modal dialog, where all else is inert', async () => {
    session.pages.page(
      '/modal',
      '<dialog id="dialog"><img id="image" src="/teal.png" alt=""></dialog><script>dialog.showModal()</script>',
    );
    const page = await open('/modal');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    await card.clickButton('Close');
    await poll('no card', async () => (await countCards(page)) === 0);
  });
});
