/** A job as words to read: its status, the text as it stands, and a failure that cannot pass for
 * a description. */
import { i18n } from '#i18n';
import type { Failure, Job } from '../utils/jobs/job';
import { errorWords } from './error-words';
import { AlertIcon } from './icons';
import { JobStatus } from './job-status';

export function JobBody({ job: { state } }: { job: Job }) {
  const text = 'text' in state ? state.text : '';
  return (
    <div class="job-body">
      <JobStatus state={state} />
      {state.status === 'failed' && <JobFailure failure={state.failure} />}
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

function JobFailure({ failure }: { failure: Failure }) {
  const words = errorWords(failure.code);
  return (
    <div class="job-notice danger">
      <AlertIcon />
      <div>
        <p>
          <strong>{i18n.t(words.title)}</strong>
          {i18n.t(words.next)}
        </p>
        {failure.serverWords && (
          <details>
            <summary>{i18n.t('job.serverWords')}</summary>
            <p class="job-server-words" dir="auto">
              {failure.serverWords}
            </p>
            {failure.status !== undefined && <p>{i18n.t('job.serverStatus', [failure.status])}</p>}
          </details>
        )}
      </div>
    </div>
  );
}
