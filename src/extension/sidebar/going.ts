import { useEffect, useRef } from 'preact/hooks';

/** Runs it when this part goes, or the page with it: what was typed in it is saved then. */
export function useGoing(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const going = () => latest.current();
    addEventListener('pagehide', going);
    return () => {
      removeEventListener('pagehide', going);
      going();
    };
  }, []);
}
