/** The descriptions in a CSV of ours, one after the other, however large it is. */
import Papa from 'papaparse';
import { asItWas, CSV_COLUMNS, CSV_NAMES, type CsvColumn } from './export-csv';
import { MAX_SIZE, textOf, type FileRead } from './file-read';
import { jobOfPlain, type PlainJob, type PlainTurn } from './plain-job';

/** What is between cells: spreadsheets write what is the custom where they are. */
const DELIMITERS = [',', ';', '\t'];
/** Without these it is no description; the others may have been deleted in a spreadsheet. */
const NEEDED: readonly CsvColumn[] = [
  'id',
  'time',
  'preset',
  'prompt',
  'answer',
  'state',
  'model',
  'server',
  'route',
];

type Row = Record<CsvColumn, string>;

interface Table {
  /** What each cell of a row is; a column that is not ours is nothing. */
  columns: (CsvColumn | undefined)[];
  parser: Papa.Parser;
}

/** The values as they come, unread. Never throws for what is in the file. */
export async function* readCsv(file: Blob): AsyncGenerator<unknown[], FileRead> {
  let table: Table | undefined;
  let rest = '';
  let job: PlainJob | undefined;
  /** The number of the turn that the last row belongs to; empty in files of earlier versions. */
  let turn = '';
  let isBroken = false;

  /** The descriptions that are whole now: one ends where another begins. */
  function add(rows: readonly Row[]): unknown[] {
    const whole: unknown[] = [];
    for (const row of rows) {
      const begun: PlainTurn = { question: row.question, answers: [row] };
      if (job && row.id === job.id && row.id !== '') {
        const last = job.turns.at(-1);
        if (last && row.turn !== '' && row.turn === turn) last.answers.push(row);
        else job.turns.push(begun);
      } else {
        if (job) whole.push(jobOfPlain(job));
        job = { ...row, turns: [begun] };
      }
      turn = row.turn;
    }
    return whole;
  }

  try {
    for await (const text of textOf(file)) {
      rest += text;
      if (!table) {
        const end = rest.indexOf('\n');
        if (end < 0 && rest.length < MAX_SIZE) continue;
        table = tableOf(rest.slice(0, end + 1));
        if (!table) return { ok: false, fault: 'otherKind' };
        rest = rest.slice(end + 1);
      }
      const { rows, length } = rowsIn(rest, table, true);
      rest = rest.slice(length);
      yield add(rows);
      isBroken = rest.length > MAX_SIZE;
      if (isBroken) break;
    }
  } catch {
    // It is no UTF-8: a spreadsheet may write anything.
    isBroken = true;
  }
  if (!table) return { ok: false, fault: 'otherKind' };
  let isCut = false;
  if (!isBroken && rest !== '') {
    const last = rowsIn(rest, table, false);
    isCut = last.isCut;
    if (!isCut) yield add(last.rows);
  }
  if (job) yield [jobOfPlain(job)];
  return { ok: true, end: isBroken ? 'broken' : isCut ? 'cut' : 'whole' };
}

/** How the file is to be read, by its first line; `undefined` where that is not one of ours. */
function tableOf(line: string): Table | undefined {
  const newline = line.endsWith('\r\n') ? '\r\n' : '\n';
  for (const delimiter of DELIMITERS) {
    const parser = new Papa.Parser({ delimiter, newline });
    const heads = cellsIn(line.slice(0, -newline.length), parser, false).data[0] ?? [];
    const columns = heads.map((head) =>
      CSV_COLUMNS.find((column) => CSV_NAMES[column].includes(head)),
    );
    if (NEEDED.every((column) => columns.includes(column))) return { columns, parser };
  }
  return undefined;
}

/** The rows in a text, and how much of it they are; the last may be left for what comes after. */
function rowsIn(text: string, { columns, parser }: Table, leaveLast: boolean) {
  const { data, errors, meta } = cellsIn(text, parser, leaveLast);
  const rows = data.filter((cells) => cells.some((cell) => cell !== ''));
  const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
  return {
    rows: rows.map((cells) => rowOf(cells, columns)),
    length: meta.cursor,
    isCut: isOpen || (rows.at(-1)?.length ?? columns.length) < columns.length,
  };
}

function cellsIn(text: string, parser: Papa.Parser, leaveLast: boolean) {
  return parser.parse(text, 0, leaveLast) as Papa.ParseResult<string[]>;
}

function rowOf(cells: readonly string[], columns: Table['columns']): Row {
  const row = Object.fromEntries(CSV_COLUMNS.map((column) => [column, ''])) as Row;
  columns.forEach((column, at) => {
    if (column) row[column] = asItWas(cells[at] ?? '');
  });
  return row;
}
