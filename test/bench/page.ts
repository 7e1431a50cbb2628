/** What Descry puts into pages before any click: nothing; seen beside a browser without extensions. */
import type { Browser } from 'puppeteer-core';
import { startPageServer } from '../e2e/harness/page-server.ts';
import { startModelClock } from './model-clock.ts';
import type { Figure } from './report.ts';
import { startDescry, startFloor } from './subjects.ts';

const ROUNDS = 15;
const BODY = Array.from(
  { length: 2_000 },
  (_, at) => `<p>Paragraph ${at} <a href="#${at}">with a link</a>.</p>`,
).join('');

interface Loaded {
  load: number;
  nodes: number;
  listeners: number;
  heap: number;
  /** Scripts of extensions that were parsed for the page, in whichever world. */
  scripts: number;
}

/** Loads a page of 2,000 paragraphs in both browsers, turn by turn. */
export async function benchPage(): Promise<Figure[]> {
  const clock = await startModelClock();
  const descry = await startDescry(clock);
  const plain = await startFloor();
  await plain.browser.uninstallExtension(plain.extensionId);
  const pages = await startPageServer();
  const url = pages.page('/', BODY);
  const seen: Record<'descry' | 'plain', Loaded[]> = { descry: [], plain: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const ours = await load(descry.browser, url);
    const none = await load(plain.browser, url);
    if (round === 0) continue;
    seen.descry.push(ours);
    seen.plain.push(none);
  }
  await Promise.all([descry.stop(), plain.stop(), pages.stop(), clock.stop()]);
  const figure = (what: string, unit: string, measure: keyof Loaded, ratio: number): Figure => ({
    what: `Untouched page: ${what}`,
    unit,
    descry: seen.descry.map((each) => each[measure]),
    floor: { name: 'no extension', values: seen.plain.map((each) => each[measure]) },
    aim: { ratio },
  });
  const { floor: _, ...scripts } = figure('scripts of extensions', '', 'scripts', 1);
  return [
    figure('load', 'ms', 'load', 1.05),
    figure('DOM nodes', '', 'nodes', 1),
    figure('event listeners', '', 'listeners', 1),
    figure('JavaScript heap', 'MB', 'heap', 1.01),
    { ...scripts, aim: { value: 0 } },
  ];
}

async function load(browser: Browser, url: string): Promise<Loaded> {
  const page = await browser.newPage();
  await page.bringToFront();
  const devtools = await page.createCDPSession();
  let scripts = 0;
  devtools.on('Debugger.scriptParsed', (script) => {
    if (script.url.startsWith('chrome-extension:')) scripts += 1;
  });
  await page.goto(url, { waitUntil: 'load' });
  const ms = await page.evaluate(loadTime);
  await devtools.send('HeapProfiler.collectGarbage');
  const { Nodes = 0, JSEventListeners = 0, JSHeapUsedSize = 0 } = await page.metrics();
  // It tells of all that was parsed before, too; not while the loading is timed.
  await devtools.send('Debugger.enable');
  await page.close();
  return {
    load: ms,
    nodes: Nodes,
    listeners: JSEventListeners,
    heap: JSHeapUsedSize / 1e6,
    scripts,
  };
}

async function loadTime(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.loadEventEnd ?? Number.NaN;
}
