/** Tells a screen reader about an answer: "Describing…", then the whole text once, or the failure. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf } from '../../utils/browser/words/message-key';
import { isSettled, type AnswerState } from '../../utils/core/jobs/answer-state';
import { errorWords } from '../../utils/browser/words/error-words';
import { reusedWords } from './job-meta';
import { retryWords } from './job-status';

/** Readers overlook a live region whose words come together with the region itself. */
const AFTER_MOUNT_MS = 150;

export function JobAnnouncer({ state }: { state: AnswerState }) {
  const [said, setSaid] = useState('');
  const latest = useRef(state);
  latest.current = state;
  // Stands for the state: words that arrive must not be announced one by one.
  const moment = momentOf(state);

  useEffect(() => {
    const timer = setTimeout(() => {
      setSaid(announcementOf(latest.current, Date.now()));
    }, AFTER_MOUNT_MS);
    return () => clearTimeout(timer);
  }, [moment]);

  return (
    <div role="status" class="visually-hidden">
      {said}
    </div>
  );
}

/** The same for all states that one announcement covers. */
function momentOf(state: AnswerState): string {
  switch (state.status) {
    case 'queued':
    case 'running':
      return isWaitingForSlot(state) ? 'in line' : 'describing';
    case 'retrying':
      return `retrying ${state.until}`;
    case 'done':
      return `done ${state.finishedAt}`;
    default:
      return state.status;
  }
}

function isWaitingForSlot(state: AnswerState): boolean {
  return state.status === 'running' && state.waitingForSlot === true;
}

function announcementOf(state: AnswerState, now: number): string {
  switch (state.status) {
    case 'queued':
    case 'running':
      return i18n.t(isWaitingForSlot(state) ? 'job.waitingForSlot' : 'job.describing');
    case 'asking':
      return i18n.t('ask.nothingSent');
    case 'waiting':
      return `${i18n.t('job.waiting')}. ${i18n.t('job.waitingMore')}`;
    case 'retrying':
      return `${messageOf(errorWords(state.failure.code).title)}. ${retryWords(state, now)}`;
    case 'done':
      return [state.text, state.cut && i18n.t('job.cut'), reusedWords(state)]
        .filter(Boolean)
        .join('\n');
    case 'stopped':
      return i18n.t('job.stopped');
    case 'failed': {
      const words = errorWords(state.failure.code);
      return `${messageOf(words.title)}. ${messageOf(words.next)}`;
    }
  }
}

/**
 * Whether an answer is to be announced: from when it is seen at work, or, with `shown`, at once. What
 * was there already stays silent.
 */
export function useAnnounced(state: AnswerState, shown = false): boolean {
  const active = !isSettled(state);
  const [announced, setAnnounced] = useState(shown || active);
  useEffect(() => {
    if (active) setAnnounced(true);
  }, [active]);
  return announced;
}
