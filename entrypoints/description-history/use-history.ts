/** The entries that fit, as many as are shown, live; each search ends the one before. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { errorCode, type ErrorCode } from '../../utils/core/errors';
import { watchHistory } from '../../utils/browser/history/changes';
import type { Entry, HistoryFilter } from '../../utils/browser/history/entry';
import { historyFacets } from '../../utils/browser/history/history';
import { createSearch } from '../../utils/browser/history/search';

const PAGE = 50;
/** A search begins once the person pauses. */
const TYPING_MS = 120;
/** While an answer streams, it changes several times in a second. */
const CHANGES_MS = 1_000;

export type Facets = Awaited<ReturnType<typeof historyFacets>>;

export interface Found {
  entries: readonly Entry[];
  /** How many fit. */
  count: number;
  facets: Facets;
}

export type HistoryState =
  { status: 'opening' } | { status: 'failed'; code: ErrorCode } | ({ status: 'found' } & Found);

export interface HistoryView {
  state: HistoryState;
  /** Shows the next page. */
  more: () => void;
  /** Reads what is shown again. */
  refresh: () => void;
}

export function useHistory(filter: HistoryFilter): HistoryView {
  const [state, setState] = useState<HistoryState>({ status: 'opening' });
  const [search] = useState(() => createSearch());
  const known = useRef<Facets | undefined>(undefined);
  const shown = useRef(PAGE);
  const running = useRef<AbortController | undefined>(undefined);
  const latest = useRef(filter);
  latest.current = filter;

  async function run(work: (signal: AbortSignal) => Promise<Found>): Promise<void> {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    try {
      const found = await work(signal);
      if (!signal.aborted) setState({ status: 'found', ...found });
    } catch (error) {
      if (!signal.aborted) setState({ status: 'failed', code: errorCode(error) });
    }
  }

  /** @param changed whether the history has changed, or may have. */
  function read(changed: boolean): void {
    if (changed) search.forget();
    void run(async (signal) => {
      const [page, facets] = await Promise.all([
        search.find(latest.current, { limit: shown.current, signal }),
        (changed ? undefined : known.current) ?? historyFacets(),
      ]);
      known.current = facets;
      return { ...page, facets };
    });
  }

  const reads = useRef(read);
  reads.current = read;

  function more(): void {
    if (state.status !== 'found') return;
    const { entries, facets } = state;
    void run(async (signal) => {
      const page = await search.find(latest.current, { skip: entries.length, limit: PAGE, signal });
      shown.current = entries.length + page.entries.length;
      return { entries: [...entries, ...page.entries], count: page.count, facets };
    });
  }

  const wanted = JSON.stringify(filter);
  useEffect(() => {
    shown.current = PAGE;
    const timer = setTimeout(() => reads.current(false), TYPING_MS);
    return () => clearTimeout(timer);
  }, [wanted]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        reads.current(true);
      }, CHANGES_MS);
    };
    const now = () => reads.current(true);
    const end = watchHistory(soon);
    window.addEventListener('focus', now);
    return () => {
      end();
      clearTimeout(timer);
      running.current?.abort();
      window.removeEventListener('focus', now);
    };
  }, []);

  return { state, more, refresh: () => read(true) };
}
