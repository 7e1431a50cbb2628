/** What is wrong with a preset as typed, in words; the schema decides. */
import * as v from 'valibot';
import { i18n } from '#i18n';
import {
  PRESET_NAME_MAX_LENGTH,
  presetSchema,
  PROMPT_MAX_LENGTH,
} from '../../utils/prompts/preset';

export function nameProblem(name: string): string | undefined {
  if (v.safeParse(presetSchema.entries.name, name).success) return undefined;
  return name.trim() === ''
    ? i18n.t('prompts.nameMissing')
    : i18n.t('prompts.nameLong', [PRESET_NAME_MAX_LENGTH]);
}

export function promptProblem(prompt: string): string | undefined {
  if (v.safeParse(presetSchema.entries.prompt, prompt).success) return undefined;
  return prompt.trim() === ''
    ? i18n.t('prompts.promptMissing')
    : i18n.t('prompts.promptLong', [PROMPT_MAX_LENGTH]);
}
