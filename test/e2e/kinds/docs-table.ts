/** The table of kinds in the docs: made from what a run of the tests saw. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserName } from '../../../scripts/machine.mjs';

const PAGE = 'docs/PICTURES.md';
const BEGIN = '<!-- table of kinds: made by the end-to-end tests -->';
const END = '<!-- end of the table -->';

/** What one browser did with one kind: "menu, page". */
export type Seen = ReadonlyMap<string, string>;

/** What the docs say of one browser. */
export function documented(browser: BrowserName): Seen {
  return new Map([...readTable()].map(([name, cells]) => [name, cells[browser]]));
}

/** Writes one browser's column, the other one's kept. */
export function document(browser: BrowserName, seen: Seen): void {
  const before = readTable();
  const other: BrowserName = browser === 'chrome' ? 'firefox' : 'chrome';
  const rows = [...seen].map(([name, cell]) => {
    const cells = { [browser]: cell, [other]: before.get(name)?.[other] ?? '' };
    return `| ${name} | ${cells['chrome']} | ${cells['firefox']} |`;
  });
  const table = ['| Picture | Chrome | Firefox |', '| --- | --- | --- |', ...rows].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const [start = '', end = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  writeFileSync(PAGE, `${start}${BEGIN}\n\n${table}\n\n${END}${end}`);
}

function readTable(): Map<string, Record<BrowserName, string>> {
  const block = readFileSync(PAGE, 'utf8').split(BEGIN)[1]?.split(END)[0] ?? '';
  const rows = block
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  return new Map(
    rows.map((line) => {
      const [name = '', chrome = '', firefox = ''] = line
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      return [name, { chrome, firefox }];
    }),
  );
}
