/** The words in exported files, in the person's language. */
import { i18n } from '#i18n';
import type { ExportFormat, ExportWords } from '../../utils/history/export';
import { CSV_COLUMNS, type CsvWords } from '../../utils/history/export-csv';

export function exportWords(): ExportWords {
  const csv = Object.fromEntries(
    CSV_COLUMNS.map((column) => [column, i18n.t(`history.csv.${column}`)]),
  ) as CsvWords;
  return {
    csv,
    markdown: {
      // What both forms have is called the same in both.
      ...csv,
      title: i18n.t('history.markdown.title'),
      prompt: i18n.t('history.markdown.prompt'),
      noAnswer: i18n.t('history.markdown.noAnswer'),
      incomplete: i18n.t('history.markdown.incomplete'),
    },
  };
}

/** "descry-history-2026-11-26.json" */
export function exportName(format: ExportFormat, now: Date): string {
  const ending = format === 'markdown' ? 'md' : format;
  return `${i18n.t('history.file')}-${now.toISOString().slice(0, 10)}.${ending}`;
}
