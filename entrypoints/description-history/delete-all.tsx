/** Deletes all, and asks once more before. */
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { useConfirmation } from '../../components/controls/use-confirmation';

export function DeleteAll({ onDelete }: { onDelete: () => void }) {
  const { asking, setAsking, focused } = useConfirmation();
  return (
    <div class="delete-all">
      <p class="field-help">{i18n.t('history.deleteAllHelp')}</p>
      {asking ? (
        <>
          <p role="alert">{i18n.t('history.deleteAllSure')}</p>
          <div class="step-actions">
            <Button
              onClick={() => {
                setAsking(false);
                onDelete();
              }}
            >
              {i18n.t('history.deleteAllYes')}
            </Button>
            <Button ref={focused} onClick={() => setAsking(false)}>
              {i18n.t('history.deleteAllNo')}
            </Button>
          </div>
        </>
      ) : (
        <Button ref={focused} onClick={() => setAsking(true)}>
          {i18n.t('history.deleteAll')}
        </Button>
      )}
    </div>
  );
}
