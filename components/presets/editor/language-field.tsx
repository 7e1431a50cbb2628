/** The language of the answers: the browser's, the page's, or a fixed one. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Field } from '../../controls/field';
import type { Preset } from '../../../utils/core/prompts/preset';
import { languageProblem } from '../preset-problems';
import { Choice } from './choice';

/** What most people would choose; any other may be typed. */
const COMMON = (
  'ar bn cs da de el en es fa fi fr he hi hu id it ja ko nb nl pl pt pt-BR ro ru sv th tr uk vi ' +
  'zh-Hans zh-Hant'
).split(' ');

interface LanguageFieldProps {
  id: string;
  preset: Preset;
  onLanguage: (language: string | undefined) => void;
}

export function LanguageField({ id, preset, onLanguage }: LanguageFieldProps) {
  const { language } = preset;
  const listed = language === undefined || language === 'page' || COMMON.includes(language);
  const [other, setOther] = useState(!listed);
  const problem = language ? languageProblem(preset) : undefined;

  function choose(value: string | undefined): void {
    setOther(value === 'other');
    // An empty one is not stored: the choice stays as it was until something is typed.
    onLanguage(value === 'other' ? '' : value);
  }

  return (
    <>
      <Choice
        id={id}
        words={i18n.t('presets.language')}
        none={i18n.t('presets.languageBrowser')}
        options={[
          { value: 'page', words: i18n.t('presets.languagePage') },
          ...namedLanguages(),
          { value: 'other', words: i18n.t('presets.languageOther') },
        ]}
        value={other ? 'other' : language}
        onChoose={choose}
      />
      {other && (
        <Field
          id={`${id}-tag`}
          words={i18n.t('presets.languageTag')}
          help={i18n.t('presets.languageTagHelp')}
          problem={problem}
        >
          {(attributes) => (
            <input
              {...attributes}
              autocomplete="off"
              spellcheck={false}
              value={language ?? ''}
              onInput={({ currentTarget }) => onLanguage(currentTarget.value.trim())}
            />
          )}
        </Field>
      )}
    </>
  );
}

function namedLanguages(): { value: string; words: string }[] {
  const tag = i18n.t('format.tag');
  const names = new Intl.DisplayNames([tag], { type: 'language' });
  return COMMON.map((value) => ({ value, words: names.of(value) ?? value })).toSorted((a, b) =>
    a.words.localeCompare(b.words, tag),
  );
}
