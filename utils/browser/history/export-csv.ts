/** The history as CSV: a row for each answer. */
import Papa from 'papaparse';
import type { Job } from '../../core/jobs/job';
import { plainJob, type PlainAnswer, type PlainJob } from './plain-job';

export const CSV_COLUMNS = [
  'id',
  'time',
  'site',
  'page',
  'image',
  'preset',
  'prompt',
  'turn',
  'question',
  'answer',
  'state',
  'model',
  'server',
  'route',
  'tokensIn',
  'tokensOut',
  'cost',
] as const satisfies readonly (
  'turn' | 'question' | keyof PlainAnswer | Exclude<keyof PlainJob, 'turns'>
)[];
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/**
 * The names of the columns, the same in every language, so that any Descry reads any file. The first
 * is written; the others are of files that earlier versions wrote, in English or German.
 */
export const CSV_NAMES: Readonly<Record<CsvColumn, readonly [string, ...string[]]>> = {
  id: ['id', 'ID'],
  time: ['time', 'Time', 'Zeit'],
  site: ['site', 'Site', 'Website'],
  page: ['page', 'Page', 'Seite'],
  image: ['image', 'Picture', 'Bild'],
  preset: ['preset', 'Prompt'],
  prompt: ['prompt', 'Text of the prompt', 'Text des Prompts'],
  /** The number of the question; more rows with the same one are second opinions. */
  turn: ['turn'],
  question: ['question', 'Question', 'Frage'],
  answer: ['answer', 'Answer', 'Antwort'],
  state: ['state', 'State', 'Zustand'],
  model: ['model', 'Model', 'Modell'],
  server: ['server', 'Server'],
  route: ['route', 'Sent as', 'Gesendet als'],
  tokensIn: ['input_tokens', 'Tokens in', 'Token hin'],
  tokensOut: ['output_tokens', 'Tokens out', 'Token zurück'],
  cost: ['cost_usd', 'Cost in US dollars', 'Kosten in US-Dollar'],
};

/** Without it, Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';
const NEWLINE = '\r\n';

export async function* csvRows(jobs: AsyncIterable<Job[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csv([CSV_COLUMNS.map((column) => CSV_NAMES[column][0])]);
  for await (const piece of jobs) yield csv(piece.flatMap(rowsOf));
}

function csv(rows: string[][]): string {
  return rows.length === 0 ? '' : Papa.unparse(rows, { newline: NEWLINE }) + NEWLINE;
}

function rowsOf(job: Job): string[][] {
  const { turns, ...plain } = plainJob(job);
  return turns.flatMap(({ question, answers }, at) =>
    answers.map((answer) => {
      const row = { ...plain, turn: String(at + 1), question, ...answer };
      return CSV_COLUMNS.map((column) => harmless(row[column]));
    }),
  );
}

/** What a spreadsheet would take for the beginning of a formula, also behind apostrophes of ours. */
const BEFORE_FORMULA = /(^|;)(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]))/g;
const APOSTROPHE_BEFORE_FORMULA = /(^|;)'(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]))/g;

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
