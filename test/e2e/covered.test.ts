import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countCards, waitForCard, type CardHandle } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { openPicker, pickerRoot } from './harness/picker.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { screenPosition } from './harness/screen-position.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session);
  serveImagePage(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

const IMAGE = '<p><img id="image" src="/teal.png" alt=""></p>';
/** Within the 400 ms for which a cover is remembered, with room for two observers to differ. */
const SURELY_A_MOMENT_MS = 300;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openCard(body: string): Promise<{ page: Page; card: CardHandle }> {
  session.pages.page('/page', body);
  const page = await openPage(session, '/page');
  await describeImage(session, page, '#image');
  const card = await waitForCard(session, page);
  await card.waitForText(DEFAULT_ANSWER);
  return { page, card };
}

describe('a cover', () => {
  /** Lies over everything of the page, lets every press through, and stands in a closed tree. */
  const COVER = `${IMAGE}<script>
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

  it('that was gone a moment before the press does not make it count', async () => {
    const { page, card } = await openCard(`${COVER}<script>
      let covered = false, since = 0, pressed = 0, timer;
      addEventListener('pointerdown', () => (pressed = performance.now()), true);
      function watch() {
        const tells = 'isVisible' in IntersectionObserverEntry.prototype;
        if (!tells) return (covered = undefined);
        new IntersectionObserver((entries) => {
          const { isVisible, isIntersecting } = entries.at(-1);
          if (covered && isVisible) since = performance.now();
          if (isIntersecting) covered = !isVisible;
        }, { trackVisibility: true, delay: 100 }).observe(document.querySelector('descry-card'));
      }
      function begin() { since = pressed = 0; timer = setInterval(lay, 10); }
      function take() { clearInterval(timer); cover.hidePopover(); if (covered === undefined) since = performance.now(); }
    </script>`);
    const summary = await card.waitFor('.job-sent summary');
    // Measured anew each time: what is in the card still grows after the answer, and scrolls.
    const aim = async () => {
      // The notice of an earlier press may lie over it, and would take the next one.
      await card.evaluate((root) =>
        root
          .querySelector<HTMLElement>('.cover-words')
          ?.style.setProperty('display', 'none', 'important'),
      );
      const { x, y } = await screenPosition(page, summary);
      session.xdotool.send(`mousemove ${x} ${y}`);
    };
    await page.evaluate('watch()');
    const isOpen = () =>
      card.evaluate((root) => root.querySelector<HTMLDetailsElement>('.job-sent')?.open);
    const read = (name: string): Promise<unknown> => page.evaluate(name);
    const acted: unknown[] = [];
    // A busy machine may press too late for the press to be in time.
    for (let attempt = 0; attempt < 8 && acted.length < 3; attempt += 1) {
      await aim();
      await page.evaluate('begin()');
      await poll('the cover', async () => (await read('covered')) !== false);
      // Firefox does not tell: there, Descry looks five times a second.
      await wait(500);
      await page.evaluate('take()');
      // By now Chromium itself has said, to both of us, that nothing lies over it.
      const gone = 'since > 0 && performance.now() - since > 100';
      await poll('no cover', () => read(gone), { interval: 5 });
      session.xdotool.send('click 1');
      await poll('the press', () => read('pressed > 0'));
      const inTime = Number(await read('pressed - since')) < SURELY_A_MOMENT_MS;
      await wait(100);
      if (inTime) acted.push(await isOpen());
      await card.evaluate((root) => root.querySelector('.job-sent')?.removeAttribute('open'));
    }
    expect(new Set(acted)).toEqual(new Set([false]));
    await aim();
    await wait(600);
    session.xdotool.send('click 1');
    await poll('what was sent', isOpen);
  });

  it('that comes back each time is told of in words, and keys still work', async () => {
    const { page, card } = await openCard(COVER);
    const { x, y } = await spot(card);
    await page.evaluate('setInterval(lay, 10)');
    await wait(600);
    await page.mouse.click(x, y);
    await card.waitForText(/Something on this page covers Descry/);
    expect(await countCards(page)).toBe(1);
    await card.evaluate((root) =>
      root.querySelector<HTMLElement>('.card-head button:last-child')?.focus(),
    );
    await card.press('Enter');
    await poll('no card', async () => (await countCards(page)) === 0);
  });

  it('over the picker sends no image', async () => {
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
    const { page, card } = await openCard(IMAGE);
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
