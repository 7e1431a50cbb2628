/** What card and picker say when something of the page covers them. */
import { i18n } from '#i18n';
import type { CoverWords } from '../../page/top-layer';

/** In the language of the person. */
export function coverWords(): CoverWords {
  return { text: i18n.t('covered'), language: i18n.t('format.tag') };
}
