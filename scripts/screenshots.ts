/**
 * `npm run screenshots`: images of the real extension in Chromium, for the README, into
 * `docs/images/`. The clicks are real; the words are scripted, and the card names the model so.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { waitForCard, type CardHandle } from '../test/e2e/harness/card.ts';
import {
  clearStorage,
  openExtensionPage,
  seedConnection,
  writeStorage,
} from '../test/e2e/harness/extension-page.ts';
import { describeImage } from '../test/e2e/harness/image-menu.ts';
import { openPicker } from '../test/e2e/harness/picker.ts';
import { poll } from '../test/e2e/harness/poll.ts';
import { startSession, type Session } from '../test/e2e/harness/session.ts';
import { BUILTIN_PRESETS } from '../utils/core/prompts/builtin.ts';
import { demoAnswer } from './demo/recognise.ts';
import { startDemoServer } from './demo/serve.ts';
import { BUILD_STEPS } from './e2e-steps.ts';

const MODEL = 'scripted-demo';
const FOLDER = new URL('../docs/images/', import.meta.url);
/** Around the image and its card, in CSS pixels. */
const MARGIN = 20;

type Scheme = 'light' | 'dark';

const [program, ...args] = BUILD_STEPS.chrome.command;
execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
await mkdir(FOLDER, { recursive: true });
const demo = await startDemoServer();
const session = await startSession({ browser: 'chrome', model: { models: [MODEL] } });
try {
  await seedConnection(session, { model: MODEL });
  await takeCards(session);
  await takePicker(session);
  await takeImages(session);
  await takePage(session, 'popup-results', 'popup.html', { width: 420, height: 600 });
  await takePage(session, 'popup-presets', 'popup.html#presets', { width: 420, height: 600 });
  await takePage(session, 'popup-editor', 'popup.html#editor', { width: 420, height: 600 });
  await takePage(session, 'history', 'description-history.html', { width: 1040, height: 900 });
  await takeCheck(session);
  await seedSettings(session);
  await takePage(session, 'settings', 'options.html', { width: 900, height: 700 });
  await clearStorage(session);
  await takePage(session, 'welcome', 'welcome.html', { width: 900, height: 700 });
} finally {
  await session.stop();
  await demo.stop();
}
process.exit(0);

/** The card beside an image: done, on its way, failed. */
async function takeCards({ model }: Session): Promise<void> {
  model.answer(words('airplane.jpg', 0));
  for (const scheme of ['light', 'dark'] as const) {
    const card = { image: '#image-1', presetIndex: 0, scheme };
    await describe('card', card, (open) => open.waitFor('.job-words.done'));
  }
  const sent = { image: '#image-2', presetIndex: 0, scheme: 'light' } as const;
  await describe('card-sent', sent, async (open) => {
    await open.waitFor('.job-words.done');
    await open.click('.job-sent summary');
    await open.waitFor('.job-sent canvas');
  });
  model.answer(words('cat.jpg', 0));
  const asked = { image: '#image-4', presetIndex: 0, scheme: 'light' } as const;
  await describe('card-opinion', asked, async (open) => {
    await open.waitFor('.job-words.done');
    model.answer(
      'Twenty-four small photographs in four rows show a striped cat from the side, from a walk to a leap over a fence.',
    );
    await open.clickButton('Second opinion');
    await open.clickButton('Second opinion');
    await open.waitFor('.opinion mark');
  });
  model.answer(words('cat.jpg', 1), { streamingProfile: { ttft: 200, tps: 20 } });
  const streaming = { image: '#image-4', presetIndex: 1, scheme: 'light' } as const;
  await describe('card-streaming', streaming, (open) => open.waitForText('the first row'));

  model.fail({ status: 401, message: 'Incorrect API key provided.' });
  const failed = { image: '#image-3', presetIndex: 0, scheme: 'light' } as const;
  await describe('card-error', failed, (open) => open.waitFor('.job-notice.danger'));
}

