/** What the connection doctor found of the chosen model, in words that are also heard. */
import { i18n } from '#i18n';
import { Busy } from '../busy';
import type { CheckReport } from '../../utils/vision/check-report';
import { CheckList } from '../check-list';
import { Verdict } from '../checkup';
import { formatSeconds } from '../format';
import { CheckIcon } from '../icons';
import { Problem } from '../problem';
import type { Trial } from './use-connection-flow';

export function TrialOutcome({ trial, model }: { trial: Trial; model: string }) {
  const checked = trial.status === 'ended' && trial.outcome.ok ? trial.outcome.value : undefined;
  return (
    <>
      <div role="status" class="outcome">
        {trial.status === 'running' && <Busy words={i18n.t('connect.testing', [model])} />}
        {(trial.status === 'ended' || trial.status === 'used') && !trial.outcome.ok && (
          <Problem failure={trial.outcome} />
        )}
        {trial.status === 'used' && trial.outcome.ok && (
          <p class="job-notice good">
            <CheckIcon />
            {i18n.t('connect.using', [trial.model])}
          </p>
        )}
        {checked && <Verdict report={checked.report} well={wellWords(checked.report)} />}
      </div>
      {checked && <CheckList report={checked.report} />}
    </>
  );
}

function wellWords({ model, firstWordMs }: CheckReport): string {
  return i18n.t('connect.works', [model, formatSeconds(firstWordMs ?? 0)]);
}
