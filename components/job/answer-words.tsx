/** An answer as words to read: its status, the text as it is so far, and a failure that cannot pass
 * for a description. */
import { hasWords, type AnswerState } from '../../utils/core/jobs/answer-state';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { AnswerText } from './answer-text';
import { JobStatus } from './job-status';
import { Problem } from './problem';

interface AnswerWordsProps {
  state: AnswerState;
  /** What is shown; nothing where it is empty. */
  text: string;
  language: string;
}

export function AnswerWords({ state, text, language }: AnswerWordsProps) {
  const remark = remarkOn(state);
  const isDone = state.status === 'done';
  return (
    <>
      <JobStatus state={state} />
      {state.status === 'failed' && <Problem failure={state.failure} />}
      {text !== '' && remark && <p class="job-incomplete">{messageOf(remark)}</p>}
      {text !== '' && (
        <AnswerText text={text} status={state.status} language={language} showsTables={isDone} />
      )}
    </>
  );
}

/** What has to be said of words that are not, or not yet, the answer to what was asked last. */
function remarkOn(state: AnswerState): MessageKey | undefined {
  switch (state.status) {
    case 'queued':
    case 'waiting':
    case 'retrying':
      return state.before && 'job.before';
    case 'running':
      return !hasWords(state.text) && state.before ? 'job.before' : undefined;
    case 'failed':
    case 'stopped':
      return state.whole ? 'job.before' : 'job.incomplete';
    default:
      return undefined;
  }
}
