import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countCards, waitForCard, type CardHandle } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPicker, pickerRoot } from './harness/picker.ts';
import { cleanUp, openPage, servePicturePage } from './harness/picture-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session);
  servePicturePage(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

const PICTURE = '<p><img id="picture" src="/teal.png" alt=""></p>';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openCard(body: string): Promise<{ page: Page; card: CardHandle }> {
  session.pages.page('/page', body);
  const page = await openPage(session, '/page');
  await describeImage(session, page, '#picture');
  const card = await waitForCard(session, page);
  await card.waitForText(DEFAULT_ANSWER);
  return { page, card };
}

describe('a cover', () => {
  /** Lies over everything of the page, lets every press through, and stands in a closed tree. */
  const COVER = `${PICTURE}<script>
    const cover = document.createElement('div');
    cover.popover = 'manual';
    cover.textContent = 'Press here to win';
    cover.style.cssText = 'pointer-events: none; inset: 0; width: 100vw; height: 100vh; margin: 0; padding: 0; border: 0; background: gold';
    const tree = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
    tree.append(cover);
    function lay() { cover.hidePopover(); cover.showPopover(); }
  </script>`;
  const lay = (page: Page) => page.evaluate('lay()');
  const spot = async (card: CardHandle) => {
    const close = await card.waitFor('.card-head button:last-child');
    return await close.clickablePoint();
  };

  it('takes no press to a button that cannot be seen: the card comes up, and the next one counts', async () => {
    const { page, card } = await openCard(COVER);
    await card.waitFor('.job-words');
    await card.evaluate((root) => root.querySelector<HTMLElement>('.card button')?.focus());
    const { x, y } = await spot(card);
    await lay(page);
    await wait(500);
    await page.mouse.click(x, y);
    await wait(700);
    expect(await countCards(page)).toBe(1);
    expect(await card.evaluate((root) => root.activeElement?.localName)).toBe('button');
    await page.mouse.click(x, y);
    await poll('no card', async () => (await countCards(page)) === 0);
  });

  it('that is gone as the press comes does not make it count', async () => {
    const { page, card } = await openCard(
      `${COVER}<script>addEventListener('pointerdown', () => cover.hidePopover(), true)</script>`,
    );
    const { x, y } = await spot(card);
    await page.mouse.move(x, y);
    // Comes back whenever the card has come up.
    await page.evaluate('setInterval(lay, 10)');
    await wait(600);
    await page.evaluate('for (let at = 0; at < 9999; at += 1) clearInterval(at)');
    await page.mouse.down();
    await page.mouse.up();
    await wait(300);
    expect(await countCards(page)).toBe(1);
  });

  it('that comes back each time is told of in words, and keys still work', async () => {
    const { page, card } = await openCard(COVER);
    const { x, y } = await spot(card);
    await page.evaluate('setInterval(lay, 10)');
    await wait(600);
    await page.mouse.click(x, y);
    await card.waitForText(/Something on this page lies over Descry/);
    expect(await countCards(page)).toBe(1);
    await card.evaluate((root) =>
      root.querySelector<HTMLElement>('.card-head button:last-child')?.focus(),
    );
    await card.press('Enter');
    await poll('no card', async () => (await countCards(page)) === 0);
  });

  it('over the picker sends no picture', async () => {
    session.pages.page('/page', COVER);
    const page = await openPage(session, '/page');
    await openPicker(session, page);
    await page.evaluate('setInterval(lay, 10)');
    await wait(600);
    await page.mouse.click(60, 140);
    const root = await pickerRoot(session, page);
    await poll('the words', () =>
      root.evaluate((shadow) => shadow.querySelector('.cover-words')?.textContent !== ''),
    );
    expect(await page.$('descry-picker')).not.toBeNull();
    expect(session.model.requests()).toHaveLength(0);
  });

  it('cannot be made of the card itself: it is neither moved nor faded nor recoloured', async () => {
    const { page, card } = await openCard(PICTURE);
    const look = () =>
      card.evaluate((root) => {
        const inside = root.querySelector('.job-words') ?? root.host;
        const { color } = getComputedStyle(inside);
        const { opacity, display } = getComputedStyle(root.host);
        const { x, y, width } = root.host.getBoundingClientRect();
        return { color, opacity, display, x, y, width };
      });
    const before = await look();
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = `
        @property --dy-ink { syntax: '<color>'; inherits: false; initial-value: red }
        * { --dy-ink: red !important; --dy-1: 0; --descry-opacity: 0 !important; --descry-left: 0 !important }`;
      document.head.append(style);
      const host = document.querySelector<HTMLElement>('descry-card');
      for (const name of ['opacity', '--descry-opacity', 'left', '--descry-left', 'display'])
        host?.style.setProperty(name, name === 'display' ? 'none' : '0', 'important');
    });
    expect(await look()).toEqual(before);
  });
});
