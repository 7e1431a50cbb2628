/** Connects the popup to what is stored, to the background, and to the page it was opened over. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { useConnections } from '../../components/connection/use-connections';
import { useJobs } from '../../components/job/use-jobs';
import { asResult, type Result } from '../../utils/core/errors';
import { callBackground } from '../../utils/browser/messaging/call-background';
import { pickedImageSchema, type PageImage } from '../../utils/page/page-image';
import { activeTabId } from '../../components/images/active-tab';
import { fileProblem, readFile } from '../../components/images/uploaded-file';
import { Popup, type View } from './popup';
import { isPrivateWindow, usePrivateWindow } from './private-window';
import { useComparisonTray } from './use-comparison-tray';
import { useUploadedFile } from '../../components/images/use-uploaded-file';
import { useResultCalls } from '../../components/results/use-result-calls';
import { useHistoryProblem } from '../../components/results/use-history-problem';
import { useImages } from '../../components/images/use-images';

interface AppProps {
  /** In a tab of its own, where a file can be chosen, there is no page beneath. */
  inTab: boolean;
}

export function App({ inTab }: AppProps) {
  const [stored] = useConnections();
  const isPrivate = usePrivateWindow();
  const chosen = useComparisonTray(isPrivate);
  const [view, setView] = useState<View>(inTab ? 'images' : 'results');
  const [list, look] = useImages(view === 'images' && !inTab);
  const [askedJobId, setAskedJobId] = useState<string>();
  const jobs = useJobs();
  const historyProblem = useHistoryProblem(jobs);
  const [giving, setGiving] = useState(false);
  const { problem, setProblem, call, results } = useResultCalls();
  const dragging = useUploadedFile((file) => void give(file));

  /** Asks, and shows the result once the question was taken. */
  async function describe(asked: Promise<Result<string>>): Promise<void> {
    const taken = await call(asked);
    if (!taken.ok) return;
    setAskedJobId(taken.value);
    setView('results');
  }

  async function describeImage(image: PageImage): Promise<Result<string>> {
    return await callBackground('image.describe', await picked(image));
  }

  async function compare(image: PageImage): Promise<Result<void>> {
    return await callBackground('compare.add', await picked(image));
  }

  async function describeView(): Promise<Result<string>> {
    return await callBackground('view.describe', { tabId: await activeTabId() });
  }

  async function openPicker(): Promise<Result<void>> {
    return await callBackground('picker.open', { tabId: await activeTabId() });
  }

  async function describeFile(file: File): Promise<Result<string>> {
    const read = await asResult(() => readFile(file));
    if (!read.ok) return read;
    const about = { ...read.value, ...((await isPrivateWindow()) ? { private: true } : {}) };
    return await callBackground('file.describe', about);
  }

  async function give(file: File | undefined): Promise<void> {
    const wrong = fileProblem(file);
    setProblem(wrong);
    if (!file || wrong) return;
    setGiving(true);
    await describe(describeFile(file));
    setGiving(false);
  }

  /** Opens a page in a tab, where this page would close as a file is chosen. */
  function elsewhere(path: string): (() => void) | undefined {
    return import.meta.env.FIREFOX && !inTab ? () => openInTab(path) : undefined;
  }

  return (
    <Popup
      view={view}
      onView={setView}
      images={{
        list: inTab ? undefined : list,
        onLook: look,
        onPick: () => void call(openPicker()).then((opened) => opened.ok && window.close()),
        onView: () => void describe(describeView()),
        onDescribe: (image) => void describe(describeImage(image)),
        onCompare: (image) => void call(compare(image)),
        onFile: (file) => void give(file),
        onFileElsewhere: elsewhere('/popup.html?tab'),
      }}
      dragging={dragging}
      giving={giving}
      jobs={jobs}
      tray={{
        chosen,
        onCompare: () => void describe(callBackground('compare.ask', { private: isPrivate })),
        onRemove: (id) =>
          void call(
            callBackground('compare.remove', id === undefined ? { private: isPrivate } : { id }),
          ),
      }}
      historyProblem={historyProblem}
      askedJobId={askedJobId}
      connected={stored && stored.connections.length > 0}
      presets={{
        connections: stored?.connections,
        onFileElsewhere: elsewhere('/presets.html'),
      }}
      onHistory={() => openInTab('/description-history.html')}
      problem={problem}
      {...results}
    />
  );
}

/** An image of the list, as it is sent to the background. */
async function picked(image: PageImage) {
  return { tabId: await activeTabId(), image: v.parse(pickedImageSchema, image) };
}

function openInTab(path: string): void {
  const url = new URL(path, location.href).href;
  void browser.tabs.create({ url }).then(() => window.close());
}
