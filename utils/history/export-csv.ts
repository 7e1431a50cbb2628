/** The history as CSV: a row for each question and its answer. */
import { json2csv } from 'csv42';
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

export async function* csvRows(
  jobs: AsyncIterable<Job[]>,
  words: CsvWords,
): AsyncGenerator<string> {
  const fields = CSV_COLUMNS.map((column) => ({
    name: words[column],
    // What is not there is an empty cell; an empty text would be one in quotation marks.
    getValue: (row: Row) => (row[column] === '' ? undefined : harmless(row[column])),
  }));
  const csv = (rows: Row[], header: boolean) => json2csv(rows, { fields, header, eol: '\r\n' });
  yield BYTE_ORDER_MARK + csv([], true);
  for await (const piece of jobs) {
    yield csv(
      piece.flatMap((job) => turnsOf(job).map((turn, at) => rowOf(job, turn, at))),
      false,
    );
  }
}

type Row = Record<Column, string>;

function rowOf(job: Job, { question, state }: Turn, at: number): Row {
  const sent = 'sent' in state ? state.sent : undefined;
  const usage = state.status === 'done' ? state.usage : undefined;
  const isLast = at === job.earlier.length;
  return {
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
}

/**
 * A text that no spreadsheet takes for a formula: what would begin one stands behind an apostrophe,
 * also after a semicolon, which ends a cell where commas are decimal points.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function harmless(text: string): string {
  return text.replaceAll(/(^|;)(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/g, "$1'");
}
