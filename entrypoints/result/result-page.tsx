/** One result, whole, with why it is here; or that it is gone. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Brand } from '../../components/controls/brand';
import { ProblemBars, type ProblemBarsProps } from '../../components/results/problem-bars';
import { ResultItem, type ResultEvents } from '../../components/results/result-item';
import { useClock } from '../../components/results/use-clock';
import type { Job } from '../../utils/core/jobs/job';

interface ResultPageProps extends ResultEvents, ProblemBarsProps {
  /** `undefined` until the background has told. */
  job: Job | 'missing' | undefined;
  /** Opened out of the history: there is nothing to explain. */
  fromHistory: boolean;
}

export function ResultPage({
  job,
  fromHistory,
  problem,
  historyProblem,
  ...results
}: ResultPageProps) {
  const now = useClock();
  const wasShown = useRef(false);
  if (typeof job === 'object') wasShown.current = true;
  return (
    <main class="column">
      <Brand />
      {job === undefined && <p class="loading">{i18n.t('popup.loading')}</p>}
      {job === 'missing' && <Missing wasShown={wasShown.current} />}
      {typeof job === 'object' && (
        <>
          {!fromHistory && <p class="result-note">{i18n.t('popup.notInjected')}</p>}
          <ResultItem job={job} now={now} shown alone {...results} />
        </>
      )}
      <ProblemBars problem={problem} historyProblem={historyProblem} />
    </main>
  );
}

/** Takes the focus where the result was deleted, together with the button that had it. */
function Missing({ wasShown }: { wasShown: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (wasShown) heading.current?.focus();
  }, [wasShown]);
  return (
    <div class={wasShown ? 'result-missing' : 'result-missing late'}>
      <h1 ref={heading} tabIndex={-1}>
        {i18n.t('popup.missing')}
      </h1>
      <a class="button plain" href="/description-history.html">
        {i18n.t('history.open')}
      </a>
    </div>
  );
}
