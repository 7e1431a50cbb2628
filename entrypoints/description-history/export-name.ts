/** What an exported file is called. */
import { i18n } from '#i18n';
import type { ExportFormat } from '../../utils/browser/history/export';

/** "descry-history-2026-11-26.json" */
export function exportName(format: ExportFormat, now: Date): string {
  const ending = format === 'markdown' ? 'md' : format;
  return `${i18n.t('history.file')}-${now.toISOString().slice(0, 10)}.${ending}`;
}
