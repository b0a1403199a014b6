// What a page reads of the server: at once, again at pokes, and when somebody asks again.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, Failure } from './client.ts';

export interface ReadingOptions {
  /** Counts up whenever something came in. */
  readonly pokes?: number;
  /** ms; readings for pokes are at least this far apart. */
  readonly everyMs?: number;
  readonly onSignedOut?: () => void;
}

export interface Reading<T> {
  /** Stays while it is read again, and where that fails. null: not read yet. */
  readonly value: T | null;
  /** Of the newest reading; signed out is told to `onSignedOut` alone, where there is one. */
  readonly failure: Failure | null;
  readonly again: () => void;
  /** What an act of this page changed, before it is read again. */
  readonly change: (by: (value: T) => T) => void;
  /** An act's answer that is the new value, or its failure. Whether it went well. */
  readonly take: (answer: Answer<T>) => boolean;
  /** The same of an act that answers something else. */
  readonly tell: (answer: Answer<unknown>) => boolean;
}

interface State<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
}

/**
 * @param ask another function is another question: the answer to the one before counts no more. It
 * stays the same (useCallback, useMemo) where the question does. null: there is nothing to ask yet.
 */
export function useReading<T>(
  ask: (() => Promise<Answer<T>>) | null,
  { pokes = 0, everyMs = 0, onSignedOut }: ReadingOptions = {},
): Reading<T> {
  const [{ value, failure }, setState] = useState<State<T>>({ value: null, failure: null });
  const reader = useRef<Reader | null>(null);
  const signedOut = useRef(onSignedOut);
  signedOut.current = onSignedOut;
  const poked = useRef(pokes);
  const tell = useCallback((answer: Answer<unknown>) => {
    const failure = answer.ok ? null : answer.failure;
    if (failure?.is === 'signed-out' && signedOut.current) signedOut.current();
    else setState((before) => ({ ...before, failure }));
    return answer.ok;
  }, []);
  const change = useCallback((by: (value: T) => T) => {
    reader.current?.outdate();
    setState((before) => (before.value === null ? before : { ...before, value: by(before.value) }));
  }, []);
  const show = useCallback(
    (answer: Answer<T>) => {
      if (!answer.ok) return tell(answer);
      setState({ value: answer.value, failure: null });
      return true;
    },
    [tell],
  );
  const take = useCallback(
    (answer: Answer<T>) => {
      if (answer.ok) reader.current?.outdate();
      return show(answer);
    },
    [show],
  );
  useEffect(() => {
    if (ask === null) return;
    const mine = createReader(async (isCurrent) => {
      const answer = await ask();
      if (isCurrent()) show(answer);
    }, everyMs);
    reader.current = mine;
    mine.read();
    return () => mine.stop();
  }, [ask, everyMs, show]);
  useEffect(() => {
    if (poked.current === pokes) return;
    poked.current = pokes;
    reader.current?.readLater();
  }, [pokes]);
  const again = useCallback(() => reader.current?.read(), []);
  return { value, failure, again, change, take, tell };
}

/** Two questions as one: answered when both are, failed when one is. */
export async function both<A, B>(
  first: Promise<Answer<A>>,
  second: Promise<Answer<B>>,
): Promise<Answer<readonly [A, B]>> {
  const [a, b] = await Promise.all([first, second]);
  if (!a.ok) return a;
  return b.ok ? { ok: true, value: [a.value, b.value] } : b;
}

type Reader = ReturnType<typeof createReader>;

/**
 * One reading at a time. What is asked for while one is under way is read after it: a page that is
 * poked faster than it is answered would otherwise show nothing.
 */
function createReader(read: (isCurrent: () => boolean) => Promise<void>, everyMs: number) {
  let isOver = false;
  let isReading = false;
  let isDue = false;
  let isOutdated = false;
  let begunAt = Number.NEGATIVE_INFINITY;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  async function begin() {
    clearTimeout(waiting);
    waiting = undefined;
    isReading = true;
    isDue = false;
    isOutdated = false;
    begunAt = performance.now();
    try {
      await read(() => !isOver && !isOutdated);
    } finally {
      isReading = false;
      if (isDue && !isOver) readLater();
    }
  }

  function readLater() {
    if (isReading) isDue = true;
    else if (waiting === undefined) {
      const wait = Math.max(0, begunAt + everyMs - performance.now());
      waiting = setTimeout(() => void begin(), wait);
    }
  }

  return {
    readLater,
    read: () => (isReading ? readLater() : void begin()),
    /** What is under way was asked before something was changed: it is read again. */
    outdate() {
      if (isReading) {
        isOutdated = true;
        isDue = true;
      }
    },
    stop() {
      isOver = true;
      clearTimeout(waiting);
    },
  };
}
