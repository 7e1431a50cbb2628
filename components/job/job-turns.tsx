/** The questions asked before the present one, each with what became of it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf } from '../../utils/browser/words/message-key';
import { isSettled } from '../../utils/core/jobs/answer-state';
import type { Answer, Job, Turn } from '../../utils/core/jobs/job';
import {
  answerText,
  earlierTurns,
  languageOf,
  presentTurn,
  stateOf,
} from '../../utils/core/jobs/turns';
import { AnswerText } from './answer-text';
import { AnswerWords } from './answer-words';
import { AskForm } from './ask-form';
import { JobAnnouncer, useAnnounced } from './job-announcer';
import { modelOf, OpinionAction } from './job-opinions';
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
  const earlier = earlierTurns(job);
  const count = useRef(earlier.length);

  useLayoutEffect(() => {
    // A new question stands below all before it, and its answer below that: out of sight.
    if (earlier.length > count.current) present.current?.scrollIntoView({ block: 'start' });
    count.current = earlier.length;
  }, [earlier.length]);

  if (earlier.length === 0) return null;
  const mayAsk = isSettled(stateOf(job));
  return (
    <>
      <ol class="turns" aria-label={i18n.t('ask.earlier')}>
        {earlier.map((turn, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- turns are only ever added at the end
          <li key={at}>
            <p class="turn-question" dir="auto">
              {turn.question ?? job.preset.name}
            </p>
            <TurnAnswers job={job} answers={turn.answers} port={port} />
            {turn.answers[0].state.status !== 'done' && mayAsk && (
              <Button look="quiet" onClick={() => void ask(port, job, turn.question)}>
                {i18n.t('ask.again')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <p ref={present} class="turn-question" dir="auto">
        {presentTurn(job).question ?? job.preset.name}
      </p>
    </>
  );
}

/** False where the question was not taken, as when another one is being answered. */
async function ask(port: JobPort, { id: jobId }: Job, question?: string): Promise<boolean> {
  return (await port.call('job.ask', { jobId, question })).ok;
}

interface TurnAnswersProps extends JobTurnsProps {
  answers: Turn['answers'];
}

/** The first answer, and below it each second opinion under the name of its model. */
function TurnAnswers({ job, answers: [first, ...opinions], port }: TurnAnswersProps) {
  return (
    <>
      <EarlierAnswer answer={first} />
      {opinions.map((opinion) => (
        <EarlierOpinion key={opinion.id} job={job} opinion={opinion} port={port} />
      ))}
    </>
  );
}

function EarlierOpinion({ job, opinion, port }: JobTurnsProps & { opinion: Answer }) {
  const { state } = opinion;
  const announced = useAnnounced(state);
  return (
    <div class="turn-opinion">
      <p class="quiet-words">{i18n.t('opinion.earlier', [modelOf(opinion)])}</p>
      {isSettled(state) ? (
        <EarlierAnswer answer={opinion} />
      ) : (
        <AnswerWords state={state} text={answerText(opinion)} language={languageOf(job)} />
      )}
      <OpinionAction jobId={job.id} opinion={opinion} port={port} />
      {announced && <JobAnnouncer state={state} />}
    </div>
  );
}

function EarlierAnswer({ answer }: { answer: Answer }) {
  const { state } = answer;
  const text = answerText(answer);
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
  const { id, images } = job;
  const state = stateOf(job);
  if (state.status === 'asking') {
    return (
      <AskForm
        id={id}
        words={i18n.t(images ? 'compare.question' : 'ask.nothingSent', [job.preset.name])}
        mayBeEmpty={images !== undefined}
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
