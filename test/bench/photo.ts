/** A photo of 12 megapixels: from the click to the whole request, and what the page feels of it. */
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { aimAtEntry } from '../e2e/harness/image-menu.ts';
import { poll } from '../e2e/harness/poll.ts';
import type { Session } from '../e2e/harness/session.ts';
import { largePhoto } from './large-images.ts';
import { now, startModelClock, type ClockedRequest, type ModelClock } from './model-clock.ts';
import { megabytes, type Figure } from './report.ts';
import { openImagePage, startDescry, startFloor, type Extension } from './subjects.ts';

const ROUNDS = 5;
const TICK_MS = 5;
const REST_MS = 1_000;

interface Photographed {
  request: number;
  held: number;
  sent: string;
}

/** Real clicks on the photo, whose bytes are read; the worker is awake. */
export async function benchPhoto(): Promise<Figure[]> {
  const clock = await startModelClock();
  const descry = await startDescry(clock);
  const floor = await startFloor();
  const file = await largePhoto();
  const subjects: [Extension, Session, Page][] = [];
  for (const [extension, session] of [
    ['Descry', descry],
    ['floor', floor],
  ] as const) {
    session.pages.file('/photo.jpg', file, 'image/jpeg', { 'cache-control': 'max-age=3600' });
    const body = '<p><img id="image" src="/photo.jpg" width="600" alt=""></p>';
    subjects.push([extension, session, await openImagePage(session, clock, 'bytes', body)]);
  }
  const seen: Record<Extension, Photographed[]> = { Descry: [], floor: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [extension, session, page] of subjects) {
      const result = await photograph(session, page, clock);
      if (round > 0) seen[extension].push(result);
    }
  }
  await Promise.all([descry.stop(), floor.stop(), clock.stop()]);
  const name = 'by bytes, unscaled';
  const row = (measure: 'request' | 'held') => ({
    unit: 'ms',
    descry: seen.Descry.map((each) => each[measure]),
    floor: { name, values: seen.floor.map((each) => each[measure]) },
    note: `${seen.Descry[0]?.sent}; floor ${seen.floor[0]?.sent}`,
  });
  return [
    { what: '12-megapixel photo, click to whole request', ...row('request'), aim: { value: 300 } },
    { what: "The page's main thread held meanwhile", ...row('held'), aim: { value: 50 } },
  ];
}

async function photograph(session: Session, page: Page, clock: ModelClock): Promise<Photographed> {
  await page.bringToFront();
  await page.reload();
  await page.evaluate(async (title: string) => {
    document.title = title;
    await document.querySelector('img')?.decode();
  }, `Round ${now()}`);
  await aimAtEntry(session, page, '#image');
  await page.evaluate(tick, TICK_MS);
  const before = clock.requests.length;
  const clickedAt = now();
  session.xdotool.send('key Return');
  const request = await poll('the whole request', () => {
    const newest = clock.requests[before];
    return newest && newest.wholeAt > 0 && newest;
  });
  const held = await page.evaluate(longestHold, clickedAt, request.wholeAt);
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  return { request: request.wholeAt - clickedAt, held, sent: await sizeOf(request) };
}

interface Ticks {
  ticks: number[];
  tasks: PerformanceEntry[];
}

/** Runs in the page: notes the time every few milliseconds, and each long task. */
function tick(everyMs: number): void {
  const noted: Ticks = { ticks: [], tasks: [] };
  Object.assign(globalThis, { noted });
  setInterval(() => noted.ticks.push(performance.timeOrigin + performance.now()), everyMs);
  new PerformanceObserver((list) => noted.tasks.push(...list.getEntries())).observe({
    type: 'longtask',
  });
}

/** Runs in the page: the longest gap between two ticks, or task, in a stretch of time. */
function longestHold(from: number, to: number): number {
  const { ticks, tasks } = (globalThis as unknown as { noted: Ticks }).noted;
  const gaps = ticks.slice(1).map((at, i) => ({ start: ticks[i] ?? at, end: at }));
  const long = tasks.map(({ startTime, duration }) => {
    const start = performance.timeOrigin + startTime;
    return { start, end: start + duration };
  });
  const within = [...gaps, ...long].filter(({ start, end }) => end > from && start < to);
  return Math.max(...within.map(({ start, end }) => end - start));
}

async function sizeOf({ body }: ClockedRequest): Promise<string> {
  const [, base64 = ''] = /"data:image\/\w+;base64,([^"]+)"/.exec(body) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const { width, height, format } = await sharp(bytes).metadata();
  return `${width} × ${height} ${format.toUpperCase()}, ${megabytes(bytes.length)} MB`;
}
