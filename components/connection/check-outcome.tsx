/** What the connection check found out about the chosen model, also announced to screen readers. */
import { i18n } from '#i18n';
import { Busy } from '../controls/busy';
import type { CheckReport } from '../../utils/core/vision/check-report';
import { CheckList } from './check-list';
import { Verdict } from './connection-check';
import { formatSeconds } from '../../utils/browser/words/format';
import { CheckIcon } from '../controls/icons';
import { Problem } from '../job/problem';
import type { Trial } from './use-connection-flow';

export function CheckOutcome({ trial, model }: { trial: Trial; model: string }) {
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
