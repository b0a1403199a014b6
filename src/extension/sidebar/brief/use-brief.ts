import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { BriefView } from '../../messages/brief-calls.ts';
import type { Failure } from '../../messages/result.ts';
import type { Sidebar } from '../model.ts';

export type Briefing = {
  view: BriefView | null;
  failure: Failure | null;
  /** The customer is chosen by name only, and not on file yet; null: nobody is known. */
  customer: string | null;
  again: () => void;
};

/** The brief of the customer that the page is about, as it is now. */
export function useBrief(sidebar: Sidebar): Briefing {
  const { context, changes } = sidebar.state;
  const customer = context?.guess.customer.id ?? null;
  const [answer, setAnswer] = useState<{ of: string; view: BriefView } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = useRef(0);
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setFailure(null);
    if (customer === null) return;
    void sidebar.core.call('brief', { customer }).then((told) => {
      if (turn.current !== mine) return;
      if (told.ok) setAnswer({ of: customer, view: told.value });
      else setFailure(told.error);
    });
  }, [sidebar, customer]);
  useEffect(again, [again, changes]);
  // Another customer's is not shown for a moment.
  const view = answer !== null && answer.of === customer ? answer.view : null;
  return { view, failure, customer, again };
}
