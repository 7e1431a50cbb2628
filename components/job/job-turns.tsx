/** The questions asked before the present one, each with what became of it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf } from '../../utils/browser/words/message-key';
import { isSettled, textOf, type Job, type Turn } from '../../utils/core/jobs/job';
import { AnswerText } from './answer-text';
import { AskForm } from './ask-form';
import { Button } from '../controls/button';
import { errorWords } from '../../utils/browser/words/error-words';
import type { JobPort } from './job-port';

interface JobTurnsProps {
  job: Job;
  port: JobPort;
}

/** What was asked and answered before; nothing for a first question. */
export function EarlierTurns({ job, port }: JobTurnsProps) {
  const present = useRef<HTMLParagraphElement>(null);
  const count = useRef(job.earlier.length);

  useLayoutEffect(() => {
    // A new question stands below all before it, and its answer below that: out of sight.
    if (job.earlier.length > count.current) present.current?.scrollIntoView({ block: 'start' });
    count.current = job.earlier.length;
  }, [job.earlier.length]);

  if (job.earlier.length === 0) return null;
  const mayAsk = isSettled(job.state);
  return (
    <>
      <ol class="turns" aria-label={i18n.t('ask.earlier')}>
        {job.earlier.map((turn, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- turns are only ever added at the end
          <li key={at}>
            <p class="turn-question" dir="auto">
              {turn.question ?? job.preset.name}
            </p>
            <TurnAnswer turn={turn} />
            {turn.state.status !== 'done' && mayAsk && (
              <Button look="quiet" onClick={() => void ask(port, job, turn.question)}>
                {i18n.t('ask.again')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <p ref={present} class="turn-question" dir="auto">
        {job.question ?? job.preset.name}
      </p>
    </>
  );
}

/** False where the question was not taken, as when another one is being answered. */
async function ask(port: JobPort, { id: jobId }: Job, question?: string): Promise<boolean> {
  return (await port.call('job.ask', { jobId, question })).ok;
}

function TurnAnswer({ turn: { state } }: { turn: Turn }) {
  const text = textOf(state);
  return (
    <>
      {text !== '' && <AnswerText text={text} showsTables />}
      {state.status === 'stopped' && <p class="job-incomplete">{i18n.t('job.stopped')}</p>}
      {state.status === 'failed' && (
        <p class="job-incomplete">{messageOf(errorWords(state.failure.code).title)}</p>
      )}
    </>
  );
}

/** The first question, where the job waits for it, else the next. */
export function JobAsk({ job, port }: JobTurnsProps) {
  const { state, id, compared } = job;
  if (state.status === 'asking') {
    return (
      <AskForm
        id={id}
        words={i18n.t(compared ? 'compare.question' : 'ask.nothingSent', [job.preset.name])}
        mayBeEmpty={compared !== undefined}
        focused
        onAsk={(question) => ask(port, job, question)}
      />
    );
  }
  // The same form throughout: a question that is being typed stays, whatever another surface asks.
  return (
    <AskForm
      id={id}
      words={i18n.t('ask.next')}
      waiting={!isSettled(state)}
      onAsk={(question) => ask(port, job, question)}
    />
  );
}
