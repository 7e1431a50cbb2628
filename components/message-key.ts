/** The type of a message key whose words need nothing filled in, for tables of words. */
import type { GeneratedI18nStructure } from '#i18n';

export type MessageKey = {
  [Key in keyof GeneratedI18nStructure]: GeneratedI18nStructure[Key] extends {
    plural: false;
    substitutions: 0;
  }
    ? Key
    : never;
}[keyof GeneratedI18nStructure];
