/** What is sent of a large photo and a large screenshot, and how long it takes to prepare it. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { build } from 'vite';
import { launchBrowser } from '../../scripts/launch.ts';
import type { ImageLimits, prepareImage, PreparedImage } from '../../utils/core/image/encode.ts';
import { providerKind } from '../../utils/core/vision/providers.ts';
import { imageRuleFor } from '../../utils/core/vision/image-rules.ts';
import { startPageServer, type PageServer } from '../e2e/harness/page-server.ts';
import { largePhoto, largeScreenshot } from './large-images.ts';
import { megabytes, type Figure } from './report.ts';
import { FLOOR_PATH } from './subjects.ts';

const ROUNDS = 5;
const MODELS = ['gpt-6-luna', 'gpt-4o'] as const;

type Bytes = Uint8Array<ArrayBuffer>;

interface Original {
  name: string;
  path: string;
  bytes: Bytes;
}

type Prepared = Omit<PreparedImage, 'dataUrl' | 'original'> & { times: number[] };

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

async function measure(page: Page, original: Original, model: string): Promise<Figure> {
  const { imageTypes, maxImageBytes } = providerKind('openai');
  const limits = { imageTypes, maxImageBytes, rule: imageRuleFor(model) };
  const ours = await prepareInBrowser(page, original.path, limits);
  const floor = await prepareBySharp(original.bytes, ours);
  const type = ours.mimeType.replace('image/', '').toUpperCase();
  return {
    what: `${original.name} prepared for ${model}`,
    unit: 'ms',
    descry: ours.times,
    floor: { name: 'sharp', values: floor.times },
    aim: { ratio: 1.5 },
    note: `${ours.width} × ${ours.height} ${type}, ${megabytes(ours.byteLength)} MB; sharp ${megabytes(floor.byteLength)} MB`,
  };
}

/** Prepares both images for two models in Chromium, and as `sharp` does. */
export async function benchPrepare(): Promise<Figure[]> {
  const pages = await startPageServer();
  const { browser, close } = await launchBrowser({
    browser: 'chrome',
    extensionPath: FLOOR_PATH,
    headless: true,
  });
  const page = await browser.newPage();
  const originals: Original[] = [
    { name: 'Photo, 4000 × 3000,', path: '/photo.jpg', bytes: await largePhoto() },
    { name: 'Screenshot, 2880 × 1800,', path: '/screen.png', bytes: await largeScreenshot(page) },
  ];
  for (const { path, bytes } of originals) pages.file(path, bytes, 'application/octet-stream');
  await serveOurs(pages);
  await page.goto(pages.page('/', '<p>A page</p>'));
  const figures: Figure[] = [];
  for (const original of originals) {
    for (const model of MODELS) figures.push(await measure(page, original, model));
  }
  await Promise.all([close(), pages.stop()]);
  return figures;
}
