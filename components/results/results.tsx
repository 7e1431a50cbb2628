/** What was described in this session, newest first. */
import { useMemo } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Job } from '../../utils/core/jobs/job';
import { ResultItem, type ResultEvents, type ResultItemProps } from './result-item';
import { useClock } from './use-clock';

export interface ResultsProps extends ResultEvents {
  /** Whether to say what to do where there is no result yet. */
  teaches?: boolean;
  /** Newest first; `undefined` until the background has told. */
  jobs: ReadonlyMap<string, Job> | undefined;
  /** The job that was just asked for here: it opens, takes the focus, and is heard. */
  askedJobId?: string | undefined;
}

export function Results({ jobs, teaches = true, askedJobId, ...events }: ResultsProps) {
  const now = useClock();
  if (!jobs) return <p class="loading">{i18n.t('popup.loading')}</p>;
  if (jobs.size === 0) return teaches ? <Empty /> : null;
  return (
    <ol class="results">
      {[...jobs.values()].map((job) => (
        <SteadyItem key={job.id} job={job} now={now} shown={job.id === askedJobId} {...events} />
      ))}
    </ol>
  );
}

/** Drawn anew only where something of it changed: words come for one while hundreds are shown. */
function SteadyItem({ job, now, shown, port, onRemove, onReveal }: ResultItemProps) {
  return useMemo(
    () => (
      <ResultItem
        job={job}
        now={now}
        shown={shown}
        port={port}
        onRemove={onRemove}
        onReveal={onReveal}
      />
    ),
    [job, now, shown, port, onRemove, onReveal],
  );
}

/** Teaches the one thing there is to know. */
function Empty() {
  return (
    <div class="results-empty">
      <div class="results-empty-menu" aria-hidden="true">
        <span />
        <span />
        <strong>{i18n.t('menu.describe')}</strong>
        <span />
      </div>
      <h2>{i18n.t('popup.emptyTitle')}</h2>
      <p>
        {i18n.t('popup.emptyStep')} <strong>{i18n.t('menu.describe')}</strong>
      </p>
      <p class="quiet-words">{i18n.t('popup.emptyStays')}</p>
    </div>
  );
}
