import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CallsView } from '../messages/call-views.ts';
import type { Failure, Result } from '../messages/result.ts';
import type { CallsClient } from './client.ts';

export interface Calls {
  readonly view: CallsView | null;
  readonly failure: Failure | null;
  /** Rises whenever something about calls may be another than it was told. */
  readonly news: number;
}

/** What runs and what waits, as it is now. */
export function useCalls(client: CallsClient): Calls {
  const [news, setNews] = useState(0);
  const { value, failure } = useAnswer(() => client.call('calls', {}), [client, news]);
  useEffect(() => {
    const more = () => setNews((count) => count + 1);
    const hear = ({ event }: { event: string }) => {
      if (event === 'calls' || event === 'changed') more();
    };
    return client.events(hear, more);
  }, [client]);
  return { view: value, failure, news };
}

export interface Answered<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly set: (value: T) => void;
  readonly again: () => void;
}

/** Asks, and asks again when one of these changes; a later answer is never overtaken by an earlier. */
export function useAnswer<T>(ask: () => Promise<Result<T>>, when: readonly unknown[]): Answered<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = useRef(0);
  const question = useRef(ask);
  question.current = ask;
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    void question.current().then((answer) => {
      if (turn.current !== mine) return;
      setFailure(answer.ok ? null : answer.error);
      if (answer.ok) setValue(answer.value);
    });
  }, []);
  useEffect(again, [again, ...when]);
  const set = useCallback((next: T) => {
    turn.current += 1;
    setValue(next);
  }, []);
  return { value, failure, set, again };
}
