/** What a person can do with a job in its state: stop, copy, try again, go to settings. */
import { useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { ERRORS, type NextStep } from '../../utils/core/errors';
import { partOf, type AnswerState } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { answerText, presentAnswer, stateOf } from '../../utils/core/jobs/turns';
import { Button } from '../controls/button';
import { CopyAs } from './copy-as';
import { CopyButton } from '../controls/copy-button';
import { ContinueIcon, RetryIcon, StopIcon } from '../controls/icons';
import type { JobPort } from './job-port';
import { useKeepFocus } from '../controls/keep-focus';

export interface JobActionsProps {
  job: Job;
  port: JobPort;
}

export function JobActions(props: JobActionsProps) {
  const group = useRef<HTMLDivElement>(null);
  // Stop goes when the answer is whole: who stood on it then stands on what comes in its place.
  const onFocusIn = useKeepFocus(group, stateOf(props.job).status);
  return (
    <div ref={group} class="job-actions" onFocusIn={onFocusIn}>
      <Buttons {...props} />
    </div>
  );
}

function Buttons({ job, port }: JobActionsProps) {
  const answer = presentAnswer(job);
  const { state } = answer;
  const text = answerText(answer);
  const about = { jobId: job.id, answerId: answer.id };

  if (state.status === 'asking') return null;

  if (state.status === 'queued' || state.status === 'running' || state.status === 'retrying') {
    return (
      // Keyed: the same element must not turn from Stop into Retry under a finger.
      <Button key="stop" icon={<StopIcon />} onClick={() => void port.call('job.stop', about)}>
        {i18n.t('job.stop')}
      </Button>
    );
  }
  if (state.status === 'waiting') {
    return (
      <>
        <Button look="primary" onClick={() => void port.call('settings.open', { page: 'welcome' })}>
          {i18n.t('job.setUp')}
        </Button>
        <Button onClick={() => void port.call('job.stop', about)}>{i18n.t('job.cancel')}</Button>
      </>
    );
  }

  const step = stepFor(state);
  const canContinue = partOf(state) !== '';
  const replacement = state.status === 'failed' ? state.failure.replacement : undefined;
  const isReused = state.status === 'done' && state.reusedFrom !== undefined;
  // With the same room, a cut answer would be cut again.
  const longer = step === 'retryLonger' || (state.status === 'done' && state.cut);
  return (
    <>
      {replacement !== undefined && (
        <Button look="primary" onClick={() => void port.call('job.replaceModel', about)}>
          {i18n.t('job.replaceModel', [replacement])}
        </Button>
      )}
      {step === 'settings' && (
        <Button
          look={replacement === undefined ? 'primary' : 'plain'}
          onClick={() => void port.call('settings.open', { page: 'options' })}
        >
          {i18n.t('job.openSettings')}
        </Button>
      )}
      {step === 'connect' && (
        <Button look="primary" onClick={() => void port.call('settings.open', { page: 'welcome' })}>
          {i18n.t('job.setUp')}
        </Button>
      )}
      {state.status === 'done' && <CopyButton look="primary" onCopy={() => port.copy(text)} />}
      {canContinue && (
        <Button
          key="continue"
          look={step === 'settings' ? 'plain' : 'primary'}
          icon={<ContinueIcon />}
          onClick={() => void port.call('job.continue', about)}
        >
          {i18n.t('job.continue')}
        </Button>
      )}
      {step !== 'none' && (
        <Button
          key="retry"
          look={!canContinue && (step === 'retry' || step === 'retryLonger') ? 'primary' : 'plain'}
          icon={<RetryIcon />}
          onClick={() => void port.call('job.retry', { ...about, longer })}
        >
          {i18n.t(longer ? 'job.retryLonger' : isReused ? 'job.askAnew' : 'job.retry')}
        </Button>
      )}
      {state.status !== 'done' && text !== '' && <CopyButton onCopy={() => port.copy(text)} />}
      {state.status === 'done' && <CopyAs job={job} onCopy={port.copy} />}
    </>
  );
}

/** Where another try is offered without being the thing to do, there is no step to stress. */
function stepFor(state: AnswerState): NextStep | undefined {
  if (state.status === 'failed') return ERRORS[state.failure.code].nextStep;
  return state.status === 'stopped' ? 'retry' : undefined;
}
