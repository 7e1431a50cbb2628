/** Connects the popup to what is stored, to the background, and to the page it was opened over. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import { errorSentences } from '../../components/error-words';
import { createJobPort } from '../../components/job-port';
import type { MessageKey } from '../../components/message-key';
import { useConnections } from '../../components/use-connections';
import { useJobs } from '../../components/use-jobs';
import type { ErrorCode, Result } from '../../utils/errors';
import { backgroundCalls } from '../../utils/messaging/calls';
import { pickedPictureSchema, type PagePicture } from '../../utils/page/picture';
import { activeTabId } from './active-tab';
import { fileProblem, readFile } from './given-file';
import { Popup, type View } from './popup';
import { isPrivateWindow, seenJobs, usePrivateWindow } from './private-window';
import { useCompareTray } from './use-compare-tray';
import { useGivenFile } from './use-given-file';
import { useHistoryProblem } from './use-history-problem';
import { usePictures } from './use-pictures';
import { usePresets } from './use-presets';

interface AppProps {
  /** The job this page was opened for. */
  shownJobId: string | undefined;
  /** It was opened out of the history. */
  fromHistory?: boolean;
  firstView: View;
  /** In a tab of its own there is no page beneath. */
  inTab: boolean;
}

export function App({ shownJobId, fromHistory = false, firstView, inTab }: AppProps) {
  const [stored] = useConnections();
  const presets = usePresets();
  const isPrivate = usePrivateWindow();
  const chosen = useCompareTray(isPrivate);
  const [view, setView] = useState(firstView);
  const [list, look] = usePictures(view === 'pictures' && !inTab);
  const [askedJobId, setAskedJobId] = useState<string>();
  const jobs = seenJobs(useJobs(), isPrivate, [shownJobId, askedJobId]);
  const historyProblem = useHistoryProblem(jobs);
  const [giving, setGiving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const dragging = useGivenFile((file) => void give(file));

  /** Tells the person where a call failed; what it changes comes back through the feed. */
  async function call<T>(asked: Promise<Result<T>>, words?: MessageKey) {
    setProblem(undefined);
    const answer = await asked.catch(() => undefined);
    if (answer?.ok) return answer;
    setProblem(words ? i18n.t(words) : failureWords(answer?.code));
    return undefined;
  }

  const port = createJobPort(call);

  /** Asks, and shows the result once the question was taken. */
  async function describe(asked: Promise<Result<string>>): Promise<void> {
    const taken = await call(asked);
    if (!taken) return;
    setAskedJobId(taken.value);
    setView('results');
  }

  async function describePicture(picture: PagePicture): Promise<Result<string>> {
    return await backgroundCalls.sendMessage('picture.describe', await picked(picture));
  }

  async function compare(picture: PagePicture): Promise<Result<void>> {
    return await backgroundCalls.sendMessage('compare.add', await picked(picture));
  }

  async function describeView(): Promise<Result<string>> {
    return await backgroundCalls.sendMessage('view.describe', { tabId: await activeTabId() });
  }

  async function openPicker(): Promise<Result<void>> {
    return await backgroundCalls.sendMessage('picker.open', { tabId: await activeTabId() });
  }

  async function describeFile(file: File): Promise<Result<string>> {
    const [data, inPrivate] = await Promise.all([readFile(file), isPrivateWindow()]);
    const about = { ...data, ...(inPrivate ? { private: true } : {}) };
    return await backgroundCalls.sendMessage('file.describe', about);
  }

  async function give(file: File | undefined): Promise<void> {
    const wrong = fileProblem(file);
    setProblem(wrong);
    if (!file || wrong) return;
    setGiving(true);
    await describe(describeFile(file));
    setGiving(false);
  }

  /** Opens a view in a tab, where this page would close as a file is chosen. */
  function elsewhere(wanted: View): (() => void) | undefined {
    return import.meta.env.FIREFOX && !inTab
      ? () => openInTab(`/popup.html?tab#${wanted}`)
      : undefined;
  }

  return (
    <Popup
      view={view}
      onView={setView}
      pictures={{
        list: inTab ? undefined : list,
        onLook: look,
        onPick: () => void call(openPicker()).then((opened) => opened && window.close()),
        onView: () => void describe(describeView()),
        onDescribe: (picture) => void describe(describePicture(picture)),
        onCompare: (picture) => void call(compare(picture)),
        onFile: (file) => void give(file),
        onFileElsewhere: elsewhere('pictures'),
      }}
      dragging={dragging}
      giving={giving}
      jobs={jobs}
      tray={{
        chosen,
        onCompare: () =>
          void describe(backgroundCalls.sendMessage('compare.ask', { private: isPrivate })),
        onRemove: (id) =>
          void call(
            backgroundCalls.sendMessage(
              'compare.remove',
              id === undefined ? { private: isPrivate } : { id },
            ),
          ),
      }}
      shownJobId={shownJobId}
      fromHistory={fromHistory}
      historyProblem={historyProblem}
      askedJobId={askedJobId}
      connected={stored && stored.connections.length > 0}
      presets={{
        ...presets,
        connections: stored?.connections,
        onFileElsewhere: elsewhere('prompts'),
      }}
      onHistory={() => openInTab('/history.html')}
      problem={problem}
      port={port}
      onRemove={(jobId) => void call(backgroundCalls.sendMessage('job.remove', { jobId }))}
      onReveal={(jobId) =>
        void call(backgroundCalls.sendMessage('job.reveal', { jobId }), 'popup.revealFailed')
      }
    />
  );
}

/** A picture of the list as the background is told of it. */
async function picked(picture: PagePicture) {
  return { tabId: await activeTabId(), picture: v.parse(pickedPictureSchema, picture) };
}

/** What happened and what to do; where nothing is known, that it did not work. */
function failureWords(code: ErrorCode = 'unexpected'): string {
  if (code === 'unexpected') return i18n.t('popup.failed');
  if (code === 'imageBroken') return i18n.t('pictures.broken');
  return errorSentences(code);
}

function openInTab(path: string): void {
  const url = new URL(path, location.href).href;
  void browser.tabs.create({ url }).then(() => window.close());
}
