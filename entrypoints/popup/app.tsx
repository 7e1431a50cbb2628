/** Connects the popup to what is stored and to the background. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { useConnections } from '../../components/use-connections';
import { useJobs } from '../../components/use-jobs';
import type { Result } from '../../utils/errors';
import { backgroundCalls } from '../../utils/messaging/calls';
import type { MessageKey } from '../../components/message-key';
import { copyText } from '../../utils/page/copy-text';
import { Popup, type View } from './popup';
import { usePresets } from './use-presets';

interface AppProps {
  /** The job this page was opened for. */
  shownJobId: string | undefined;
  view: View;
}

export function App({ shownJobId, view }: AppProps) {
  const jobs = useJobs();
  const [stored] = useConnections();
  const presets = usePresets();
  const [problem, setProblem] = useState<MessageKey>();

  /** Tells the person where a call failed; what it changes comes back through the feed. */
  async function call(asked: Promise<Result<void>>, words: MessageKey = 'popup.failed') {
    setProblem(undefined);
    const answer = await asked.catch(() => undefined);
    if (!answer?.ok) setProblem(words);
  }

  return (
    <Popup
      view={view}
      jobs={jobs}
      shownJobId={shownJobId}
      connected={stored && stored.connections.length > 0}
      presets={presets}
      problem={problem && i18n.t(problem)}
      onStop={(jobId) => void call(backgroundCalls.sendMessage('job.stop', { jobId }))}
      onRetry={(jobId, longer) =>
        void call(backgroundCalls.sendMessage('job.retry', { jobId, longer }))
      }
      onRemove={(jobId) => void call(backgroundCalls.sendMessage('job.remove', { jobId }))}
      onReveal={(jobId) =>
        void call(backgroundCalls.sendMessage('job.reveal', { jobId }), 'popup.revealFailed')
      }
      onCopy={copyText}
      onOpenSettings={(page) => void call(backgroundCalls.sendMessage('settings.open', { page }))}
    />
  );
}
