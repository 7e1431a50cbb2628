/** The page of a result, connected to the job and to the background. */
import { useLayoutEffect } from 'preact/hooks';
import { i18n } from '#i18n';
import { useJobs } from '../../components/job/use-jobs';
import { useHistoryProblem } from '../../components/results/use-history-problem';
import { useResultCalls } from '../../components/results/use-result-calls';
import { ResultPage } from './result-page';

interface AppProps {
  jobId: string;
  /** It was opened out of the history. */
  fromHistory: boolean;
}

export function App({ jobId, fromHistory }: AppProps) {
  const jobs = useJobs();
  const { problem, results } = useResultCalls();
  const historyProblem = useHistoryProblem(jobs);
  const job = jobs?.get(jobId);
  const name = job?.preset.name;

  // With the words, so that nobody finds the one without the other.
  useLayoutEffect(() => {
    const words = i18n.t('extension.name');
    document.title = name === undefined ? words : `${name} – ${words}`;
  }, [name]);

  return (
    <ResultPage
      job={jobs && (job ?? 'missing')}
      fromHistory={fromHistory}
      problem={problem}
      historyProblem={historyProblem}
      {...results}
    />
  );
}
