/** Connects the welcome page to what is stored and to the background. */
import { connectionPort } from '../../components/connection-form/connection-port';
import { useConnections } from '../../components/use-connections';
import { useJobs } from '../../components/use-jobs';
import { backgroundCalls } from '../../utils/messaging/calls';
import { Welcome } from './welcome';

export function App() {
  const [stored, readStored] = useConnections();
  const jobs = useJobs();
  const waiting = [...(jobs?.values() ?? [])].filter(({ state }) => state.status === 'waiting');

  function reveal(jobId: string): void {
    backgroundCalls.sendMessage('job.reveal', { jobId }).catch(console.error);
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
