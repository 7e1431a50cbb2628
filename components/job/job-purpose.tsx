/** What the image is for on its page, and why; the person may say otherwise. */
import { i18n } from '#i18n';
import { purposeOfJob } from '../../utils/core/jobs/conversation';
import { hasEnded, type Job } from '../../utils/core/jobs/job';
import { PURPOSES } from '../../utils/core/prompts/purpose';
import { speaksOf } from '../../utils/core/prompts/template';
import type { JobPort } from './job-port';

interface JobPurposeProps {
  job: Job;
  port: JobPort;
}

/** Nothing for a prompt that asks the same whatever the image is for. */
export function JobPurpose({ job, port }: JobPurposeProps) {
  const found = job.context?.purpose;
  const purpose = purposeOfJob(job);
  if (!purpose || !speaksOf(job.preset.prompt, 'role')) return null;
  const reason = job.role ? 'chosen' : (found?.reason ?? 'nothingSpecial');
  const id = `purpose-${job.id}`;
  return (
    <div class="purpose">
      <label for={id}>{i18n.t('purpose.label')}</label>
      <select
        id={id}
        aria-describedby={`${id}-why`}
        disabled={!hasEnded(job.state)}
        value={purpose}
        onChange={({ currentTarget }) => {
          const chosen = PURPOSES.find((each) => each === currentTarget.value);
          if (chosen) void port.call('job.retry', { jobId: job.id, purpose: chosen });
        }}
      >
        {PURPOSES.map((each) => (
          <option key={each} value={each}>
            {i18n.t(`purpose.kind.${each}`)}
          </option>
        ))}
      </select>
      <p id={`${id}-why`} class="quiet-words">
        {i18n.t(`purpose.reason.${reason}`)}
        {purpose === 'decorative' && ` ${i18n.t('purpose.needsNone')}`}
      </p>
    </div>
  );
}
