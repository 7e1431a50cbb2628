/** Connects the history's page to what is stored and to the background. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { formatNumber } from '../../components/format';
import type { MessageKey } from '../../components/message-key';
import { saveFile } from '../../components/save-file';
import type { Result } from '../../utils/errors';
import { backUp, putBack } from '../../utils/history/backup';
import { startAnew } from '../../utils/history/database';
import type { HistoryFilter } from '../../utils/history/entry';
import { exportHistory, type ExportFormat } from '../../utils/history/export';
import { outlivedBy, pruneHistory, readThumbnail } from '../../utils/history/history';
import { importHistory } from '../../utils/history/import';
import { readKeeping, saveKeeping, watchKeeping, type Keeping } from '../../utils/history/keeping';
import { backgroundCalls } from '../../utils/messaging/calls';
import { copyText } from '../../utils/page/copy-text';
import { exportName, exportWords } from './export-words';
import { HistoryPage, type Done } from './history-page';
import { useHistory } from './use-history';

/** So many are deleted at once, so that others get their turn. */
const PIECE = 500;

const send = backgroundCalls.sendMessage;

export function App() {
  const [filter, setFilter] = useState<HistoryFilter>({});
  const view = useHistory(filter);
  const keeping = useKeeping();
  const [done, setDone] = useState<Done>();
  const [problem, setProblem] = useState<string>();

  /** Does something, and tells the person where it failed. */
  async function attempt(work: () => Promise<void>, failed: MessageKey = 'history.failedCall') {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      console.error(error);
      setDone(undefined);
      setProblem(i18n.t(failed));
    }
    view.refresh();
  }

  async function open(jobId: string): Promise<void> {
    await succeeded(send('history.open', { jobId }));
  }

  /** Deletes, and offers to put back what was deleted. */
  async function remove(ids: readonly string[], words: (count: number) => string): Promise<void> {
    const backup = await backUp(ids);
    for (let at = 0; at < ids.length; at += PIECE) {
      await succeeded(send('history.remove', { jobIds: ids.slice(at, at + PIECE) }));
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
    await remove(await outlivedBy({ kind: 'nothing' }, Date.now()), (count) =>
      i18n.t('history.deletedAll', count, [formatNumber(count)]),
    );
  }

  async function write(format: ExportFormat, onProgress: (count: number) => void) {
    const { file, count } = await exportHistory(format, { words: exportWords(), onProgress });
    if (count > 0) saveFile(exportName(format, new Date()), file);
    return count;
  }

  async function keep(wanted: Keeping): Promise<void> {
    await saveKeeping(wanted);
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
        blocks: async (text) => {
          const answer = await send('text.blocks', { text });
          return answer.ok ? answer.value : undefined;
        },
        thumbnail: readThumbnail,
        open: (id) => void attempt(() => open(id), 'history.openFailed'),
        remove: (id) => void attempt(() => remove([id], () => i18n.t('history.deleted'))),
      }}
      keeping={keeping}
      wouldDelete={async (wanted) => (await outlivedBy(wanted, Date.now())).length}
      onKeep={keep}
      onExport={write}
      onImport={async (file, onProgress) => {
        const now = { keeping: await readKeeping(), now: Date.now() };
        return await importHistory(file, { ...now, words: exportWords(), onProgress });
      }}
      onDeleteAll={() => void attempt(removeAll)}
      onStartAnew={() => void attempt(startAnew)}
      done={done}
      problem={problem}
    />
  );
}

/** @throws {Error} where the background could not. */
async function succeeded(asked: Promise<Result<unknown>>): Promise<void> {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.code);
}

function useKeeping(): Keeping | undefined {
  const [keeping, setKeeping] = useState<Keeping>();
  useEffect(() => {
    const read = () => void readKeeping().then(setKeeping);
    read();
    return watchKeeping(read);
  }, []);
  return keeping;
}
