/** Runs the benchmarks named on the command line, or all. */
import { benchClick } from './click.ts';
import { benchPage } from './page.ts';
import { benchPhoto } from './photo.ts';
import { benchPrepare } from './prepare.ts';
import { figureTable, type Figure } from './report.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  click: benchClick,
  photo: benchPhoto,
  prepare: benchPrepare,
  page: benchPage,
};

const args = process.argv.slice(2);
const unknown = args.filter((arg) => !(arg in BENCHES));
if (unknown.length > 0)
  throw new Error(`Not ${unknown.join(', ')}: ${Object.keys(BENCHES).join(', ')}`);
const figures: Figure[] = [];
for (const name of args.length > 0 ? args : Object.keys(BENCHES)) {
  const start = performance.now();
  figures.push(...((await BENCHES[name]?.()) ?? []));
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
console.log(`\n${figureTable(figures)}\n`);
