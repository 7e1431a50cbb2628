/** The questions asked before the present one, each with what became of it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { isSettled, textOf, type Job, type Turn } from '../utils/jobs/job';
import { AnswerText } from './answer-text';
import { AskForm } from './ask-form';
import { Button } from './button';
import { errorWords } from './error-words';
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
            <TurnAnswer turn={turn} port={port} />
            {turn.state.status !== 'done' && mayAsk && (
              <Button look="quiet" onClick={() => port.ask(job.id, turn.question)}>
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

function TurnAnswer({ turn: { state }, port }: { turn: Turn; port: JobPort }) {
  const text = textOf(state);
  return (
    <>
      {text !== '' && <AnswerText text={text} port={port} />}
      {state.status === 'stopped' && <p class="job-incomplete">{i18n.t('job.stopped')}</p>}
      {state.status === 'failed' && (
        <p class="job-incomplete">{i18n.t(errorWords(state.failure.code).title)}</p>
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
        key="first"
        id={id}
        words={i18n.t(compared ? 'compare.question' : 'ask.nothingSent', [job.preset.name])}
        mayBeEmpty={compared !== undefined}
        focused
        onAsk={(question) => port.ask(id, question)}
      />
    );
  }
  if (!isSettled(state)) return null;
  return (
    <AskForm
      key="next"
      id={id}
      words={i18n.t('ask.next')}
      onAsk={(question) => port.ask(id, question)}
    />
  );
}
