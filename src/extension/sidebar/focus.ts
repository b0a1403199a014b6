import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Takes the focus when its element appears: from the host's page too, since we lie in an iframe. */
export function useFocusOnShow<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useLayoutEffect(() => {
    window.focus();
    element.current?.focus();
  }, []);
  return element;
}
