/** Answers to the same question side by side, with what one says and the other does not marked: in
 * colour, and in words. */
import { useMemo } from 'preact/hooks';
import { i18n } from '#i18n';
import { onlyWords, piecesOf } from '../../utils/core/jobs/differences';
import { isSettled, textOf, type AnswerState } from '../../utils/core/jobs/answer-state';
import type { Answer, Job } from '../../utils/core/jobs/job';
import { answerModel, languageOf, opinionsOf, presentAnswer } from '../../utils/core/jobs/turns';
import { Button } from '../controls/button';
import { CopyButton } from '../controls/copy-button';
import { RetryIcon, StopIcon } from '../controls/icons';
import { AnswerWords } from './answer-words';
import { JobAnnouncer } from './job-announcer';
import type { JobPort } from './job-port';

interface JobOpinionsProps {
  job: Job;
  port: JobPort;
}

/** Nothing where no second opinion was asked for. */
export function JobOpinions({ job, port }: JobOpinionsProps) {
  const opinions = opinionsOf(job);
  if (opinions.length === 0) return null;
  const done = opinions.filter(({ state }) => state.status === 'done');
  const answer = presentAnswer(job);
  const first = textOf(answer.state);
  const language = languageOf(job);
  // What any of the others says is not only here.
  const others = done.map(({ state }) => textOf(state)).join('\n');
  return (
    <section class="opinions" aria-label={i18n.t('opinion.sideBySide')}>
      {done.length > 0 && answer.state.status === 'done' && (
        <Opinion name={modelOf(answer)} text={first} other={others} language={language} />
      )}
      {opinions.map((opinion) =>
        opinion.state.status === 'done' ? (
          <Opinion
            key={opinion.id}
            name={modelOf(opinion)}
            text={textOf(opinion.state)}
            other={first}
            language={language}
            onCopy={() => port.copy(textOf(opinion.state))}
            announced={opinion.state}
          />
        ) : (
          <article key={opinion.id} class="opinion">
            <h3>{modelOf(opinion)}</h3>
            <AnswerWords state={opinion.state} text={textOf(opinion.state)} language={language} />
            <OpinionAction jobId={job.id} opinion={opinion} port={port} />
            <JobAnnouncer state={opinion.state} />
          </article>
        ),
      )}
    </section>
  );
}

interface OpinionActionProps {
  jobId: string;
  opinion: Answer;
  port: JobPort;
}

/** Stop while it runs; Retry where it came to nothing whole. */
export function OpinionAction({ jobId, opinion, port }: OpinionActionProps) {
  const place = { jobId, answerId: opinion.id };
  if (opinion.state.status === 'done') return null;
  return isSettled(opinion.state) ? (
    <Button key="retry" icon={<RetryIcon />} onClick={() => void port.call('job.retry', place)}>
      {i18n.t('job.retry')}
    </Button>
  ) : (
    <Button key="stop" icon={<StopIcon />} onClick={() => void port.call('job.stop', place)}>
      {i18n.t('job.stop')}
    </Button>
  );
}

interface OpinionProps {
  name: string;
  text: string;
  /** What it is held against. */
  other: string;
  language: string;
  onCopy?: () => Promise<boolean>;
  /** The state to announce, where this is new. */
  announced?: AnswerState;
}

function Opinion({ name, text, other, language, onCopy, announced }: OpinionProps) {
  // Not with each word that arrives somewhere else on the surface.
  const pieces = useMemo(() => piecesOf(text, other, language), [text, other, language]);
  const words = onlyWords(pieces);
  return (
    <article class="opinion">
      <h3>{name}</h3>
      <p class="job-words" dir="auto" lang={language}>
        {pieces.map(({ text: piece, only }, at) =>
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, never moved
          only ? <mark key={at}>{piece}</mark> : piece,
        )}
      </p>
      <p class="quiet-words">
        {words.length === 0 ? (
          i18n.t('opinion.nothingOnly')
        ) : (
          <>
            {i18n.t('opinion.only')} <bdi lang={language}>{words.join(', ')}</bdi>
          </>
        )}
      </p>
      {onCopy && <CopyButton onCopy={onCopy} />}
      {announced && <JobAnnouncer state={announced} />}
    </article>
  );
}

/** The model of a second opinion, as people know it. */
export function modelOf(answer: Answer): string {
  return answerModel(answer) ?? answer.using?.model ?? i18n.t('opinion.same');
}
