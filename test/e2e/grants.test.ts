import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForCard } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { aimAtEntry, describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { grantHost } from './harness/permission-prompt.ts';
import { startPageServer, type PageServer } from './harness/page-server.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
/** On the host of the model server, at another port. */
let intranet: PageServer;

const HERE = 'images.example.com';
const ELSEWHERE = 'other.example.org';

/** Spread over the time that the page below keeps its screenshot waiting. */
const SWITCHES_MS = [0, 400, 800, 1_200, 1_600, 2_000, 2_400, 2_800, 3_200, 3_600];

/** Busy in pieces: each answer to us takes a while, and comes in the end. */
const BUSY = `<script>
  function beBusy() {
    const end = Date.now() + 2_500;
    setTimeout(function piece() {
      const until = Date.now() + 700;
      while (Date.now() < until);
      if (Date.now() < end) setTimeout(piece, 30);
    });
  }
</script>`;

beforeAll(async () => {
  [session, intranet] = await Promise.all([startSession(), startPageServer()]);
  await seedConnection(session);
  const { pages } = session;
  pages.file('/green.png', plainPng(300, 200, [0, 160, 0]), 'image/png');
  // No CORS: a page of another host can show it, and only the screen can tell what it is.
  const foreign = pages.url('/green.png', 'localhost');
  pages.page('/busy', `${BUSY}<img id="image" src="${foreign}" alt="">`);
  pages.file('/red.png', plainPng(300, 200, [255, 0, 0]), 'image/png');
  pages.page(
    '/red',
    '<style>html { background: rgb(255 0 0) }</style><img id="image" src="/red.png" alt="">',
  );
});

afterAll(() => Promise.all([session.stop(), intranet.stop()]));

/** How many pixels of an image are as red as the other tab. */
async function redPixels(dataUrl: string): Promise<number> {
  const { data } = await sharp(Buffer.from(dataUrl.split(',')[1] ?? '', 'base64'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    if (r > 200 && g < 60 && b < 60) red += 1;
  }
  return red;
}

/** Asks for the image of a busy page, and goes to another tab, if to any, so much later. */
async function ask(other?: Page, milliseconds = 0): Promise<string> {
  const page = await openPage(session, '/busy', HERE);
  const choose = await aimAtEntry(session, page, '#image');
  await page.evaluate('beBusy()');
  const chosen = choose();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await other?.bringToFront();
  await chosen;
  const card = await waitForCard(session, page);
  const text = await card.waitForText(/teal|in view|could not/);
  await page.close();
  return text;
}

it('a screenshot shows no other tab, whenever the person goes to one', async () => {
  const other = await openPage(session, '/red', ELSEWHERE);
  // From now on Descry may take screenshots of this tab, too.
  await describeImage(session, other, '#image');
  await (await waitForCard(session, other)).waitForText(DEFAULT_ANSWER);
  session.model.reset();
  const ends: string[] = [];
  for (const milliseconds of SWITCHES_MS) ends.push(await ask(other, milliseconds));
  ends.push(await ask());
  const sent = session.model.requests().flatMap(({ images }) => images);

  for (const image of sent) expect(await redPixels(image)).toBe(0);
  // Some came in between, and who stays is answered.
  expect(ends[0]).toContain('not in view');
  expect(ends.at(-1)).toContain(DEFAULT_ANSWER);
}, 120_000);

it('a host granted for its model server gives no image that the page does not have', async () => {
  session.model.reset();
  await grantHost(session, 'http://127.0.0.1/*');
  intranet.page('/login', 'Welcome', { 'set-cookie': 'sid=1; SameSite=Strict; HttpOnly' });
  const secret = plainPng(222, 111, [90, 0, 90]);
  intranet.serve('/secret.png', ({ headers }) =>
    headers.cookie === undefined
      ? { status: 403 }
      : { body: secret, headers: { 'content-type': 'image/png' } },
  );
  const login = await session.browser.newPage();
  await login.goto(intranet.url('/login'));
  await login.goto(intranet.url('/secret.png'));
  const withCookie = () =>
    intranet.requests.filter(({ path, headers }) => path === '/secret.png' && headers.cookie);
  // Who is logged in is let in.
  expect(withCookie()).toHaveLength(1);
  await login.close();
  const address = intranet.url('/secret.png');
  session.pages.page(
    '/gallery',
    `<img id="image" src="${address}" width="222" height="111" alt="Quarterly figures">`,
  );
  const page = await openPage(session, '/gallery', HERE);
  await describeImage(session, page, '#image');
  const card = await waitForCard(session, page);
  const end = await card.waitForText(/did not load|teal/);
  expect(withCookie()).toHaveLength(1);
  expect(session.model.requests()).toEqual([]);
  expect(end).toContain('The page did not load this image');
  expect(await card.axe()).toEqual([]);
});
