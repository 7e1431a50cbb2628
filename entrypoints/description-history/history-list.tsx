/** The list of what fits, newest first, with a word where there is none. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { formatNumber } from '../../utils/browser/words/format';
import { HistoryItem, type ItemPort } from './history-item';
import type { Found } from './use-history';
import { plural } from '../../utils/browser/words/plural';

interface HistoryListProps {
  found: Found;
  /** Whether anything is searched or filtered. */
  filtered: boolean;
  /** The history is to keep nothing. */
  keepsNothing: boolean;
  port: ItemPort;
  onMore: () => void;
}

export function HistoryList({ found, filtered, keepsNothing, port, onMore }: HistoryListProps) {
  const { entries, count, facets } = found;
  const moreFrom = useRef<number | undefined>(undefined);

  useLayoutEffect(() => {
    const first = moreFrom.current === undefined ? undefined : entries[moreFrom.current];
    if (!first) return;
    moreFrom.current = undefined;
    // On from where the list ended before.
    document.getElementById(`item-${first.id}`)?.focus({ preventScroll: true });
  }, [entries]);

  return (
    <>
      <p role="status" class="quiet-words history-count">
        {countWords(found, filtered)}
      </p>
      {entries.length === 0 && facets.count > 0 && (
        <div class="history-empty">
          <h2>{i18n.t('history.noneTitle')}</h2>
          <p class="quiet-words">{i18n.t('history.noneStep')}</p>
        </div>
      )}
      {facets.count === 0 && <Empty keepsNothing={keepsNothing} />}
      {entries.length > 0 && (
        <ol class="entries" aria-label={i18n.t('history.list')}>
          {entries.map((entry) => (
            <HistoryItem key={entry.id} entry={entry} port={port} />
          ))}
        </ol>
      )}
      {entries.length < count && (
        <Button
          onClick={() => {
            moreFrom.current = entries.length;
            onMore();
          }}
        >
          {i18n.t('history.more')}
        </Button>
      )}
    </>
  );
}

function countWords({ count, facets }: Found, filtered: boolean): string {
  if (!filtered) return plural('history.count', facets.count);
  return plural('history.found', count, formatNumber(facets.count));
}

/** Teaches how something comes here. */
function Empty({ keepsNothing }: { keepsNothing: boolean }) {
  return (
    <div class="history-empty">
      <h2>{i18n.t('history.emptyTitle')}</h2>
      {keepsNothing ? (
        <p>{i18n.t('history.emptyNothing')}</p>
      ) : (
        <>
          <p>
            {i18n.t('history.emptyStep')} <strong>{i18n.t('menu.describe')}</strong>
          </p>
          <p class="quiet-words">{i18n.t('history.emptyStays')}</p>
        </>
      )}
    </div>
  );
}
