/** The line with Descry's mark and name that heads each of its pages. */
import { i18n } from '#i18n';
import { MarkIcon } from './icons';

export function Brand() {
  return (
    <p class="brand">
      <MarkIcon />
      {i18n.t('extension.name')}
    </p>
  );
}
