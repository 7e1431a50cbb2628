/** Connects the welcome page to what is stored and to the background. */
import { connectionPort } from '../../components/connection/connection-port';
import { useConnections } from '../../components/connection/use-connections';
import { useJobs } from '../../components/job/use-jobs';
import { answersOf } from '../../utils/core/jobs/turns';
import { callBackground } from '../../utils/browser/messaging/call-background';
import { Welcome } from './welcome';

export function App() {
  const [stored, readStored] = useConnections();
  const jobs = useJobs();
  const waiting = [...(jobs?.values() ?? [])].filter((job) =>
    answersOf(job).some(({ state }) => state.status === 'waiting'),
  );

  function reveal(jobId: string): void {
    void callBackground('job.reveal', { jobId });
  }

  return (
    <Welcome
      stored={stored}
      port={connectionPort}
      waiting={waiting.length}
      onStoredChange={readStored}
      onReveal={reveal}
    />
  );
}
