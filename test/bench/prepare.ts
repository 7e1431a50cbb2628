/** What is sent of a large photo and a large screenshot, and how long it takes to prepare it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { build } from 'vite';
import { DEMO_IMAGES } from '../../scripts/demo/images.ts';
import { startDemoServer } from '../../scripts/demo/serve.ts';
import { launchBrowser } from '../../scripts/launch.ts';
import type { ImageLimits, prepareImage, PreparedImage } from '../../utils/core/image/encode.ts';
import { providerKind } from '../../utils/core/vision/providers.ts';
import { imageRuleFor } from '../../utils/core/vision/image-rules.ts';
import { startPageServer, type PageServer } from '../e2e/harness/page-server.ts';
import { megabytes, median, table } from './report.ts';

const ROUNDS = 5;
const MODELS = ['gpt-6-luna', 'gpt-4o'] as const;

type Bytes = Uint8Array<ArrayBuffer>;

interface Original {
  name: string;
  path: string;
  bytes: Bytes;
}

type Prepared = Omit<PreparedImage, 'dataUrl' | 'original'> & { times: number[] };

/** 12 megapixels, with the noise of a camera: without it, an enlarged image packs far too well. */
async function photo(): Promise<Bytes> {
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
async function screenshot(page: Page): Promise<Bytes> {
  const demo = await startDemoServer();
  await page.setViewport({ width: 1440, height: 900, deviceScaleFactor: 2 });
  await page.goto(demo.url, { waitUntil: 'networkidle0' });
  const png = await page.screenshot({ type: 'png' });
  await demo.stop();
  return new Uint8Array(png);
}

/** Serves `prepareImage` as a module of its own. */
async function serveOurs(pages: PageServer): Promise<void> {
  const entry = fileURLToPath(new URL('../../utils/core/image/encode.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['es'] } },
  });
  const [bundle] = Array.isArray(built) ? built : [];
  const [chunk] = bundle?.output ?? [];
  if (!chunk) throw new Error('nothing was built');
  pages.file('/encode.js', chunk.code, 'text/javascript');
}

/** Ours, in the browser, from the bytes to the `data:` URL. The first round is for warming up. */
async function prepareInBrowser(page: Page, path: string, limits: ImageLimits): Promise<Prepared> {
  return await page.evaluate(
    async (from, within, rounds) => {
      const load = (module: string): Promise<unknown> => import(module);
      const ours = (await load('/encode.js')) as { prepareImage: typeof prepareImage };
      const file = await (await fetch(from)).blob();
      const { signal } = new AbortController();
      const once = async () => {
        const start = performance.now();
        const prepared = await ours.prepareImage(file, within, signal);
        return { prepared, ms: performance.now() - start };
      };
      const { prepared } = await once();
      const times: number[] = [];
      while (times.length < rounds) times.push((await once()).ms);
      const { mimeType, width, height, byteLength, untouched } = prepared;
      return { mimeType, width, height, byteLength, untouched, times };
    },
    path,
    limits,
    ROUNDS,
  );
}

/** The same size and type by `sharp`, in this process. */
async function prepareBySharp(bytes: Bytes, { width, height, mimeType }: Prepared) {
  const once = async () => {
    const start = performance.now();
    const resized = sharp(bytes).autoOrient().resize(width, height, { fit: 'fill' });
    const encoded = mimeType === 'image/png' ? resized.png() : resized.jpeg({ quality: 88 });
    const file = await encoded.toBuffer();
    return { byteLength: file.length, ms: performance.now() - start };
  };
  const { byteLength } = await once();
  const times: number[] = [];
  while (times.length < ROUNDS) times.push((await once()).ms);
  return { byteLength, times };
}

async function measure(page: Page, original: Original, model: string): Promise<string[]> {
  const { imageTypes, maxImageBytes } = providerKind('openai');
  const limits = { imageTypes, maxImageBytes, rule: imageRuleFor(model) };
  const ours = await prepareInBrowser(page, original.path, limits);
  const floor = await prepareBySharp(original.bytes, ours);
  return [
    original.name,
    model,
    megabytes(original.bytes.length),
    `${ours.width} × ${ours.height} ${ours.mimeType.replace('image/', '').toUpperCase()}`,
    megabytes(ours.byteLength),
    megabytes(floor.byteLength),
    median(ours.times).toFixed(0),
    median(floor.times).toFixed(0),
  ];
}

/** Runs the benchmark in Chromium and prints its table. */
async function run(): Promise<void> {
  const pages = await startPageServer();
  const extensionPath = fileURLToPath(new URL('floor-extension', import.meta.url));
  const { browser, close } = await launchBrowser({
    browser: 'chrome',
    extensionPath,
    headless: true,
  });
  const page = await browser.newPage();
  const originals: Original[] = [
    { name: 'photo, 4000 × 3000', path: '/photo.jpg', bytes: await photo() },
    { name: 'screenshot, 2880 × 1800', path: '/screen.png', bytes: await screenshot(page) },
  ];
  for (const { path, bytes } of originals) pages.file(path, bytes, 'application/octet-stream');
  await serveOurs(pages);
  await page.goto(pages.page('/', '<p>A page</p>'));
  const rows: string[][] = [];
  for (const original of originals) {
    for (const model of MODELS) rows.push(await measure(page, original, model));
  }
  const head = ['image', 'model', 'MB', 'sent as', 'sent MB', 'sharp MB', 'ms', 'sharp ms'];
  console.log(table(head, rows));
  await Promise.all([close(), pages.stop()]);
}

await run();
