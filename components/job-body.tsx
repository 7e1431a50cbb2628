/** A job as words to read: its status, the text as it stands, and a failure that cannot pass for
 * a description. */
import { i18n } from '#i18n';
import type { Job } from '../utils/jobs/job';
import { AlertIcon } from './icons';
import { JobStatus } from './job-status';
import { Problem } from './problem';

export function JobBody({ job: { state } }: { job: Job }) {
  const text = 'text' in state ? state.text : '';
  return (
    <div class="job-body">
      <JobStatus state={state} />
      {state.status === 'failed' && <Problem failure={state.failure} />}
      {text !== '' && (state.status === 'failed' || state.status === 'stopped') && (
        <p class="job-incomplete">{i18n.t('job.incomplete')}</p>
      )}
      {text !== '' && (
        <p class={`job-words ${state.status}`} dir="auto">
          {text}
        </p>
      )}
      {state.status === 'done' && state.cut && (
        <p class="job-notice caution">
          <AlertIcon />
          {i18n.t('job.cut')}
        </p>
      )}
    </div>
  );
}
