/** The history as CSV: a row for each question and its answer. */
import Papa from 'papaparse';
import type { Job } from '../jobs/job';
import { plainJob, type PlainJob, type PlainTurn } from './plain-job';

export const CSV_COLUMNS = [
  'id',
  'time',
  'site',
  'page',
  'picture',
  'preset',
  'prompt',
  'question',
  'answer',
  'state',
  'model',
  'server',
  'route',
  'tokensIn',
  'tokensOut',
  'cost',
] as const satisfies readonly (keyof PlainTurn | Exclude<keyof PlainJob, 'turns'>)[];
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** The heads of the columns. */
export type CsvWords = Readonly<Record<CsvColumn, string>>;

/** Without it, Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';
const NEWLINE = '\r\n';

export async function* csvRows(
  jobs: AsyncIterable<Job[]>,
  words: CsvWords,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csv([CSV_COLUMNS.map((column) => words[column])]);
  for await (const piece of jobs) yield csv(piece.flatMap(rowsOf));
}

function csv(rows: string[][]): string {
  return rows.length === 0 ? '' : Papa.unparse(rows, { newline: NEWLINE }) + NEWLINE;
}

function rowsOf(job: Job): string[][] {
  const { turns, ...plain } = plainJob(job);
  return turns.map((turn) => {
    const row = { ...plain, ...turn };
    return CSV_COLUMNS.map((column) => harmless(row[column]));
  });
}

/** What a spreadsheet would take for the beginning of a formula, also behind apostrophes of ours. */
const FORMULA = String.raw`(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]))`;
const BEFORE_FORMULA = new RegExp(`(^|;)${FORMULA}`, 'g');
const APOSTROPHE_BEFORE_FORMULA = new RegExp(`(^|;)'${FORMULA}`, 'g');

/**
 * A text that no spreadsheet takes for a formula: what would begin one stands behind an apostrophe,
 * also after a semicolon, which ends a cell where commas are decimal points.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function harmless(text: string): string {
  return text.replaceAll(BEFORE_FORMULA, "$1'");
}

/** The text that `harmless` was given. */
export function asItWas(text: string): string {
  return text.replaceAll(APOSTROPHE_BEFORE_FORMULA, '$1');
}
