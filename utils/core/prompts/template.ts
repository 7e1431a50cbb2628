/** Prompt templates: which placeholders there are, and what replaces each in a prompt. */
import { CONTEXT_FIELDS, type ContextField } from './page-context';

/** Filled in with Descry's own text, which a model may take as instructions. */
const OWN_PLACEHOLDERS = ['purpose', 'language', 'max_characters'] as const;
type OwnPlaceholder = (typeof OWN_PLACEHOLDERS)[number];

/**
 * Former names. A prompt that has one keeps it and is filled in as ever, wherever it comes from:
 * stored presets, files, jobs. Nothing offers them.
 */
const FORMER_NAMES: ReadonlyMap<string, OwnPlaceholder> = new Map([['role', 'purpose']]);

export const PLACEHOLDERS = [...OWN_PLACEHOLDERS, ...CONTEXT_FIELDS] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A name in braces. Other braces, such as those of JSON, are the person's own text. */
const PATTERN = /\{([a-z][a-z0-9_]*)\}/g;

/** What a template names, in its order, each once; whether or not there is such a placeholder. */
export function namesIn(template: string): string[] {
  return [...new Set([...template.matchAll(PATTERN)].map(([, name]) => name ?? ''))];
}

/** Whether a template has this placeholder. */
export function speaksOf(template: string, name: Placeholder): boolean {
  return namesIn(template).some((each) => presentName(each) === name);
}

/** A template with the present names of its placeholders. */
export function withPresentNames(template: string): string {
  return template.replaceAll(PATTERN, (_, name: string) => `{${presentName(name)}}`);
}

/** The names in braces that are no placeholders. */
export function unknownNames(template: string): string[] {
  return namesIn(template).filter((name) => !isPlaceholder(presentName(name)));
}

/** The texts of a page that a template speaks of. */
export function contextIn(template: string): ContextField[] {
  return namesIn(template).filter((name) => isContextField(name));
}

export interface Filling extends Record<OwnPlaceholder, string> {
  /** The texts of the page that are sent along. */
  sent: readonly ContextField[];
}

/**
 * A prompt with its placeholders filled in.
 *
 * Words of a page never become part of it: its placeholders turn into the name under which the text
 * stands in the quoted data (`page-data.ts`), for whoever writes a page must not write orders.
 */
export function fillTemplate(template: string, filling: Filling): string {
  return template.replaceAll(PATTERN, (whole, written: string) => {
    const name = presentName(written);
    if (isContextField(name)) {
      return filling.sent.includes(name) ? `page_data.${name}` : `page_data.${name} (not given)`;
    }
    return isOwn(name) ? filling[name] : whole;
  });
}

function presentName(name: string): string {
  return FORMER_NAMES.get(name) ?? name;
}

function isPlaceholder(name: string): name is Placeholder {
  return isOwn(name) || isContextField(name);
}

function isOwn(name: string): name is OwnPlaceholder {
  return OWN_PLACEHOLDERS.some((each) => each === name);
}

function isContextField(name: string): name is ContextField {
  return CONTEXT_FIELDS.some((each) => each === name);
}
