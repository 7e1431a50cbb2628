/** The exact prompt of a preset for an image: its template filled in, and its language. */
import { languageName } from './instructions';
import { pickTexts } from './page-data';
import type { ContextTexts, PageContext } from './page-context';
import type { Preset } from './preset';
import type { Purpose } from './purpose';
import { purposeInstruction } from './purpose-instructions';
import { fillTemplate, speaksOf } from './template';

export interface Situation {
  /** What the page says, where it was asked. */
  context?: PageContext | undefined;
  /** What the person says the image is for; it outranks what the page suggests. */
  purpose?: Purpose | undefined;
  /** The language of the person's browser, as a BCP 47 tag. */
  browserLanguage: string;
}

export interface Prompt {
  text: string;
  /** The page context that is sent. */
  texts: ContextTexts;
  /** The language of the answer, as a BCP 47 tag. */
  language: string;
}

/** What a preset without a target says for `{max_characters}`: the usual advice for alt text. */
const USUAL_LENGTH = 125;

/** What is asked with a preset in a situation. */
export function promptFor(
  preset: Preset,
  { context, purpose, browserLanguage }: Situation,
): Prompt {
  const texts = pickTexts(context?.texts ?? {}, preset.context);
  const language = languageFor(preset, context, browserLanguage);
  const text = fillTemplate(preset.prompt, {
    purpose: purposeInstruction(purpose ?? context?.purpose?.kind),
    language: languageName(language),
    max_characters: String(preset.length ?? USUAL_LENGTH),
    sent: Object.keys(texts) as (keyof ContextTexts)[],
  });
  const target =
    preset.length === undefined || speaksOf(preset.prompt, 'max_characters')
      ? ''
      : ` Aim for about ${preset.length} characters.`;
  return { text: text + target, texts, language };
}

/** Whether a preset needs to know anything of the page before it can be asked. */
export function needsPage({ prompt, context, language }: Preset): boolean {
  return (context?.length ?? 0) > 0 || language === 'page' || speaksOf(prompt, 'purpose');
}

function languageFor(
  { language }: Preset,
  context: PageContext | undefined,
  browserLanguage: string,
): string {
  return language === 'page'
    ? (context?.language ?? browserLanguage)
    : (language ?? browserLanguage);
}
