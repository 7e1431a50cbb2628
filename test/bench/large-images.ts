/** Large images as people have them: a camera's photo, and a screenshot of a dense screen. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { DEMO_IMAGES } from '../../scripts/demo/images.ts';
import { startDemoServer } from '../../scripts/demo/serve.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** 12 megapixels, with the noise of a camera: without it, an enlarged image packs far too well. */
export async function largePhoto(): Promise<Bytes> {
  const [width, height] = [4000, 3000];
  const airplane = DEMO_IMAGES.find(({ file }) => file === 'airplane.jpg');
  if (!airplane) throw new Error('the photo is gone');
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = sharp({ create: { width, height, channels: 3, background: '#000', noise } });
  const image = sharp(await readFile(airplane.location)).resize(width, height);
  const input = await grain.png({ compressionLevel: 1 }).toBuffer();
  const grainy = image.toColourspace('srgb').composite([{ input, blend: 'overlay' }]);
  return new Uint8Array(await grainy.jpeg({ quality: 90 }).toBuffer());
}

/** The demo page as a screen of double density shows it. */
export async function largeScreenshot(page: Page): Promise<Bytes> {
  const demo = await startDemoServer();
  await page.setViewport({ width: 1440, height: 900, deviceScaleFactor: 2 });
  await page.goto(demo.url, { waitUntil: 'networkidle0' });
  const png = await page.screenshot({ type: 'png' });
  await demo.stop();
  return new Uint8Array(png);
}
