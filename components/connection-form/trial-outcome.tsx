/** What the connection doctor found of the chosen model, in words that are also heard. */
import { i18n } from '#i18n';
import { passes } from '../../utils/vision/check-report';
import { CheckList } from '../check-list';
import { Verdict } from '../checkup';
import { formatSeconds } from '../format';
import { CheckIcon, MarkIcon } from '../icons';
import { Problem } from '../problem';
import type { Trial } from './use-connection-flow';

export function TrialOutcome({ trial, model }: { trial: Trial; model: string }) {
  const checked = trial.status === 'ended' && trial.outcome.ok ? trial.outcome.value : undefined;
  return (
    <>
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
        {checked && passes(checked.report) && (
          <p class="job-notice good">
            <CheckIcon />
            {i18n.t('connect.works', [
              checked.report.model,
              formatSeconds(checked.report.firstWordMs ?? 0),
            ])}
          </p>
        )}
        {checked && !passes(checked.report) && <Verdict report={checked.report} />}
      </div>
      {checked && <CheckList report={checked.report} />}
    </>
  );
}
