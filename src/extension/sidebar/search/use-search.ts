import { useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../../messages/result.ts';
import type { SearchFilters, SearchHit } from '../../messages/search-calls.ts';
import type { Sidebar } from '../model.ts';

/** Keys come faster than anybody reads. */
const WAIT_MS = 60;
export const FIRST = 20;
export const MORE = 50;

export interface Asked {
  readonly words: string;
  readonly filters: SearchFilters;
}

export interface Answer extends Asked {
  readonly hits: readonly SearchHit[];
  readonly total: number;
  readonly left: number;
}

/** What was asked last and what came of it, for whoever comes back from a card. */
const last = new WeakMap<Sidebar, { asked: Asked; answer: Answer | null }>();

export function useSearch(sidebar: Sidebar) {
  const before = last.get(sidebar);
  const [asked, setAsked] = useState<Asked>(before?.asked ?? { words: '', filters: {} });
  const [answer, setAnswer] = useState<Answer | null>(before?.answer ?? null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = useRef(0);

  const ask = async (count: number) => {
    turn.current += 1;
    const mine = turn.current;
    const { words, filters } = asked;
    const payload = { words, filters, order: 'best', from: 0, count } as const;
    const reply = await sidebar.core.call('search', payload);
    if (turn.current !== mine) return;
    setFailure(reply.ok ? null : reply.error);
    if (reply.ok) setAnswer({ ...asked, ...reply.value });
  };
  useEffect(() => {
    last.set(sidebar, { asked, answer });
  }, [sidebar, asked, answer]);
  const isFresh = answer?.words === asked.words && answer.filters === asked.filters;
  useEffect(() => {
    if (isFresh) return;
    const timer = setTimeout(() => void ask(FIRST), WAIT_MS);
    return () => clearTimeout(timer);
  }, [asked, isFresh]);
  const more = () => void ask(Math.min(200, (answer?.hits.length ?? 0) + MORE));
  return { asked, setAsked, answer, failure, isFresh, more };
}
