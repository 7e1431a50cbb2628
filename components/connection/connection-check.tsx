/** The connection doctor behind a button: pressed, it looks, and says what it found. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Result } from '../../utils/core/errors';
import { passes, type CheckReport } from '../../utils/core/vision/check-report';
import { Busy } from '../controls/busy';
import { Button } from '../controls/button';
import { CheckList } from './check-list';
import { AlertIcon, CheckIcon } from '../controls/icons';
import { Problem } from '../job/problem';

interface CheckupProps {
  onCheck: () => Promise<Result<CheckReport>>;
}

export function Checkup({ onCheck }: CheckupProps) {
  const [checking, setChecking] = useState(false);
  const [found, setFound] = useState<Result<CheckReport>>();

  async function check(): Promise<void> {
    if (checking) return;
    setChecking(true);
    setFound(undefined);
    setFound(await onCheck());
    setChecking(false);
  }

  return (
    <div class="checkup">
      <Button aria-disabled={checking} onClick={() => void check()}>
        {i18n.t('doctor.check')}
      </Button>
      <div role="status" class="outcome">
        {checking && <Busy words={i18n.t('doctor.checking')} />}
        {found && !found.ok && <Problem failure={found} />}
        {found?.ok && <Verdict report={found.value} well={i18n.t('doctor.allWell')} />}
      </div>
      {found?.ok && <CheckList report={found.value} />}
    </div>
  );
}

/** The list in a sentence: the whole of it would be too much to hear at once. */
export function Verdict({ report, well }: { report: CheckReport; well: string }) {
  if (passes(report)) {
    return (
      <p class="job-notice good">
        <CheckIcon />
        {well}
      </p>
    );
  }
  const failed = report.steps.find(({ status }) => status === 'failed');
  return (
    <p class="job-notice caution">
      <AlertIcon />
      {failed && i18n.t('doctor.failedAt', [i18n.t(`doctor.steps.${failed.name}`)])}
    </p>
  );
}
