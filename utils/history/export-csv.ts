/** The history as CSV: a row for each question and its answer. */
import { csvFormatRow } from 'd3-dsv';
import { turnsOf } from '../jobs/conversation';
import { textOf, type Job, type Turn } from '../jobs/job';
import { siteOfPage } from '../jobs/job-image';

export const CSV_COLUMNS = [
  'id',
  'time',
  'site',
  'page',
  'preset',
  'question',
  'answer',
  'state',
  'model',
  'server',
  'route',
  'tokensIn',
  'tokensOut',
  'cost',
] as const;
type Column = (typeof CSV_COLUMNS)[number];

/** The heads of the columns. */
export type CsvWords = Readonly<Record<Column, string>>;

/** Without it, Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Lines end as RFC 4180 has it. */
const END = '\r\n';

export async function* csvRows(
  jobs: AsyncIterable<Job[]>,
  words: CsvWords,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvFormatRow(CSV_COLUMNS.map((column) => words[column])) + END;
  for await (const piece of jobs) {
    const rows = piece.flatMap((job) => turnsOf(job).map((turn, at) => cellsOf(job, turn, at)));
    yield rows.map((row) => csvFormatRow(row.map(harmless)) + END).join('');
  }
}

function cellsOf(job: Job, { question, state }: Turn, at: number): string[] {
  const sent = 'sent' in state ? state.sent : undefined;
  const usage = state.status === 'done' ? state.usage : undefined;
  const isLast = at === job.earlier.length;
  const row: Record<Column, string> = {
    id: job.id,
    time: new Date(job.createdAt).toISOString(),
    site: siteOfPage(job.image),
    page: job.image.pageUrl,
    preset: job.preset.name,
    question: question ?? '',
    answer: (isLast ? job.edited : undefined) ?? textOf(state),
    state: state.status === 'failed' ? `failed: ${state.failure.code}` : state.status,
    model: state.status === 'done' ? state.model : (sent?.model ?? ''),
    server: sent?.host ?? '',
    route: sent?.route ?? '',
    tokensIn: String(usage?.inputTokens ?? ''),
    tokensOut: String(usage?.outputTokens ?? ''),
    cost: String(usage?.cost ?? ''),
  };
  return CSV_COLUMNS.map((column) => row[column]);
}

/**
 * A text that no spreadsheet takes for a formula: what would begin one stands behind an apostrophe,
 * also after a semicolon, which ends a cell where commas are decimal points.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function harmless(text: string): string {
  return text.replaceAll(/(^|;)(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/g, "$1'");
}
