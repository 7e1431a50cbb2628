/** Presets out of a file and into one. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { AlertIcon, ExportIcon, ImportIcon } from '../controls/icons';
import type { PresetList } from '../../utils/core/prompts/preset';
import {
  parsePresetFile,
  PRESET_FILE_MAX_LENGTH,
  writePresetFile,
  type PresetFile,
} from '../../utils/core/prompts/preset-file';
import { FileButton } from '../controls/file-button';
import { fileProblemWords } from './preset-file-words';
import { saveFile } from '../controls/save-file';

interface PresetTransferProps {
  list: PresetList;
  /** Takes what was in a file; whether the list could. */
  onImport: (file: PresetFile) => boolean;
  /** Called instead, where the browser would close this page as it opens its dialog. */
  onElsewhere: (() => void) | undefined;
}

export function PresetTransfer({ list, onImport, onElsewhere }: PresetTransferProps) {
  const [problem, setProblem] = useState<string>();

  async function take(file: File): Promise<void> {
    // Read whole only where it can be one: a character takes at most 3 bytes.
    const text = file.size > 3 * PRESET_FILE_MAX_LENGTH ? undefined : await readText(file);
    const result = text === undefined ? undefined : parsePresetFile(text);
    if (!result) setProblem(i18n.t('presets.fileProblem.tooLarge'));
    else if (!result.ok) setProblem(fileProblemWords(result.problem));
    else if (!onImport(result.file)) setProblem(i18n.t('presets.fileProblem.doesNotFit'));
  }

  return (
    <>
      <div class="presets-transfer">
        <FileButton
          words={i18n.t('presets.import')}
          icon={<ImportIcon />}
          look="quiet"
          accept=".json,application/json"
          onFile={(file) => {
            setProblem(undefined);
            void take(file);
          }}
          onElsewhere={onElsewhere}
        />
        <Button
          look="quiet"
          icon={<ExportIcon />}
          onClick={() =>
            saveFile(
              'descry-prompts.json',
              new Blob([writePresetFile(list)], { type: 'application/json' }),
            )
          }
        >
          {i18n.t('presets.export')}
        </Button>
      </div>
      <div role="alert">
        {problem && (
          <div class="presets-problem">
            <AlertIcon />
            <div>
              <p>{i18n.t('presets.importFailed')}</p>
              <p>{problem}</p>
            </div>
          </div>
        )}
      </div>
    </>
  );
}

/** A file that cannot be read any more holds nothing that could be one. */
async function readText(file: File): Promise<string> {
  try {
    return await file.text();
  } catch (error) {
    console.error(error);
    return '';
  }
}
