/** The history out into a file, and back in from one. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { errorSentences } from '../../utils/browser/words/error-words';
import { FileButton } from '../../components/controls/file-button';
import { formatNumber } from '../../utils/browser/words/format';
import { AlertIcon, ExportIcon, ImportIcon } from '../../components/controls/icons';
import { errorCode } from '../../utils/core/errors';
import { EXPORT_FORMATS, type ExportFormat } from '../../utils/browser/history/export';
import type { ImportResult, Imported } from '../../utils/browser/history/import';
import { plural } from '../../utils/browser/words/plural';

type OnProgress = (count: number) => void;

export interface TransferProps {
  /** Gives the person a file; resolves with how many descriptions are in it. */
  onExport: (format: ExportFormat, onProgress: OnProgress) => Promise<number>;
  onImport: (file: File, onProgress: OnProgress) => Promise<ImportResult>;
}

const EXPORT_WORDS = {
  json: 'history.exportJson',
  csv: 'history.exportCsv',
  markdown: 'history.exportMarkdown',
} as const;

export function Transfer({ onExport, onImport }: TransferProps) {
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  /** One at a time; failures are shown. */
  async function run(work: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setSaid(undefined);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      console.error(error);
      setSaid(undefined);
      const code = errorCode(error);
      setProblem(code === 'unexpected' ? i18n.t('history.failedCall') : errorSentences(code));
    }
    setBusy(false);
  }

  async function write(format: ExportFormat): Promise<void> {
    const count = await onExport(format, (written) =>
      setSaid(i18n.t('history.exporting', [formatNumber(written)])),
    );
    setSaid(plural('history.exported', count));
  }

  async function take(file: File): Promise<void> {
    const result = await onImport(file, (read) =>
      setSaid(i18n.t('history.importing', [formatNumber(read)])),
    );
    setSaid(result.ok ? importedWords(result.imported) : undefined);
    if (!result.ok) setProblem(i18n.t(`history.fault.${result.fault}`));
    else if (result.imported.end === 'cut') setProblem(i18n.t('history.cutOff'));
    else if (result.imported.end === 'broken') setProblem(i18n.t('history.broken'));
  }

  return (
    <div class="transfer">
      <p class="field-help">{i18n.t('history.exportHelp')}</p>
      {EXPORT_FORMATS.map((format) => (
        <Button
          key={format}
          icon={<ExportIcon />}
          aria-disabled={busy}
          onClick={() => void run(() => write(format))}
        >
          {i18n.t(EXPORT_WORDS[format])}
        </Button>
      ))}
      <FileButton
        words={i18n.t('history.import')}
        icon={<ImportIcon />}
        accept=".json,application/json,.csv,text/csv,.md,text/markdown"
        onFile={(file) => void run(() => take(file))}
      />
      <p role="status">{said}</p>
      <div role="alert">
        {problem && (
          <p class="field-problem">
            <AlertIcon />
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

/** The outcome of an import, in a sentence: "312 added, 4 already there." */
function importedWords({ added, present, expired, bad, badPlaces }: Imported): string {
  const places = badPlaces.map((place) => formatNumber(place)).join(', ');
  const named = bad > badPlaces.length ? i18n.t('history.badMore', [places]) : places;
  const parts = [
    plural('history.added', added),
    ...(present > 0 ? [plural('history.present', present)] : []),
    ...(expired > 0 ? [plural('history.expired', expired)] : []),
    ...(bad > 0 ? [plural('history.bad', bad, named)] : []),
  ];
  return `${parts.join(', ')}.`;
}
