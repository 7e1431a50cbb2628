/** Measured figures, each with its aim, as a table for a terminal or a Markdown page. */

/** One row: what was measured of Descry and, in the same run, of a floor. */
export interface Figure {
  what: string;
  unit: string;
  descry: readonly number[];
  floor?: Floor;
  /** What the median, or the ratio to the floor's, should be at most. */
  aim?: { value: number } | { ratio: number };
  /** What else is worth knowing, such as a size. */
  note?: string;
}

export interface Floor {
  name: string;
  values: readonly number[];
}

/** The middle value; of an even number the mean of the two. NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** Bytes in megabytes, to the kilobyte. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(3);
}

/** The figures with the ratio first; in brackets the middle half of what was measured. */
export function figureTable(figures: readonly Figure[]): string {
  const head = ['What', 'Ratio', 'Descry', 'Floor', 'Aim', 'Met', 'Note'];
  return table(head, figures.map(cellsOf));
}

function cellsOf({ what, unit, descry, floor, aim, note = '' }: Figure): string[] {
  const ratio = floor && ratioOf(median(descry), median(floor.values));
  const isRatio = aim !== undefined && 'ratio' in aim;
  const most = aim && ('ratio' in aim ? aim.ratio : aim.value);
  const measured = isRatio ? (ratio ?? Number.NaN) : median(descry);
  return [
    what,
    ratio?.toFixed(2) ?? '',
    `${spread(descry)} ${unit}`.trim(),
    floor ? `${`${spread(floor.values)} ${unit}`.trim()} (${floor.name})` : '',
    most === undefined ? '' : `${most} ${isRatio ? '×' : unit}`.trim(),
    most === undefined ? '' : measured <= most ? 'yes' : 'no',
    note,
  ];
}

function ratioOf(ours: number, least: number): number {
  return ours === least ? 1 : ours / least;
}

function spread(values: readonly number[]): string {
  const middle = digits(median(values));
  if (values.length < 3) return middle;
  return `${middle} [${digits(quantile(values, 0.25))}–${digits(quantile(values, 0.75))}]`;
}

function digits(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 1 : 0);
}

/** A Markdown table with columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
