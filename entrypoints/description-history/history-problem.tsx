/** Why the history cannot be shown, and what helps. */
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Problem } from '../../components/job/problem';
import { useConfirmation } from '../../components/controls/use-confirmation';
import type { ErrorCode } from '../../utils/core/errors';

interface HistoryProblemProps {
  code: ErrorCode;
  onRetry: () => void;
  /** Deletes the broken history. */
  onStartAnew: () => void;
}

export function HistoryProblem({ code, onRetry, onStartAnew }: HistoryProblemProps) {
  const { asking, setAsking, focused } = useConfirmation();
  return (
    <div role="alert" class="history-problem">
      <Problem failure={{ code }} />
      {asking ? (
        <>
          <p>{i18n.t('history.startAnewSure')}</p>
          <div class="step-actions">
            <Button onClick={onStartAnew}>{i18n.t('history.startAnewYes')}</Button>
            <Button ref={focused} onClick={() => setAsking(false)}>
              {i18n.t('history.startAnewNo')}
            </Button>
          </div>
        </>
      ) : (
        <div class="step-actions">
          <Button look="primary" onClick={onRetry}>
            {i18n.t('history.retry')}
          </Button>
          {code === 'historyBroken' && (
            <Button ref={focused} onClick={() => setAsking(true)}>
              {i18n.t('history.startAnew')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
