/** Asks about many images at once, as a person does who drops a folder on the popup. */
import type { Page } from 'puppeteer-core';
import { plainPng } from '../e2e/harness/png.ts';

/** Images that all differ: their answers are not reused. */
export function manyImages(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => {
    const png = plainPng(64 + ((from + at) % 32), 48, [(from + at) % 256, (from + at) >> 8, 99]);
    return `data:image/png;base64,${png.toString('base64')}`;
  });
}

/** Sends them from a page of Descry's, by the message that a dropped file sends, and counts what was taken. */
export function askAbout(page: Page, images: readonly string[]): Promise<number> {
  return page.evaluate(async (dataUrls: readonly string[]) => {
    const { runtime } = Reflect.get(globalThis, 'chrome') as {
      runtime: { sendMessage(message: object): Promise<{ res?: { ok: boolean } }> };
    };
    const answers = await Promise.all(
      dataUrls.map((dataUrl, id) =>
        runtime.sendMessage({
          id: 1_000 + id,
          type: 'file.describe',
          data: { dataUrl, name: `image ${id}.png` },
          timestamp: Date.now(),
        }),
      ),
    );
    return answers.filter(({ res }) => res?.ok).length;
  }, images);
}
