/** Message keys as values: the words of one that is only known at run time. */
import { createI18n } from '@wxt-dev/i18n';
import type { GeneratedI18nStructure } from '#i18n';

/** The key of a message whose words need nothing filled in, for tables of words. */
export type MessageKey = {
  [Key in keyof GeneratedI18nStructure]: GeneratedI18nStructure[Key] extends {
    plural: false;
    substitutions: 0;
  }
    ? Key
    : never;
}[keyof GeneratedI18nStructure];

const untyped = createI18n();

/**
 * The words of a message. With a key of this type, `i18n.t` would have the compiler compare every
 * key with every other, some eight seconds for each call.
 */
export function messageOf(key: MessageKey): string {
  return untyped.t(key);
}
