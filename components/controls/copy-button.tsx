/** A button that copies and then says whether it could. */
import { i18n } from '#i18n';
import { Button } from './button';
import { CheckIcon, CopyIcon } from './icons';
import { useOutcome } from './use-outcome';

interface CopyButtonProps {
  look?: 'primary' | 'plain';
  /** Copies, and tells whether that worked. */
  onCopy: () => Promise<boolean>;
}

export function CopyButton({ look = 'plain', onCopy }: CopyButtonProps) {
  const [outcome, run] = useOutcome();
  const words = outcome && i18n.t(outcome === 'copied' ? 'job.copied' : 'job.copyFailed');
  return (
    <>
      <Button
        look={look}
        icon={outcome === 'copied' ? <CheckIcon /> : <CopyIcon />}
        onClick={() => run(onCopy)}
      >
        {words ?? i18n.t('job.copy')}
      </Button>
      {/* The button's own name changes, which readers do not announce. */}
      <span role="status" class="visually-hidden">
        {words}
      </span>
    </>
  );
}
