/** Calls to the background from a page that shows results, and what the last one failed with. */
import { useMemo, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { errorSentences } from '../../utils/browser/words/error-words';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { callBackground } from '../../utils/browser/messaging/call-background';
import type { ErrorCode, Result } from '../../utils/core/errors';
import { createJobPort } from '../job/job-port';
import type { ResultEvents } from './result-item';

interface ResultCalls {
  /** What a call just failed with, as a text. */
  problem: string | undefined;
  setProblem: (problem: string | undefined) => void;
  /** Tells the person where a call failed; what it changes comes back through the feed. */
  call: <T>(asked: Promise<Result<T>>, words?: MessageKey) => Promise<Result<T>>;
  /** What a result needs. */
  results: ResultEvents;
}

/** The calls stay the same ones, so that a result is drawn anew only when its job changes. */
export function useResultCalls(): ResultCalls {
  const [problem, setProblem] = useState<string>();
  const calls = useMemo(() => createCalls(setProblem), []);
  return { problem, setProblem, ...calls };
}

function createCalls(setProblem: ResultCalls['setProblem']): Pick<ResultCalls, 'call' | 'results'> {
  async function call<T>(asked: Promise<Result<T>>, words?: MessageKey): Promise<Result<T>> {
    setProblem(undefined);
    const answer = await asked;
    if (!answer.ok) setProblem(words ? messageOf(words) : failureWords(answer.code));
    return answer;
  }

  return {
    call,
    results: {
      port: createJobPort((name, input) => call(callBackground(name, input))),
      onRemove: (jobId) => void call(callBackground('job.remove', { jobId })),
      onReveal: (jobId) => void call(callBackground('job.reveal', { jobId }), 'popup.revealFailed'),
    },
  };
}

/** What happened and what to do; where nothing is known, that it did not work. */
function failureWords(code: ErrorCode): string {
  if (code === 'unexpected' || code === 'interrupted') return i18n.t('popup.failed');
  // Of a file that was given: no page has to do with it.
  if (code === 'imageBroken' || code === 'imageUnreadable') return i18n.t('images.broken');
  return errorSentences(code);
}
