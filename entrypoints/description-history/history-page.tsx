/** The history as a person sees it: search, the list, how long it is kept, files, and an end. */
import { useEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Brand } from '../../components/controls/brand';
import { AlertIcon } from '../../components/controls/icons';
import type { HistoryFilter } from '../../utils/browser/history/entry';
import type { Retention } from '../../utils/browser/history/retention';
import { DeleteAll } from './delete-all';
import { Filters } from './filters';
import type { ItemPort } from './history-item';
import { HistoryList } from './history-list';
import { HistoryProblem } from './history-problem';
import { RetentionForm, retentionWords, type RetentionFormProps } from './retention-form';
import { Transfer, type TransferProps } from './transfer';
import type { HistoryView } from './use-history';

/** What was just deleted or restored, as a text. */
export interface LastAction {
  words: string;
  /** Absent where there is nothing to undo. */
  onUndo?: () => void;
}

export interface HistoryPageProps extends TransferProps, Pick<RetentionFormProps, 'wouldDelete'> {
  view: HistoryView;
  filter: HistoryFilter;
  onFilter: (filter: HistoryFilter) => void;
  port: ItemPort;
  /** `undefined` until it has been read. */
  retention: Retention | undefined;
  onKeep: RetentionFormProps['onKeep'];
  onDeleteAll: () => void;
  onStartAnew: () => void;
  done: LastAction | undefined;
  /** What a call just failed with, as a text. */
  problem: string | undefined;
}

export function HistoryPage(props: HistoryPageProps) {
  const { view, filter, onFilter, port, retention, done, problem } = props;
  const { state } = view;
  return (
    <main class="sheet history">
      <Brand />
      <h1>{i18n.t('history.title')}</h1>
      <p class="lead">{i18n.t('history.lead')}</p>
      {state.status === 'opening' && <p class="history-opening">{i18n.t('history.loading')}</p>}
      {state.status === 'failed' && (
        <HistoryProblem code={state.code} onRetry={view.refresh} onStartAnew={props.onStartAnew} />
      )}
      {state.status === 'found' && (
        <div class="history-columns">
          <Filters filter={filter} facets={state.facets} onFilter={onFilter} />
          <div class="history-tools">
            {retention && (
              <details>
                <summary>
                  {i18n.t('history.retention')}
                  <span class="quiet-words">
                    {i18n.t('history.retentionNow', [retentionWords(retention)])}
                  </span>
                </summary>
                <RetentionForm
                  retention={retention}
                  wouldDelete={props.wouldDelete}
                  onKeep={props.onKeep}
                />
              </details>
            )}
            <details>
              <summary>{i18n.t('history.transfer')}</summary>
              <Transfer onExport={props.onExport} onImport={props.onImport} />
            </details>
            {state.facets.count > 0 && (
              <details>
                <summary>{i18n.t('history.deleteAllTitle')}</summary>
                <DeleteAll onDelete={props.onDeleteAll} />
              </details>
            )}
          </div>
          <div class="history-found">
            <HistoryList
              found={state}
              filtered={Object.keys(filter).length > 0}
              keepsNothing={retention?.kind === 'nothing'}
              port={port}
              onMore={view.more}
            />
          </div>
        </div>
      )}
      <DoneBar done={done} />
      <div role="alert">
        {problem && (
          <p class="history-bar danger">
            <AlertIcon />
            {problem}
          </p>
        )}
      </div>
    </main>
  );
}

function DoneBar({ done }: { done: LastAction | undefined }) {
  const undo = useRef<HTMLButtonElement>(null);
  // The focused button went with what was deleted.
  useEffect(() => undo.current?.focus({ preventScroll: true }), [done]);
  return (
    <div role="status">
      {done && (
        <div class="history-bar">
          <p>{done.words}</p>
          {done.onUndo && (
            <Button ref={undo} onClick={done.onUndo}>
              {i18n.t('history.undo')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
