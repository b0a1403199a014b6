import { useEffect, useState } from 'preact/hooks';
import { type Ask, listenForPokes } from './pokes.ts';

export interface Live {
  /** Counts up with each poke; what shows data reads again when it changes. */
  readonly pokes: number;
  readonly state: 'starting' | 'on' | 'off';
  /** When it was last live, ISO, while off. */
  readonly since: string | null;
}

/**
 * Listens while the tab is visible. A hidden tab lets go: browsers allow six connections to a server
 * at a time, and a person with seven tabs would wait for ever. Coming back counts as a poke.
 */
export function useLive(ask: Ask, now: () => Date, doc: Document): Live {
  const [pokes, setPokes] = useState(0);
  const [state, setState] = useState<Pick<Live, 'state' | 'since'>>({
    state: 'starting',
    since: null,
  });
  useEffect(() => {
    let listening: AbortController | null = null;
    const onPoke = () => setPokes((count) => count + 1);
    const onState = (live: boolean) =>
      setState((before) => {
        if (live) return { state: 'on', since: null };
        return before.state === 'off' ? before : { state: 'off', since: now().toISOString() };
      });
    const follow = () => {
      if (doc.hidden) {
        listening?.abort();
        listening = null;
      } else if (!listening) {
        listening = new AbortController();
        void listenForPokes({ ask, onPoke, onState }, listening.signal);
      }
    };
    const onVisible = () => {
      const was = listening;
      follow();
      if (!was && listening) onPoke();
    };
    follow();
    doc.addEventListener('visibilitychange', onVisible);
    return () => {
      doc.removeEventListener('visibilitychange', onVisible);
      listening?.abort();
    };
  }, [ask, doc, now]);
  return { pokes, ...state };
}
