/** The picker, opened by its real shortcut and used with the real pointer and keys. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { poll } from './poll.ts';
import { screenPosition } from './screen-position.ts';
import type { Session } from './session.ts';
import { shadowRootOf } from './shadow-root.ts';

const HOST = 'descry-picker';
/** The manifest's suggestion, as xdotool writes it. */
const SHORTCUT = 'alt+shift+d';

/** Presses the shortcut in a page and waits until the picker stands there. */
export async function openPicker(session: Session, page: Page): Promise<void> {
  await page.bringToFront();
  // Chromium hears the shortcut only when its window has the focus.
  await poll('the focus of the page', () => page.evaluate(() => document.hasFocus()));
  session.xdotool.send(`key ${SHORTCUT}`);
  await poll('the picker', async () => (await page.$(HOST)) !== null);
}

/** What is in the picker, which the page itself cannot see. */
export function pickerRoot(session: Session, page: Page): Promise<ElementHandle<ShadowRoot>> {
  return poll('the inside of the picker', async () => {
    const host = await page.$(HOST);
    return host && (await shadowRootOf(session.name, session.browser, page, host));
  });
}

/** Opens the picker, points at an element and presses. */
export async function pickImage(
  session: Session,
  page: Page,
  target: string | ElementHandle,
): Promise<void> {
  const { x, y } = await screenPosition(page, target);
  await openPicker(session, page);
  // Two moves: the first may be where the pointer is already.
  session.xdotool.send(`mousemove ${x - 3} ${y - 3} mousemove ${x} ${y} sleep 0.1 click 1`);
  await waitUntilGone(page);
}

/** Opens the picker and draws a rectangle over an element. */
export async function drawRectangle(session: Session, page: Page, target: string): Promise<void> {
  const { x, y } = await screenPosition(page, target);
  const box = await (await page.$(target))?.boundingBox();
  const dx = Math.round((box?.width ?? 0) / 2) - 4;
  const dy = Math.round((box?.height ?? 0) / 2) - 4;
  await openPicker(session, page);
  const drag = [
    `mousemove ${x - dx} ${y - dy} mousedown 1`,
    `mousemove ${x} ${y}`,
    `mousemove ${x + dx} ${y + dy} sleep 0.1 mouseup 1`,
  ];
  for (const step of drag) session.xdotool.send(step);
  await waitUntilGone(page);
}

async function waitUntilGone(page: Page): Promise<void> {
  await poll('the end of the picker', async () => (await page.$(HOST)) === null);
}
