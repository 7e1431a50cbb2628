/** Tables in the docs with a row for each thing tried and a column for each browser: made from what
 * a run of the tests saw, and compared with it. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserName } from '../../../scripts/machine.mjs';

/** What one browser did with each thing, by its name. */
export type Seen = ReadonlyMap<string, string>;

export interface DocsTable {
  /** What the docs say of one browser. */
  documented(browser: BrowserName): Seen;
  /** Writes one browser's column, the other one's kept. */
  document(browser: BrowserName, seen: Seen): void;
}

/**
 * The table between two comments: `<!-- table: NAME, made by the end-to-end tests -->` and
 * `<!-- end of the table: NAME -->`.
 */
export function docsTable(page: string, name: string, heading: string): DocsTable {
  const begin = `<!-- table: ${name}, made by the end-to-end tests -->`;
  const end = `<!-- end of the table: ${name} -->`;

  function rows(): Map<string, Record<BrowserName, string>> {
    const block = readFileSync(page, 'utf8').split(begin)[1]?.split(end)[0];
    if (block === undefined) throw new Error(`${page} has no table "${name}"`);
    const lines = block.split('\n').filter((line) => line.startsWith('|'));
    return new Map(
      lines.slice(2).map((line) => {
        const [first = '', chrome = '', firefox = ''] = line
          .split('|')
          .slice(1)
          .map((cell) => cell.trim());
        return [first, { chrome, firefox }];
      }),
    );
  }

  return {
    documented: (browser) => new Map([...rows()].map(([row, cells]) => [row, cells[browser]])),
    document(browser, seen) {
      const before = rows();
      const other: BrowserName = browser === 'chrome' ? 'firefox' : 'chrome';
      const lines = [...seen].map(([row, cell]) => {
        const cells = { [browser]: cell, [other]: before.get(row)?.[other] ?? '' };
        return `| ${row} | ${cells['chrome']} | ${cells['firefox']} |`;
      });
      const table = [`| ${heading} | Chrome | Firefox |`, '| --- | --- | --- |', ...lines];
      const text = readFileSync(page, 'utf8');
      const [head = '', tail = ''] = [text.split(begin)[0], text.split(end)[1]];
      writeFileSync(page, `${head}${begin}\n\n${table.join('\n')}\n\n${end}${tail}`);
    },
  };
}