/** The picker over the demo page, with an image outlined. */
async function takePicker({ browser, xdotool }: Session): Promise<void> {
  const page = await browser.newPage();
  await page.goto(demo.url);
  for (const scheme of ['light', 'dark'] as const) {
    await showScheme(page, scheme);
    await openPicker(session, page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    xdotool.send('mousemove 1199 899');
    await save('picker', scheme, await page.screenshot());
    await page.keyboard.press('Escape');
  }
  await page.close();
}

/** The images of the demo page in the real popup: a tab of its own has no page beneath. */
async function takeImages({ browser, extensionId }: Session): Promise<void> {
  const page = await browser.newPage();
  await page.goto(demo.url);
  for (const scheme of ['light', 'dark'] as const) {
    const extension = (await browser.extensions()).get(extensionId);
    await extension?.triggerAction(page);
    const target = await browser.waitForTarget((each) => each.url().endsWith('/popup.html'));
    const popup = await target.asPage();
    await showScheme(popup, scheme);
    await (await popup.waitForSelector('#tab-images'))?.click();
    await popup.waitForSelector('.image');
    await save('popup-images', scheme, await popup.screenshot());
    await popup.close();
  }
  await page.close();
}

/** The doctor's report of the scripted server. */
async function takeCheck({ model }: Session): Promise<void> {
  model.seeDrawings();
  const page = await openExtensionPage(session, 'options.html');
  await page.setViewport({ width: 900, height: 700, deviceScaleFactor: 2 });
  await (await page.waitForSelector('.checkup button'))?.click();
  const list = await page.waitForSelector('.check-list');
  const panel = await page.$('.panel');
  await list?.scrollIntoView();
  for (const scheme of ['light', 'dark'] as const) {
    await showScheme(page, scheme);
    if (panel) await save('settings-check', scheme, await panel.screenshot());
  }
  await page.close();
}

/** Settings of a person who has been at it for a while. */
async function seedSettings(target: Session): Promise<void> {
  const month = new Date().toISOString().slice(0, 7);
  const spent = { answers: 84, inputTokens: 251_000, outputTokens: 9_400, cost: 0.0298 };
  await writeStorage(target, {
    connections: [
      {
        id: 'openai',
        provider: 'openai',
        baseUrl: 'https://api.openai.com/v1',
        model: 'gpt-6-luna',
        monthlyCap: 2,
      },
      {
        id: 'home',
        provider: 'ollama',
        name: 'At home',
        baseUrl: 'http://localhost:11434/v1',
        model: 'qwen3-vl:8b',
      },
    ],
    keys: { openai: 'sk-scripted' },
    spending: { openai: { [month]: { ...spent, unpriced: 0 } } },
  });
}

interface Click {
  image: string;
  presetIndex: number;
  scheme: Scheme;
}

/** One click on the demo page, and the card it brings. */
async function describe(
  name: string,
  { image, presetIndex, scheme }: Click,
  isReady: (card: CardHandle) => Promise<unknown>,
): Promise<void> {
  const page = await session.browser.newPage();
  await page.goto(demo.url);
  await showScheme(page, scheme);
  await describeImage(session, page, image, presetIndex);
  const card = await waitForCard(session, page);
  await isReady(card);
  // The pointer would show its marks on whatever lies under it.
  session.xdotool.send('mousemove 1199 899');
  const shown = name === 'card' ? [image, 'descry-card'] : ['descry-card'];
  await save(name, scheme, await shootAround(page, shown));
  await poll(
    'the end of the answer',
    () => card.evaluate((root) => root.querySelector('.job-words.done, .danger') !== null),
    { timeout: 30_000 },
  );
  await page.close();
}

/** One of the extension's own pages, in both schemes. */
async function takePage(
  { browser, ...rest }: Session,
  name: string,
  path: string,
  size: { width: number; height: number },
): Promise<void> {
  const page = await openExtensionPage({ browser, ...rest }, path.split('#')[0] ?? path);
  await page.setViewport({ ...size, deviceScaleFactor: 2 });
  if (path.includes('#')) await (await page.waitForSelector('::-p-text(Presets)'))?.click();
  if (path.endsWith('#editor')) await (await page.waitForSelector('.preset-open'))?.click();
  // Small images come after the list.
  if (path === 'description-history.html') await page.waitForSelector('.entry img');
  await page.waitForNetworkIdle({ idleTime: 300 });
  for (const scheme of ['light', 'dark'] as const) {
    await showScheme(page, scheme);
    const fullPage = !/^(?:popup|history)/.test(path);
    await save(name, scheme, await page.screenshot({ fullPage }));
  }
  await page.close();
}

async function showScheme(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    // An image in mid-transition shows colours that nobody has chosen.
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** The part of a page that holds these elements. */
async function shootAround(page: Page, selectors: readonly string[]): Promise<Uint8Array> {
  const clip = await page.evaluate(
    (wanted, margin) => {
      const boxes = wanted.flatMap(
        (each) => document.querySelector(each)?.getBoundingClientRect() ?? [],
      );
      const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - margin);
      const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - margin);
      const right = Math.min(innerWidth, Math.max(...boxes.map((box) => box.right)) + margin);
      const bottom = Math.min(innerHeight, Math.max(...boxes.map((box) => box.bottom)) + margin);
      return { x: left + scrollX, y: top + scrollY, width: right - left, height: bottom - top };
    },
    [...selectors],
    MARGIN,
  );
  return await page.screenshot({ clip: { ...clip, scale: 2 }, captureBeyondViewport: false });
}

/** WebP: a tenth of a PNG where the image holds photographs. */
async function save(name: string, scheme: Scheme, png: Uint8Array): Promise<void> {
  const file = `${name}${scheme === 'dark' ? '-dark' : ''}.webp`;
  await sharp(png)
    .webp({ quality: 82, effort: 6 })
    .toFile(fileURLToPath(new URL(file, FOLDER)));
  console.log(`docs/images/${file}`);
}

function words(file: string, presetIndex: number): string {
  const found = demoAnswer(`/${file}`, BUILTIN_PRESETS[presetIndex]?.prompt ?? '');
  if (found === undefined) throw new Error(`no words for ${file}`);
  return found;
}
