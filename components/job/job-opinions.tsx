/** Answers to the same question side by side, with what one says and the other does not marked: in
 * colour, and in words. */
import { useMemo } from 'preact/hooks';
import { i18n } from '#i18n';
import { languageOf } from '../../utils/core/jobs/conversation';
import { onlyWords, piecesOf } from '../../utils/core/jobs/differences';
import { isSettled, textOf, type Job } from '../../utils/core/jobs/job';
import { Button } from '../controls/button';
import { CopyButton } from '../controls/copy-button';
import { RetryIcon, StopIcon } from '../controls/icons';
import { JobAnnouncer } from './job-announcer';
import { JobBody } from './job-body';
import type { JobPort } from './job-port';

interface JobOpinionsProps {
  job: Job;
  /** Of the same question, oldest first. */
  opinions: readonly Job[];
  port: JobPort;
}

/** Nothing where no second opinion was asked for. */
export function JobOpinions({ job, opinions, port }: JobOpinionsProps) {
  if (opinions.length === 0) return null;
  const done = opinions.filter(({ state }) => state.status === 'done');
  const first = textOf(job.state);
  const language = languageOf(job);
  // What any of the others says is not only here.
  const others = done.map(({ state }) => textOf(state)).join('\n');
  return (
    <section class="opinions" aria-label={i18n.t('opinion.sideBySide')}>
      {done.length > 0 && job.state.status === 'done' && (
        <Opinion name={modelOf(job)} text={first} other={others} language={language} />
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
            announced={opinion}
          />
        ) : (
          <article key={opinion.id} class="opinion">
            <h3>{modelOf(opinion)}</h3>
            <JobBody job={opinion} />
            {isSettled(opinion.state) ? (
              <Button
                icon={<RetryIcon />}
                onClick={() => void port.call('job.retry', { jobId: opinion.id })}
              >
                {i18n.t('job.retry')}
              </Button>
            ) : (
              <Button
                icon={<StopIcon />}
                onClick={() => void port.call('job.stop', { jobId: opinion.id })}
              >
                {i18n.t('job.stop')}
              </Button>
            )}
            <JobAnnouncer job={opinion} />
          </article>
        ),
      )}
    </section>
  );
}

interface OpinionProps {
  name: string;
  text: string;
  /** What it is held against. */
  other: string;
  language: string;
  onCopy?: () => Promise<boolean>;
  /** The job to tell of, where this is new. */
  announced?: Job;
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
      {announced && <JobAnnouncer job={announced} />}
    </article>
  );
}

/** As the server named it, else as it was asked. */
function modelOf({ state, using }: Job): string {
  if (state.status === 'done') return state.model;
  const sent = 'sent' in state ? state.sent?.model : undefined;
  return sent ?? using?.model ?? i18n.t('opinion.same');
}
