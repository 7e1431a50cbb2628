/** Messages with plural forms, chosen by the rules of the language. */
import { i18n, type GeneratedI18nStructure } from '#i18n';
import { browser } from 'wxt/browser';
import { formatNumber } from './format';

/** A message with a form for each kind of number: `history.count` has `zero`, `one` and `other`. */
export type PluralKey = keyof GeneratedI18nStructure extends infer Key
  ? Key extends `${infer Message}.one`
    ? Message
    : never
  : never;

/** Without WXT's list of names, which lacks those of our message files. */
const messages: { getMessage(name: string, substitutions: string[]): string } = browser.i18n;

/**
 * The words of a message for a number, which is its `$1`; `$2` and on are what else is given. The
 * form is the one that `Intl.PluralRules` names, such as `few` in Polish. A message may have words of
 * its own for nothing at all (`zero`), in any language.
 */
export function plural(key: PluralKey, count: number, ...more: readonly string[]): string {
  const form = new Intl.PluralRules(i18n.t('format.tag')).select(count);
  const words = (of: string) =>
    messages.getMessage(`${key}.${of}`.replaceAll('.', '_'), [formatNumber(count), ...more]);
  return (count === 0 && words('zero')) || words(form);
}
