/**
 * Said once: keys that were stored in plain text may have left copies in the files of the profile.
 */
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';

export function OncePlainNote({ onTold }: { onTold: () => void }) {
  return (
    <div class="panel asking">
      <p>{i18n.t('keys.oncePlain')}</p>
      <div class="step-actions">
        <Button
          onClick={() => {
            // The button disappears with the note; what is above it stays.
            document.querySelector<HTMLElement>('#keys')?.focus();
            onTold();
          }}
        >
          {i18n.t('keys.oncePlainTold')}
        </Button>
      </div>
    </div>
  );
}
