import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../messages/result.ts';
import type { SearchFilters, SearchHit } from '../messages/search-calls.ts';
import type { NotebookClient } from './client.ts';

export interface Asked {
  readonly words: string;
  readonly filters: SearchFilters;
  readonly order: 'best' | 'newest';
}

export interface Notebook {
  /** null: not answered yet. */
  readonly total: number | null;
  readonly left: number;
  readonly failure: Failure | null;
  readonly rowAt: (row: number) => SearchHit | undefined;
  /** These rows are to be shown. */
  readonly need: (start: number, end: number) => void;
  readonly again: () => void;
}

const PAGE = 100;
const TYPING_MS = 80;
/** Pages kept: what was scrolled past long ago is asked for again. */
const KEPT = 40;

/** The rows that are looked at, page by page, out of as many as there are. */
export function useNotebook(client: NotebookClient, asked: Asked): Notebook {
  const [total, setTotal] = useState<number | null>(null);
  const [left, setLeft] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [, redraw] = useState(0);
  const pages = useRef(new Map<number, readonly SearchHit[]>());
  const asking = useRef(new Set<number>());
  const turn = useRef(0);
  const sight = useRef<readonly [number, number]>([0, PAGE]);
  const question = useRef(asked);
  question.current = asked;

  const read = useCallback(
    async (page: number, fresh?: Map<number, readonly SearchHit[]>) => {
      const mine = turn.current;
      asking.current.add(page);
      const payload = { ...question.current, from: page * PAGE, count: PAGE };
      const reply = await client.call('search', payload);
      if (turn.current !== mine) return;
      asking.current.delete(page);
      setFailure(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      if (fresh !== undefined) pages.current = fresh;
      pages.current.set(page, reply.value.hits);
      for (const old of pages.current.keys()) {
        if (pages.current.size <= KEPT) break;
        pages.current.delete(old);
      }
      setTotal(reply.value.total);
      setLeft(reply.value.left);
      redraw((times) => times + 1);
    },
    [client],
  );
  const need = useCallback(
    (start: number, end: number) => {
      sight.current = [start, end];
      for (let page = Math.floor(start / PAGE); page * PAGE < end; page += 1) {
        if (!pages.current.has(page) && !asking.current.has(page)) void read(page);
      }
    },
    [read],
  );
  /** What is in sight anew; the old rows stand until the new ones are here. */
  const again = useCallback(() => {
    turn.current += 1;
    asking.current.clear();
    const fresh = new Map<number, readonly SearchHit[]>();
    const [start, end] = sight.current;
    for (let page = Math.floor(start / PAGE); page * PAGE < Math.max(end, start + 1); page += 1) {
      void read(page, fresh);
    }
  }, [read]);

  useEffect(() => {
    sight.current = [0, PAGE];
    const timer = setTimeout(again, TYPING_MS);
    return () => clearTimeout(timer);
  }, [again, asked]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(again, TYPING_MS);
    };
    const stop = client.events(({ event }) => (event === 'changed' ? soon() : undefined), soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, again]);
  // While records that came in are being read, the list fills by itself.
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(again, 2_000);
    return () => clearTimeout(timer);
  }, [left, again, total]);
  const rowAt = (row: number) => pages.current.get(Math.floor(row / PAGE))?.[row % PAGE];
  return { total, left, failure, rowAt, need, again };
}
