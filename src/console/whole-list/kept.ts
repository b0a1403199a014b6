import { useEffect, useRef } from 'preact/hooks';

/** Kept while one looks at another page. */
export type Kept<Draft> = { current: Draft | null };

/** The browser asks before it closes a tab with something unsaved. */
export function useKeptDraft<Draft>(place: Window): Kept<Draft> {
  const kept = useRef<Draft | null>(null);
  useEffect(() => {
    const onLeave = (event: Event) => {
      if (kept.current !== null) event.preventDefault();
    };
    place.addEventListener('beforeunload', onLeave);
    return () => place.removeEventListener('beforeunload', onLeave);
  }, [place]);
  return kept;
}
