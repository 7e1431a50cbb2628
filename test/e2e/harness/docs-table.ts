/** A table in the docs with a column for each browser: made from what a run of the tests saw. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserName } from '../../../scripts/machine.mjs';

/** What one browser did with each row: "menu, page". */
export type Seen = ReadonlyMap<string, string>;

export interface DocsTable {
  page: string;
  /** What stands over the first column. */
  title: string;
  /** The comment that the table begins after. */
  begin: string;
}

const END = '<!-- end of the table -->';

/**
 * What the docs say of one browser, to be compared with what it did; written anew from that before,
 * where `DESCRY_WRITE_DOCS` asks for it.
 */
export function documented(table: DocsTable, browser: BrowserName, seen: Seen): Seen {
  if (process.env['DESCRY_WRITE_DOCS']) write(table, browser, seen);
  return new Map([...readTable(table)].map(([name, cells]) => [name, cells[browser]]));
}

/** Writes one browser's column, the other one's kept. */
function write(table: DocsTable, browser: BrowserName, seen: Seen): void {
  const before = readTable(table);
  const other: BrowserName = browser === 'chrome' ? 'firefox' : 'chrome';
  const rows = [...seen].map(([name, cell]) => {
    const cells = { [browser]: cell, [other]: before.get(name)?.[other] ?? '' };
    return `| ${name} | ${cells['chrome']} | ${cells['firefox']} |`;
  });
  const head = [`| ${table.title} | Chrome | Firefox |`, '| --- | --- | --- |'];
  const page = readFileSync(table.page, 'utf8');
  const [start = '', rest = ''] = page.split(table.begin);
  const end = rest.split(END)[1] ?? '';
  writeFileSync(
    table.page,
    `${start}${table.begin}\n\n${[...head, ...rows].join('\n')}\n\n${END}${end}`,
  );
}

function readTable({ page, begin }: DocsTable): Map<string, Record<BrowserName, string>> {
  const block = readFileSync(page, 'utf8').split(begin)[1]?.split(END)[0] ?? '';
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
