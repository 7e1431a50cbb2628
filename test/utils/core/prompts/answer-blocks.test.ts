import fc from 'fast-check';
import { Lexer, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../../utils/core/prompts/answer-blocks';

it('takes tables apart, and leaves every other sign as it is', () => {
  const text = `A bar chart of **visitors**.

| Year | Visitors |
| ---- | -------: |
| 2024 | about 10 |
| 2025 | a \\| b<br>c |

* They *rise*. <b>x</b>
`;
  expect(blocksOf(text)).toEqual([
    { type: 'text', text: 'A bar chart of **visitors**.' },
    {
      type: 'table',
      header: ['Year', 'Visitors'],
      rows: [
        ['2024', 'about 10'],
        ['2025', 'a | b\nc'],
      ],
    },
    { type: 'text', text: '* They *rise*. <b>x</b>' },
  ]);
});

it('gives no row more cells than its header has', () => {
  expect(blocksOf('|A|B|\n|-|-|\n|1|\n|1|2|3|')).toEqual([
    { type: 'table', header: ['A', 'B'], rows: [['1'], ['1', '2']] },
  ]);
});

it.each([
  'a | b\nc | d',
  'A fence -- and a gate.\nLeft | right\n---',
  'Name\n:-',
  '|a|b|\n|-|',
  '|\n|',
  '||\n|-|-|\n|\n|',
  '|a|b|\n|-|x|',
  '# a | b\n-|-',
  '    a | b\n-|-',
  '> a | b\n> -|-',
  '```\n|a|b|\n|-|-|\n\n~~~\n```x\n|a|b|\n|-|-|',
])('finds no table in %j', (text) => {
  expect(blocksOf(text)).toEqual([{ type: 'text', text: text.trim() }]);
});

it('finds nothing in nothing', () => {
  expect(blocksOf('')).toEqual([]);
});

it.each(['', 'text', '---', '# h', '- a', '1. a', '> q', '```\nx\n```', '    code'])(
  'ends a table before %j where the parser does',
  (after) => {
    const text = `|a|b|\n|-|-|\n|1|2|\n${after}\n|3|4|\n`;
    expect(tablesIn(text)).toEqual(parsedTablesIn(text));
  },
);

describe('tables have the cells that a Markdown parser finds', () => {
  const pad = fc.constantFrom('', '', ' ', ' ', '  ');
  const delimiter = fc
    .tuple(pad, fc.stringMatching(/^:?-{1,4}:?$/), pad)
    .map((all) => all.join(''));
  const cell = fc
    .array(fc.constantFrom('a', ' ', '\\|', '\\', '\\\\', '`', ':', '**', '<br>', 'é', '😀'))
    .map((all) => all.join(''));
  const edges = fc.constantFrom(['|', '|'], ['', '|'], ['|', ''], ['', '']);
  const row = (part: fc.Arbitrary<string>, count: number) =>
    fc
      .tuple(fc.array(part, { minLength: count, maxLength: count }), edges)
      .map(([cells, [first = '', last = '']]) => `${first}${cells.join('|')}${last}`);
  const table = fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([count, other]) =>
      fc.tuple(row(cell, count), row(delimiter, count), row(cell, count), row(cell, other)),
    );
  const answer = fc
    .tuple(
      fc.constantFrom('', 'Visitors.\n\n', 'Visitors:\n', '```\n', '```\nx\n```\n', '# Visitors\n'),
      table,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('', '\n\nThey rise.', '\n\n| 1 | 2 |'),
    )
    .map(([before, rows, end, after]) => before + rows.join(end) + after);

  it('in made-up answers', () => {
    let tables = 0;
    fc.assert(
      fc.property(answer, (text) => {
        const parsed = parsedTablesIn(text);
        tables += parsed.length;
        expect(tablesIn(text)).toEqual(parsed);
      }),
      { numRuns: 5_000 },
    );
    expect(tables).toBeGreaterThan(1_000);
  });
});

/** Rows as tables show them: with an empty cell for each that was not written. */
function tablesIn(text: string): string[][][] {
  return blocksOf(text).flatMap((block) =>
    block.type === 'table'
      ? [[block.header, ...block.rows].map((row) => block.header.map((_, at) => row[at] ?? ''))]
      : [],
  );
}

function parsedTablesIn(text: string): string[][][] {
  const tables = new Lexer()
    .blockTokens(text.replaceAll(/\r\n?/g, '\n'))
    .filter((token): token is Tokens.Table => token.type === 'table');
  return tables.map(({ header, rows }) =>
    [header, ...rows].map((row) =>
      row.map((cell) => cell.text.replaceAll(/<br\s*\/?>/gi, '\n').trim()),
    ),
  );
}

/** Answers that held a page up for seconds to minutes, or a parser, each as long as is asked. */
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  'a row of empty cells': (length) => `| -  ${'|          '.repeat(length / 11)}| 12 |`,
  'a row of colons': (length) => `-|:${'|:|:'.repeat(length / 4)}x`,
  'a row of spaces': (length) => `| a |\n|-${' '.repeat(length)}x`,
  'a row of dashes': (length) => `a | b\n${'-'.repeat(length)}x`,
  'a row of backticks': (length) => `${'`'.repeat(length)}x\``,
  'a table that is no table': (length) =>
    `${'| a '.repeat(length / 8)}|\n${'|-'.repeat(length / 4)}x`,
  'a wide table of short rows': (length) =>
    `${'|a'.repeat(length / 6)}|\n${'|-'.repeat(length / 6)}|\n${'b\n'.repeat(length / 6)}`,
  'nothing but delimiters': (length) => '|-\n'.repeat(length / 3),
  emphasis: (length) => '_a_'.repeat(length / 3),
};

/** The least of several runs, in milliseconds of this process alone, however busy the machine is. */
function timeFor(work: () => void): number {
  const runs = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    for (let at = 0; at < 3; at += 1) work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return runs.reduce((least, each) => Math.min(least, each));
}

it.each(Object.entries(SHAPES))('takes %s apart in time proportional to its length', (_, shape) => {
  const [short, long] = [shape(10_000), shape(160_000)];
  // Sixteen times as long: sixteen times the time, and 256 times where it went by the square.
  // Below a millisecond a clock says little.
  const least = Math.max(
    1,
    timeFor(() => blocksOf(short)),
  );
  expect(timeFor(() => blocksOf(long)) / least).toBeLessThan(100);
});
