/** From a real click to the request, the card and the first word, beside a floor in the same run. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { waitForCard } from '../e2e/harness/card.ts';
import { seedConnection } from '../e2e/harness/extension-page.ts';
import { aimAtEntry } from '../e2e/harness/image-menu.ts';
import { plainPng } from '../e2e/harness/png.ts';
import { poll } from '../e2e/harness/poll.ts';
import { startSession, type Session } from '../e2e/harness/session.ts';
import { stopBackground } from '../e2e/harness/worker.ts';
import { now, startModelClock, type ModelClock } from './model-clock.ts';
import { median, table } from './report.ts';

const ROUNDS = Number(process.env['DESCRY_BENCH_ROUNDS'] ?? 9);
const HOST = 'images.example.com';

const MEASURES = ['request', 'card', 'word'] as const;
type Measure = (typeof MEASURES)[number];
/** Milliseconds from the click; `word` from the moment it left the server. */
type Times = Record<Measure, number>;

/** The promises, in milliseconds: worker awake, and asleep. */
const PROMISED: Record<'awake' | 'asleep', Times> = {
  awake: { request: 15, card: 40, word: 30 },
  asleep: { request: 30, card: 80, word: 30 },
};

/** The click is over by then, and the first word has not left the server. */
const SETTLE_MS = 350;

interface PageClock {
  cardAt?: number;
  wordAt?: number;
}

/** Notes in the page when a card stands there: the first frame after it was put in. */
function watchForCard(): void {
  const clock = globalThis as PageClock;
  delete clock.cardAt;
  delete clock.wordAt;
  const observer = new MutationObserver(() => {
    if (!document.querySelector('descry-card')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      clock.cardAt = performance.timeOrigin + performance.now();
    });
  });
  observer.observe(document.documentElement, { childList: true });
}

/** Notes when words stand in a card: a closed shadow root of ours, or the floor's element. */
function watchForWords(root: ParentNode): void {
  const clock = globalThis as PageClock;
  const observer = new MutationObserver(() => {
    const words = root.querySelector('.job-words') ?? (root as Element);
    if (!words.textContent?.includes('First')) return;
    observer.disconnect();
    clock.wordAt = performance.timeOrigin + performance.now();
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
}

async function measure(
  session: Session,
  clock: ModelClock,
  { page, asleep, floor }: { page: Page; asleep: boolean; floor: boolean },
): Promise<Times> {
  clock.reset();
  await page.reload();
  await page.evaluate(watchForCard);
  // Another question each time: the same one would be answered from the history.
  await page.evaluate((title: string) => (document.title = title), `Round ${now()}`);
  if (asleep) await stopBackground(session);
  await aimAtEntry(session, page, '#image');
  const clickedAt = now();
  session.xdotool.send('key Return');
  // Looking on costs time of its own: wait until there is something to see.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  if (floor) await (await page.waitForSelector('descry-card'))?.evaluate(watchForWords);
  else await (await waitForCard(session, page)).root.evaluate(watchForWords);
  const seen = await poll('the first word', async () => {
    const { cardAt, wordAt } = await page.evaluate(() => {
      const { cardAt: card, wordAt: word } = globalThis as PageClock;
      return { cardAt: card, wordAt: word };
    });
    return cardAt !== undefined && wordAt !== undefined && { cardAt, wordAt };
  });
  return {
    request: clock.requestAt - clickedAt,
    card: seen.cardAt - clickedAt,
    word: seen.wordAt - clock.firstWordAt,
  };
}

async function openPage(session: Session, clock: ModelClock): Promise<Page> {
  session.pages.file('/teal.png', plainPng(200, 150), 'image/png');
  session.pages.page('/', '<h1>A page</h1><p><img id="image" src="/teal.png" alt=""></p>');
  const page = await session.browser.newPage();
  await page.goto(`${session.pages.url('/', HOST)}?model=${encodeURIComponent(clock.baseUrl)}`);
  return page;
}

/** Runs the benchmark in Chromium and prints its table. */
async function run(): Promise<void> {
  const clock = await startModelClock();
  const descry = await startSession({ browser: 'chrome' });
  const floor = await startSession({
    browser: 'chrome',
    extensionPath: fileURLToPath(new URL('floor-extension', import.meta.url)),
  });
  await seedConnection(descry, { provider: 'openai', baseUrl: clock.baseUrl, key: 'sk-bench' });
  const pages = { descry: await openPage(descry, clock), floor: await openPage(floor, clock) };
  const rows: string[][] = [];
  for (const state of ['awake', 'asleep'] as const) {
    const times: Record<'descry' | 'floor', Times[]> = { descry: [], floor: [] };
    // Turn by turn, so that whatever else the machine does meets both. The first is for warming up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const asleep = state === 'asleep';
      const ours = await measure(descry, clock, { page: pages.descry, asleep, floor: false });
      const least = await measure(floor, clock, { page: pages.floor, asleep, floor: true });
      if (round === 0) continue;
      times.descry.push(ours);
      times.floor.push(least);
    }
    for (const what of MEASURES) {
      const ours = median(times.descry.map((each) => each[what]));
      const least = median(times.floor.map((each) => each[what]));
      rows.push([
        `${what}, worker ${state}`,
        least.toFixed(1),
        ours.toFixed(1),
        (ours / least).toFixed(2),
        String(PROMISED[state][what]),
      ]);
    }
  }
  console.log(table(['ms, median', 'floor', 'Descry', 'ratio', 'promised'], rows));
  await Promise.all([descry.stop(), floor.stop(), clock.stop()]);
}

await run();
