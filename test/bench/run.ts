/** Runs the benchmarks named on the command line, or all; `--write` puts the run into the docs. */
import { benchClick } from './click.ts';
import { benchCrowd } from './crowd.ts';
import { benchMemory } from './memory.ts';
import { benchPage } from './page.ts';
import { benchPhoto } from './photo.ts';
import { benchPopup } from './popup.ts';
import { benchPrepare } from './prepare.ts';
import { writePerformancePage } from './performance-page.ts';
import { figureTable, type Figure } from './report.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  click: benchClick,
  photo: benchPhoto,
  prepare: benchPrepare,
  page: benchPage,
  popup: benchPopup,
  crowd: benchCrowd,
  memory: benchMemory,
};

const args = process.argv.slice(2);
const writes = args.includes('--write');
const named = args.filter((arg) => arg !== '--write');
const unknown = named.filter((arg) => !(arg in BENCHES));
if (unknown.length > 0)
  throw new Error(`Not ${unknown.join(', ')}: ${Object.keys(BENCHES).join(', ')}`);
const figures: Figure[] = [];
for (const name of named.length > 0 ? named : Object.keys(BENCHES)) {
  const start = performance.now();
  const measured = (await BENCHES[name]?.()) ?? [];
  figures.push(...measured);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`\n${name}, ${seconds} s\n\n${figureTable(measured)}`);
}
console.log(`\nAll\n\n${figureTable(figures)}\n`);
if (writes) await writePerformancePage(figures);
