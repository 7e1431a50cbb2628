/** An answer in blocks: tables apart, to be shown as tables; everything else as it was written. */

export type AnswerBlock = { type: 'text'; text: string } | TableBlock;

interface TableBlock {
  type: 'table';
  header: string[];
  /** None has more cells than the header; a row that was written short has fewer. */
  rows: string[][];
}

/**
 * The blocks of an answer, in time proportional to its length: each line is read once. Markdown's
 * other marks stay as they are: text is shown as the model wrote it, and never as HTML.
 *
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function blocksOf(answer: string): AnswerBlock[] {
  const lines = answer.split(/\r\n|\r|\n/);
  const blocks: AnswerBlock[] = [];
  let textLines: string[] = [];
  const endText = () => {
    const text = textLines.join('\n').trim();
    if (text !== '') blocks.push({ type: 'text', text });
    textLines = [];
  };
  let fence = '';
  for (let at = 0; at < lines.length;) {
    const table = fence === '' ? tableAt(lines, at) : undefined;
    if (table) {
      endText();
      blocks.push(table);
      at += 2 + table.rows.length;
    } else {
      const line = lines[at] ?? '';
      textLines.push(line);
      fence = fenceAfter(line, fence);
      at += 1;
    }
  }
  endText();
  return blocks;
}

function tableAt(lines: readonly string[], at: number): TableBlock | undefined {
  const [head, delimiters = ''] = lines.slice(at, at + 2);
  if (!isRow(head) || !delimiters.includes('|')) return undefined;
  const columns = cellsOf(delimiters);
  // Bars alone are no row of anything.
  if (columns.length === 0) return undefined;
  if (!columns.every((column) => /^:?-+:?$/.test(column))) return undefined;
  const header = cellsOf(head);
  if (header.length !== columns.length) return undefined;
  const rows: string[][] = [];
  for (let next = at + 2, row = lines[next]; isRow(row); next += 1, row = lines[next]) {
    rows.push(cellsOf(row).slice(0, header.length));
  }
  return { type: 'table', header, rows };
}

/** Whether a line can be part of a table: it is not empty, and does not begin a block of its own. */
function isRow(line: string | undefined): line is string {
  return line !== undefined && line.trim() !== '' && !BLOCK_START.test(line) && !fenceIn(line);
}

/** Of indented code, a heading, a quotation, a list item or a rule. */
const BLOCK_START =
  /^(?: {4}| {0,3}(?:\t|#{1,6}(?:\s|$)|>|(?:[*+-]|\d{1,9}[.)])(?:\s|$)|(?:---|\*\*\*|___)[-*_ \t]*$))/;

/** What a line opens or closes a block of code with; empty where it does neither. */
function fenceIn(line: string): string {
  return /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? '';
}

/** The fence of the block of code that is still open after a line; empty where none is. */
function fenceAfter(line: string, open: string): string {
  const found = fenceIn(line);
  if (open === '') return found;
  return found.startsWith(open) && line.trim() === found ? '' : open;
}

function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isEscaped = false;
  for (const sign of row) {
    if (sign === '|' && !isEscaped) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
    isEscaped = sign === '\\' && !isEscaped;
  }
  cells.push(cell);
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map(wordsOf);
}

/** Models break lines in cells with the one HTML tag that tables allow. */
function wordsOf(cell: string): string {
  return cell
    .replaceAll('\\|', '|')
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .trim();
}
