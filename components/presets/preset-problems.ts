/** What is wrong with a preset as typed, as a text; the schema decides. */
import * as v from 'valibot';
import { i18n } from '#i18n';
import {
  LENGTH_RANGE,
  MAX_TOKENS_RANGE,
  PRESET_NAME_MAX_LENGTH,
  presetSchema,
  PROMPT_MAX_LENGTH,
  type Preset,
} from '../../utils/core/prompts/preset';
import { unknownNames } from '../../utils/core/prompts/template';

const { entries } = presetSchema;

/** As no type guard: what does not fit is still what was typed. */
function fits(schema: v.GenericSchema, value: unknown): boolean {
  return v.is(schema, value);
}

/** Whether a preset as typed can be stored. */
export function isSound(draft: Preset): boolean {
  return v.is(presetSchema, draft) && unknownNames(draft.prompt).length === 0;
}

export function nameProblem({ name }: Preset): string | undefined {
  if (fits(entries.name, name)) return undefined;
  return name.trim() === ''
    ? i18n.t('presets.nameMissing')
    : i18n.t('presets.nameLong', [PRESET_NAME_MAX_LENGTH]);
}

export function promptProblem({ prompt }: Preset): string | undefined {
  const [unknown] = unknownNames(prompt);
  if (unknown !== undefined) return i18n.t('presets.unknownPlaceholder', [`{${unknown}}`]);
  if (fits(entries.prompt, prompt)) return undefined;
  return prompt.trim() === ''
    ? i18n.t('presets.promptMissing')
    : i18n.t('presets.promptLong', [PROMPT_MAX_LENGTH]);
}

export function limitProblem({ maxTokens }: Preset): string | undefined {
  return fits(entries.maxTokens, maxTokens)
    ? undefined
    : i18n.t('presets.wholeNumber', [...MAX_TOKENS_RANGE]);
}

export function lengthProblem({ length }: Preset): string | undefined {
  return fits(entries.length, length)
    ? undefined
    : i18n.t('presets.wholeNumber', [...LENGTH_RANGE]);
}

export function languageProblem({ language }: Preset): string | undefined {
  return fits(entries.language, language) ? undefined : i18n.t('presets.languageWrong');
}
