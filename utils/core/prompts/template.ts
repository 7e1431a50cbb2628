/** Prompt templates: which placeholders there are, and what replaces each in a prompt. */
import { CONTEXT_FIELDS, type ContextField } from './page-context';

/** Filled in with Descry's own text, which a model may take as instructions. */
const OWN_PLACEHOLDERS = ['role', 'language', 'max_characters'] as const;
type OwnPlaceholder = (typeof OWN_PLACEHOLDERS)[number];

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
  return template.includes(`{${name}}`);
}

/** The names in braces that are no placeholders. */
export function unknownNames(template: string): string[] {
  return namesIn(template).filter((name) => !isPlaceholder(name));
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
  return template.replaceAll(PATTERN, (whole, name: string) => {
    if (isContextField(name)) {
      return filling.sent.includes(name) ? `page_data.${name}` : `page_data.${name} (not given)`;
    }
    return isOwn(name) ? filling[name] : whole;
  });
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
