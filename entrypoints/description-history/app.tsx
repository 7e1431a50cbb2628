/** Connects the history's page to what is stored and to the background. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { saveFile } from '../../components/controls/save-file';
import { backUp, putBack } from '../../utils/browser/history/backup';
import { startAnew } from '../../utils/browser/history/database';
import type { HistoryFilter } from '../../utils/browser/history/entry';
import { exportHistory, type ExportFormat } from '../../utils/browser/history/export';
import { expiredBy, pruneHistory, readThumbnail } from '../../utils/browser/history/history';
import { importHistory } from '../../utils/browser/history/import';
import {
  readRetention,
  watchRetention,
  type RetentionChoice,
  type Retention,
} from '../../utils/browser/history/retention';
import { askBackground } from '../../utils/browser/messaging/call-background';
import { copyText } from '../../utils/page/copy-text';
import { HistoryPage, type LastAction } from './history-page';
import { useHistory } from './use-history';
import { plural } from '../../utils/browser/words/plural';

/** So many are deleted at once, so that others get their turn. */
const PIECE = 500;

export function App() {
  const [filter, setFilter] = useState<HistoryFilter>({});
  const view = useHistory(filter);
  const retention = useRetention();
  const [done, setDone] = useState<LastAction>();
  const [problem, setProblem] = useState<string>();

  /** Does something, and tells the person where it failed. */
  async function attempt(work: () => Promise<void>, failed: MessageKey = 'history.failedCall') {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      console.error(error);
      setDone(undefined);
      setProblem(messageOf(failed));
    }
    view.refresh();
  }

  async function open(jobId: string): Promise<void> {
    await askBackground('history.open', { jobId });
  }

  /** Deletes, and offers to put back what was deleted. */
  async function remove(ids: readonly string[], words: (count: number) => string): Promise<void> {
    const backup = await backUp(ids);
    for (let at = 0; at < ids.length; at += PIECE) {
      await askBackground('history.remove', { jobIds: ids.slice(at, at + PIECE) });
    }
    const onUndo = () =>
      void attempt(async () => {
        await putBack(backup);
        setDone({ words: i18n.t('history.undone') });
      });
    setDone({ words: words(ids.length), onUndo });
  }

  async function removeAll(): Promise<void> {
    setDone({ words: i18n.t('history.deleting') });
    await remove(await expiredBy({ kind: 'nothing' }, Date.now()), (count) =>
      plural('history.deletedAll', count),
    );
  }

  async function write(format: ExportFormat, onProgress: (count: number) => void) {
    const { file, count } = await exportHistory(format, onProgress);
    if (count > 0) saveFile(exportName(format, new Date()), file);
    return count;
  }

  async function keep(wanted: RetentionChoice): Promise<void> {
    // Whoever sees that the choice is of a newer Descry, and has confirmed another one, replaces it.
    const replacesUnknown = retention?.kind === 'unknown';
    await askBackground('retention.set', { retention: wanted, replacesUnknown });
    // The background does so too, when it hears of it; who chose it need not wait.
    await pruneHistory(wanted, Date.now());
    view.refresh();
  }

  return (
    <HistoryPage
      view={view}
      filter={filter}
      onFilter={setFilter}
      port={{
        copy: copyText,
        thumbnail: readThumbnail,
        open: (id) => void attempt(() => open(id), 'history.openFailed'),
        remove: (id) => void attempt(() => remove([id], () => i18n.t('history.deleted'))),
      }}
      retention={retention}
      wouldDelete={async (wanted) => (await expiredBy(wanted, Date.now())).length}
      onKeep={keep}
      onExport={write}
      onImport={async (file, onProgress) => {
        const now = { retention: await readRetention(), now: Date.now() };
        return await importHistory(file, { ...now, onProgress });
      }}
      onDeleteAll={() => void attempt(removeAll)}
      onStartAnew={() => void attempt(startAnew)}
      done={done}
      problem={problem}
    />
  );
}

function useRetention(): Retention | undefined {
  const [retention, setRetention] = useState<Retention>();
  useEffect(() => {
    const read = () => void readRetention().then(setRetention);
    read();
    return watchRetention(read);
  }, []);
  return retention;
}

/** What an exported file is called: "descry-history-2026-11-26.json". */
function exportName(format: ExportFormat, now: Date): string {
  const ending = format === 'markdown' ? 'md' : format;
  return `${i18n.t('history.file')}-${now.toISOString().slice(0, 10)}.${ending}`;
}
