/** The exact prompt that a model would get for a sample image, as the preset is typed. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import { formatLanguage } from '../../../utils/browser/words/format';
import { pageDataPart } from '../../../utils/core/prompts/page-data';
import type { Preset } from '../../../utils/core/prompts/preset';
import { promptFor } from '../../../utils/core/prompts/prompt';
import { PURPOSES, type Purpose } from '../../../utils/core/prompts/purpose';
import { speaksOf } from '../../../utils/core/prompts/template';
import { lengthProblem } from '../preset-problems';
import { withField } from './use-draft';
import { CONTEXT_FIELDS, type PageContext } from '../../../utils/core/prompts/page-context';

export function Preview({ preset }: { preset: Preset }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="preset-more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{i18n.t('presets.preview')}</summary>
      {open && <Sent preset={preset} />}
    </details>
  );
}

function Sent({ preset }: { preset: Preset }) {
  const [purpose, setPurpose] = useState<Purpose>('informative');
  const { text, texts, language } = promptFor(
    lengthProblem(preset) ? withField(preset, 'length', undefined) : preset,
    { context: sampleContext(), purpose, browserLanguage: browser.i18n.getUILanguage() },
  );
  const data = pageDataPart(texts);
  const purposeId = `purpose-${preset.id}`;
  return (
    <div class="prompt-sent">
      <p class="field-help">{i18n.t('presets.previewHelp')}</p>
      {speaksOf(preset.prompt, 'purpose') && (
        <div class="preset-purpose">
          <label for={purposeId}>{i18n.t('presets.previewPurpose')}</label>
          <select
            id={purposeId}
            value={purpose}
            onChange={({ currentTarget }) =>
              setPurpose(PURPOSES.find((each) => each === currentTarget.value) ?? purpose)
            }
          >
            {PURPOSES.map((each) => (
              <option key={each} value={each}>
                {i18n.t(`purpose.kind.${each}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      <dl>
        <dt>{i18n.t('presets.previewText')}</dt>
        <dd class="prompt-quote" dir="auto">
          {text}
        </dd>
        <dt>{i18n.t('presets.previewData')}</dt>
        {data ? (
          <dd class="prompt-quote mono" dir="ltr">
            {data}
          </dd>
        ) : (
          <dd class="field-help">{i18n.t('sent.noTexts')}</dd>
        )}
        <dt>{i18n.t('presets.language')}</dt>
        <dd>{formatLanguage(language)}</dd>
      </dl>
    </div>
  );
}

/**
 * A page with an image, written out, for before there is a real one: in the language of the
 * interface, as if the person were reading that page.
 */
function sampleContext(): PageContext {
  const texts = CONTEXT_FIELDS.map((field) => [field, i18n.t(`presets.sample.${field}`)]);
  return {
    texts: Object.fromEntries(texts) as PageContext['texts'],
    language: i18n.t('format.tag'),
  };
}
