/** Why the history cannot be shown, and what helps. */
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { useAskingTwice } from '../../components/use-asking-twice';
import type { ErrorCode } from '../../utils/errors';

interface HistoryProblemProps {
  code: ErrorCode;
  onRetry: () => void;
  /** Deletes the broken history. */
  onStartAnew: () => void;
}

export function HistoryProblem({ code, onRetry, onStartAnew }: HistoryProblemProps) {
  const { asking, setAsking, focused } = useAskingTwice();
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
