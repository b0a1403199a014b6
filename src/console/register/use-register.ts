import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { RegisterPage } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { type Filters, filterQuery } from '../filters.ts';
import { append, type Loaded, refresh } from './rows.ts';

export const PAGE_ROWS = 200;
/** Pokes closer together than this are one. */
const REFRESH_EVERY_MS = 500;

export interface Register {
  readonly loaded: Loaded | null;
  readonly failure: Failure | null;
  readonly readingMore: boolean;
  /** The rows are still those of other filters. */
  readonly stale: boolean;
  /** Rows that came in at the top since `seen` was called. */
  readonly fresh: number;
  readonly more: () => void;
  readonly again: () => void;
  readonly seen: () => void;
}

interface State {
  readonly query: string;
  readonly loaded: Loaded | null;
  readonly failure: Failure | null;
  readonly fresh: number;
}

/** The rows the filters name, page after page, kept fresh at each poke. */
export function useRegister(client: Client, filters: Filters, pokes: number): Register {
  const query = filterQuery(filters).toString();
  const [state, setState] = useState<State>({ query, loaded: null, failure: null, fresh: 0 });
  const [readingMore, setReadingMore] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const newest = useRef(filters);
  newest.current = filters;
  const life = useRef(new AbortController());

  useEffect(() => {
    const reading = new AbortController();
    life.current = reading;
    setReadingMore(false);
    // The rows of the old filters stay until the new ones are here: no flash of nothing.
    client.register(newest.current, null, PAGE_ROWS, reading.signal).then((answer) => {
      if (reading.signal.aborted) return;
      if (answer.ok) setState({ query, loaded: answer.value, failure: null, fresh: 0 });
      else setState((before) => ({ ...before, failure: answer.failure }));
    }, ignoreAbort);
    return () => reading.abort();
  }, [client, query, attempt]);

  const stale = state.loaded !== null && state.query !== query;
  // A poke reads again once, however many more come in the meantime. Without rows that fit (the
  // server was away) it reads as at the start.
  const fits = useRef(false);
  fits.current = state.loaded !== null && !stale;
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    if (pokes === 0 || waiting.current !== null) return;
    waiting.current = setTimeout(() => {
      waiting.current = null;
      if (!fits.current) return setAttempt((count) => count + 1);
      const asked = newest.current;
      const { signal } = life.current;
      client.register(asked, null, PAGE_ROWS, signal).then((answer) => {
        // What is shown stays when reading again fails; the line at the foot tells of the network.
        if (answer.ok && !signal.aborted) {
          setState((before) => refreshed(before, filterQuery(asked).toString(), answer.value));
        }
      }, ignoreAbort);
    }, REFRESH_EVERY_MS);
  }, [client, pokes]);
  useEffect(() => () => clearTimeout(waiting.current ?? undefined), []);

  const cursor = state.query === query ? state.loaded?.next : null;
  const more = useCallback(() => {
    const { signal } = life.current;
    if (!cursor || readingMore) return;
    setReadingMore(true);
    client.register(newest.current, cursor, PAGE_ROWS, signal).then((answer) => {
      if (signal.aborted) return;
      setReadingMore(false);
      setState((before) => {
        if (!answer.ok) return { ...before, failure: answer.failure };
        // Another page or a refresh was faster: its rows would not fit behind these.
        if (before.loaded?.next !== cursor) return before;
        return { ...before, loaded: append(before.loaded, answer.value), failure: null };
      });
    }, ignoreAbort);
  }, [client, cursor, readingMore]);

  const again = useCallback(() => {
    setState((before) => ({ ...before, failure: null }));
    // With rows in sight it was the next page that failed: the table asks for it again.
    if (cursor === undefined || stale) setAttempt((count) => count + 1);
  }, [cursor, stale]);
  const seen = useCallback(
    () => setState((before) => (before.fresh === 0 ? before : { ...before, fresh: 0 })),
    [],
  );
  const { loaded, failure, fresh } = state;
  return { loaded, failure, fresh, readingMore, stale, more, again, seen };
}

function refreshed(before: State, query: string, page: RegisterPage): State {
  if (!before.loaded || before.query !== query) return before;
  const { next, above } = refresh(before.loaded, page);
  return { query, loaded: next, failure: null, fresh: before.fresh + above };
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
