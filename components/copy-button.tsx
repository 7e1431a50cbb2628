/** A button that copies and then says whether it could. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from './button';
import { CheckIcon, CopyIcon } from './icons';

/** How long the button speaks of the past before it offers to copy again. */
const SAID_FOR_MS = 2_000;

interface CopyButtonProps {
  look?: 'primary' | 'plain';
  /** Copies, and tells whether that worked. */
  onCopy: () => Promise<boolean>;
}

export function CopyButton({ look = 'plain', onCopy }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      setOutcome((await onCopy()) ? 'copied' : 'failed');
    } catch {
      setOutcome('failed');
    }
  }

  const words = outcome && i18n.t(outcome === 'copied' ? 'job.copied' : 'job.copyFailed');
  return (
    <>
      <Button
        look={look}
        icon={outcome === 'copied' ? <CheckIcon /> : <CopyIcon />}
        onClick={() => void copy()}
      >
        {words ?? i18n.t('job.copy')}
      </Button>
      {/* The button's own name changes, which readers do not announce. */}
      <span role="status" class="heard">
        {words}
      </span>
    </>
  );
}
