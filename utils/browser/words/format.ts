/** Formats numbers, sizes and times in the language of the message file in use. */
import { i18n } from '#i18n';

/** The language of Descry's messages: not the browser's, if Descry is not translated into it. */
function tag(): string {
  return i18n.t('format.tag');
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(tag(), options).format(value);
}

/** Milliseconds as seconds with one digit: "3.2 s". */
export function formatSeconds(milliseconds: number): string {
  return i18n.t('format.seconds', [
    formatNumber(milliseconds / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  ]);
}

/** Bytes in the unit a person would use: "43 kB". */
export function formatBytes(bytes: number): string {
  const [value, unit] =
    bytes < 1_000_000 ? [Math.ceil(bytes / 1000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return formatNumber(value, { style: 'unit', unit, maximumFractionDigits: 1 });
}

/** A language by its name in ours; the tag itself where it has none, or is none yet. */
export function formatLanguage(language: string): string {
  try {
    return new Intl.DisplayNames([tag()], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** How long ago a moment was: "5 min. ago". */
export function formatAgo(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return i18n.t('format.justNow');
  const relative = new Intl.RelativeTimeFormat(tag(), { numeric: 'auto', style: 'short' });
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), 'hour');
  return relative.format(-Math.floor(minutes / (24 * 60)), 'day');
}

/** US dollars with the two digits that matter, however small: "$0.00024", "$2.50". */
export function formatDollars(dollars: number): string {
  const digits =
    dollars >= 0.1
      ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
      : { maximumSignificantDigits: 2 };
  return formatNumber(dollars, { style: 'currency', currency: 'USD', ...digits });
}

/** What a model costs: "$0.10 in, $0.50 out per million tokens". */
export function formatPrice({ input, output }: { input: number; output: number }): string {
  if (input === 0 && output === 0) return i18n.t('connect.modelFree');
  return i18n.t('connect.modelPrice', [formatDollars(input), formatDollars(output)]);
}

/** A month, given as `2026-11`: "November 2026". */
export function formatMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const format = new Intl.DateTimeFormat(tag(), { month: 'long', year: 'numeric' });
  return format.format(new Date(year, number - 1, 1));
}

/** A day, given as `2027-01-14`: "January 14, 2027". */
export function formatDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const format = new Intl.DateTimeFormat(tag(), { dateStyle: 'long' });
  return format.format(new Date(year, month - 1, date));
}

/** A moment, given in milliseconds since 1970: "Nov 3, 2026, 2:05 PM". */
export function formatTime(time: number): string {
  const format = new Intl.DateTimeFormat(tag(), { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(time);
}
