import { expect, it } from 'vitest';
import { blocksOf } from '../../../utils/prompts/answer-blocks';

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

it('gives rows the cells of their header, however many were written', () => {
  expect(blocksOf('|A|B|\n|-|-|\n|1|\n|1|2|3|')).toEqual([
    {
      type: 'table',
      header: ['A', 'B'],
      rows: [
        ['1', ''],
        ['1', '2'],
      ],
    },
  ]);
});

it('finds no table where none is', () => {
  expect(blocksOf('a | b\nc | d')).toEqual([{ type: 'text', text: 'a | b\nc | d' }]);
  expect(blocksOf('')).toEqual([]);
});
