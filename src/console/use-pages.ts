// A list that is shown page by page: read again at pokes as far as it is shown, not from its beginning.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, Failure } from './client.ts';

interface Page<N> {
  /** Where the next ones begin; null: these were the last. */
  readonly next: N | null;
}

/** The newest answer, with all pages in it, and the question it is the answer to. */
export type Pages<A> = A & { readonly of: unknown };

/**
 * @param ask another function is another list. It stays the same (useCallback) where the list does.
 * @param join what was read before, with what comes after it; defined once
 */
export function usePages<N, A extends Page<N>>(
  ask: (next: N | null) => Promise<Answer<A>>,
  join: (before: A, more: A) => A,
  { pokes, onSignedOut }: { readonly pokes: number; readonly onSignedOut: () => void },
) {
  const [found, setFound] = useState<Pages<A> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const shown = useRef({ of: ask, pages: 1 });
  /** What is being read, and whether it is to be read once more after that. */
  const reading = useRef<{ readonly of: unknown; isDue: boolean } | null>(null);
  const read = useCallback(async () => {
    if (reading.current?.of === ask) {
      reading.current.isDue = true;
      return;
    }
    const mine = { of: ask, isDue: false };
    reading.current = mine;
    if (shown.current.of !== ask) shown.current = { of: ask, pages: 1 };
    let all: A | null = null;
    let why: Failure | null = null;
    for (let page = 0; page < shown.current.pages; page += 1) {
      const answer: Answer<A> = await ask(all?.next ?? null);
      // Another list is asked for by now.
      if (reading.current !== mine) return;
      if (!answer.ok) {
        why = answer.failure;
        break;
      }
      all = all === null ? answer.value : join(all, answer.value);
      if (all.next === null) break;
    }
    reading.current = null;
    if (why === null && all !== null) setFound({ ...all, of: ask });
    if (why?.is === 'signed-out') onSignedOut();
    setFailure(why);
    if (mine.isDue) void read();
  }, [ask, join, onSignedOut]);
  // Gone, it asks nothing more.
  useEffect(
    () => () => {
      reading.current = { of: null, isDue: false };
    },
    [],
  );
  useEffect(() => void read(), [read, pokes]);
  function more() {
    shown.current = { of: ask, pages: shown.current.pages + 1 };
    void read();
  }
  return { found, failure, again: () => void read(), more };
}
