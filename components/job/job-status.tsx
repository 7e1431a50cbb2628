/** What a job is doing, in one line: getting, describing, waiting, trying again, stopped. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf } from '../../utils/browser/words/message-key';
import { hasWords, type AnswerState } from '../../utils/core/jobs/answer-state';
import { Busy } from '../controls/busy';
import { errorWords } from '../../utils/browser/words/error-words';
import { AlertIcon, MarkIcon, StopIcon } from '../controls/icons';

/** Nothing for a state whose words speak for themselves. */
export function JobStatus({ state }: { state: AnswerState }) {
  switch (state.status) {
    case 'queued':
      return <Busy words={i18n.t('job.queued')} />;
    case 'running':
      if (state.waitingForSlot) return <Busy words={i18n.t('job.waitingForSlot')} />;
      // The words then take its place, without a jump when the answer is whole.
      return hasWords(state.text) ? null : <Busy words={i18n.t('job.describing')} />;
    case 'waiting':
      return (
        <div class="job-notice">
          <MarkIcon />
          <p>
            <strong>{i18n.t('job.waiting')}</strong>
            {i18n.t('job.waitingMore')}
          </p>
        </div>
      );
    case 'retrying':
      return (
        <div class="job-notice caution">
          <AlertIcon />
          <p>
            <strong>{messageOf(errorWords(state.failure.code).title)}</strong>
            <Countdown until={state.until} attempt={state.attempt} attempts={state.attempts} />
          </p>
        </div>
      );
    case 'stopped':
      return (
        <p class="job-status">
          <StopIcon />
          {i18n.t(hasWords(state.text) && !state.whole ? 'job.stopped' : 'job.stoppedEmpty')}
        </p>
      );
    case 'asking':
    case 'done':
    case 'failed':
      return null;
  }
}

interface CountdownProps {
  until: number;
  attempt: number;
  attempts: number;
}

/** Counts for the eye; the announcer says the wait once. */
function Countdown({ until, attempt, attempts }: CountdownProps) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return <>{retryWords({ until, attempt, attempts }, now)}</>;
}

/** "Retrying in 12 s (attempt 2 of 3)" */
export function retryWords({ until, attempt, attempts }: CountdownProps, now: number): string {
  const seconds = Math.ceil((until - now) / 1000);
  return seconds > 0
    ? i18n.t('job.retryIn', [seconds, attempt, attempts])
    : i18n.t('job.retryNow', [attempt, attempts]);
}
