/** What the test showed, in plain words that are also heard. */
import { i18n } from '#i18n';
import type { ConnectionTest } from '../../utils/messaging/calls';
import { formatSeconds } from '../format';
import { AlertIcon, CheckIcon, MarkIcon } from '../icons';
import { Problem } from '../problem';
import type { Trial } from './use-connection-flow';

export function TrialOutcome({ trial, model }: { trial: Trial; model: string }) {
  return (
    <div role="status" class="outcome">
      {trial.status === 'running' && (
        <p class="job-status busy">
          <MarkIcon />
          {i18n.t('connect.testing', [model])}
        </p>
      )}
      {(trial.status === 'ended' || trial.status === 'used') && !trial.outcome.ok && (
        <Problem failure={trial.outcome} />
      )}
      {trial.status === 'used' && trial.outcome.ok && (
        <p class="job-notice good">
          <CheckIcon />
          {i18n.t('connect.using', [trial.model])}
        </p>
      )}
      {trial.status === 'ended' && trial.outcome.ok && <Answer test={trial.outcome.value} />}
    </div>
  );
}

function Answer({ test }: { test: ConnectionTest }) {
  const seconds = formatSeconds(test.firstWordMs);
  if (test.sawPicture) {
    return (
      <p class="job-notice good">
        <CheckIcon />
        {i18n.t('connect.works', [test.model, seconds])}
      </p>
    );
  }
  return (
    <div class="job-notice caution">
      <AlertIcon />
      <div>
        <p>
          <strong>{i18n.t('connect.blind', [test.model, seconds])}</strong>
          {i18n.t('connect.blindMore')}
        </p>
        <p class="said" dir="auto">
          {i18n.t('connect.said', [test.answer])}
        </p>
      </div>
    </div>
  );
}
