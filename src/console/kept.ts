import { useCallback, useLayoutEffect, useState } from 'preact/hooks';

const PREFIX = 'unsaid/draft/';

/**
 * A text that is being written, kept by this browser until it was sent: neither another page nor a
 * closed tab loses it. `key` names whose it is and where it belongs; '' is nothing.
 */
export function useKept(
  place: Pick<Window, 'localStorage'>,
  key: string,
  start = '',
): readonly [text: string, write: (text: string) => void] {
  const [text, setText] = useState(() => read(place, key) ?? start);
  useLayoutEffect(() => setText(read(place, key) ?? start), [place, key, start]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      keep(place, key, next === start ? '' : next);
    },
    [place, key, start],
  );
  return [text, write];
}

function read(place: Pick<Window, 'localStorage'>, key: string): string | null {
  try {
    return place.localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

// A browser may forbid it or be full: then it is kept as long as the page is open.
function keep(place: Pick<Window, 'localStorage'>, key: string, text: string): void {
  try {
    if (text === '') place.localStorage.removeItem(PREFIX + key);
    else place.localStorage.setItem(PREFIX + key, text);
  } catch {}
}
