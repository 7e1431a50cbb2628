/** Writes `docs/PERFORMANCE.md`: the newest run and the one before, and what is kept as text beside. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, totalmem, type } from 'node:os';
import { formatted } from '../../scripts/docs.ts';
import { launchBrowser } from '../../scripts/launch.ts';
import { figureTable, type Figure } from './report.ts';
import { FLOOR_PATH } from './subjects.ts';

const PAGE = 'docs/PERFORMANCE.md';
const TEXT = new URL('performance.md', import.meta.url);
const BEGIN = '<!-- run -->';
const END = '<!-- end of the run -->';

/** Puts a run before the one that was the newest; an older one goes. */
export async function writePerformancePage(figures: readonly Figure[]): Promise<void> {
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const former = before.split(BEGIN)[1]?.split(END)[0]?.trim();
  const runs = [await runOf(figures), ...(former === undefined ? [] : [former])];
  const blocks = runs.map((run) => `${BEGIN}\n\n${run}\n\n${END}`);
  const text = readFileSync(TEXT, 'utf8').replace('<!-- runs -->', blocks.join('\n\n'));
  writeFileSync(PAGE, await formatted(text));
}

async function runOf(figures: readonly Figure[]): Promise<string> {
  const [cpu] = cpus();
  const machine = [
    `${cpus().length} cores (${cpu?.model.trim()})`,
    `${Math.round(totalmem() / 2 ** 30)} GB of memory`,
    `${type()} ${arch()}`,
    await browserVersion(),
    `Node ${process.version.slice(1)}`,
  ].join(', ');
  const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `### ${at} UTC\n\nOn ${machine}.\n\n${figureTable(figures)}`;
}

async function browserVersion(): Promise<string> {
  const options = { browser: 'chrome', extensionPath: FLOOR_PATH, headless: true } as const;
  const { browser, close } = await launchBrowser(options);
  const version = await browser.version();
  await close();
  return version.replace(/^Headless/, '').replace('/', ' ');
}
