/** Where things of a page are on the screen, for the real pointer. */
import type { ElementHandle, Page } from 'puppeteer-core';

/** Where the middle of an element is on the screen, after it was scrolled into view. */
export async function screenPosition(
  page: Page,
  target: string | ElementHandle,
): Promise<{ x: number; y: number }> {
  const element = typeof target === 'string' ? await page.waitForSelector(target) : target;
  if (!element) throw new Error(`No element ${String(target)}`);
  await element.scrollIntoView();
  // Relative to the tab's viewport, whichever frame the element is in.
  const box = await element.boundingBox();
  if (!box) throw new Error(`${String(target)} is not visible`);
  const origin = await page.evaluate(() =>
    // Firefox says where its viewport is; Chromium has its bars above it and nothing below.
    'mozInnerScreenX' in window
      ? { x: Number(window.mozInnerScreenX), y: Number(Reflect.get(window, 'mozInnerScreenY')) }
      : {
          x: screenX + (outerWidth - innerWidth) / 2,
          y: screenY + outerHeight - innerHeight - (outerWidth - innerWidth) / 2,
        },
  );
  return {
    x: Math.round(origin.x + box.x + box.width / 2),
    y: Math.round(origin.y + box.y + box.height / 2),
  };
}
