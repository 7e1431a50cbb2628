/** A page with an image, written out: what a preset is tried on before there is a real one. */
import { i18n } from '#i18n';
import { CONTEXT_FIELDS, type PageContext } from '../../../utils/core/prompts/page-context';

/** In the language of the interface, as if the person were reading that page. */
export function sampleContext(): PageContext {
  const texts = CONTEXT_FIELDS.map((field) => [field, i18n.t(`presets.sample.${field}`)]);
  return {
    texts: Object.fromEntries(texts) as PageContext['texts'],
    language: i18n.t('format.tag'),
  };
}
