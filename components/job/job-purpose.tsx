/** What the image is for on its page, and why; the person may say otherwise. */
import { i18n } from '#i18n';
import { hasEnded } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { pageContextOf, presentAnswer, purposeOfJob } from '../../utils/core/jobs/turns';
import { PURPOSES } from '../../utils/core/prompts/purpose';
import { speaksOf } from '../../utils/core/prompts/template';
import type { JobPort } from './job-port';

interface JobPurposeProps {
  job: Job;
  port: JobPort;
}

/** Nothing for a prompt that asks the same whatever the image is for. */
export function JobPurpose({ job, port }: JobPurposeProps) {
  const answer = presentAnswer(job);
  const found = pageContextOf(job)?.purpose;
  const purpose = purposeOfJob(job);
  if (!purpose || !speaksOf(job.preset.prompt, 'purpose')) return null;
  const reason = job.purpose ? 'chosen' : (found?.reason ?? 'nothingSpecial');
  const id = `purpose-${job.id}`;
  return (
    <div class="purpose">
      <label for={id}>{i18n.t('purpose.label')}</label>
      <select
        id={id}
        aria-describedby={`${id}-why`}
        disabled={!hasEnded(answer.state)}
        value={purpose}
        onChange={({ currentTarget }) => {
          const chosen = PURPOSES.find((each) => each === currentTarget.value);
          const place = { jobId: job.id, answerId: answer.id };
          if (chosen) void port.call('job.retry', { ...place, purpose: chosen });
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
