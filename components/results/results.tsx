/** What was described in this session, newest first. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Job } from '../../utils/core/jobs/job';
import { ResultItem, type ResultEvents } from './result-item';

export interface ResultsProps extends ResultEvents {
  /** Whether to say what to do where there is no result yet. */
  teaches?: boolean;
  /** Newest first; `undefined` until the background has told. */
  jobs: ReadonlyMap<string, Job> | undefined;
  /** The job this page was opened for: shown whole, and heard. */
  shownJobId?: string | undefined;
  /** That job was opened out of the history: there is nothing to explain. */
  fromHistory?: boolean;
  /** The job that was just asked for here: it opens, takes the focus, and is heard. */
  askedJobId?: string | undefined;
}

/** "5 minutes ago" needs no finer clock. */
const CLOCK_MS = 30_000;

export function Results({
  jobs,
  teaches = true,
  shownJobId,
  fromHistory = false,
  askedJobId,
  ...events
}: ResultsProps) {
  const now = useClock();
  if (!jobs) return <p class="popup-loading">{i18n.t('popup.loading')}</p>;

  const shown = shownJobId === undefined ? undefined : jobs.get(shownJobId);
  return (
    <>
      {shownJobId !== undefined && !(shown && fromHistory) && (
        <p class="popup-note">{i18n.t(shown ? 'popup.notInjected' : 'popup.missing')}</p>
      )}
      {jobs.size === 0 ? (
        teaches && <Empty />
      ) : (
        <ol class="results">
          {[...jobs.values()].map((job) => (
            <ResultItem
              key={job.id}
              job={job}
              now={now}
              shown={job === shown || job.id === askedJobId}
              {...events}
            />
          ))}
        </ol>
      )}
    </>
  );
}

/** Teaches the one thing there is to know. */
function Empty() {
  return (
    <div class="popup-empty">
      <div class="popup-empty-menu" aria-hidden="true">
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

function useClock(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
