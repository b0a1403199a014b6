import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { BarClient } from './client.ts';

const SIZE = { width: 380, height: 340 };

export type OnTop = {
  /** The window that stays above all others, while the bar is in it. */
  top: Window | null;
  toTop(): void;
  toWindow(): void;
};

/**
 * Document Picture-in-Picture (WICG): the window belongs to this page of ours, so no host page sees
 * into it. What is drawn moves there as it is; closing that window brings it back.
 */
export function useOnTop(client: BarClient, place: Window, root: HTMLElement): OnTop {
  const [top, setTop] = useState<Window | null>(null);
  const here = useRef(root.parentElement);
  const toWindow = useCallback(() => top?.close(), [top]);
  const toTop = useCallback(() => {
    void client
      .onTop?.(SIZE)
      .then((opened) => {
        for (const style of place.document.querySelectorAll('link[rel=stylesheet], style')) {
          const copy = opened.document.importNode(style, true);
          // That window's own address is another one.
          if (style instanceof HTMLLinkElement) copy.setAttribute('href', style.href);
          opened.document.head.append(copy);
        }
        opened.document.title = place.document.title;
        opened.document.documentElement.lang = place.document.documentElement.lang;
        opened.document.body.append(root);
        opened.addEventListener('pagehide', () => {
          here.current?.append(root);
          setTop(null);
        });
        setTop(opened);
      })
      // Refused, e.g. because another page has the one there is: the bar stays where it is.
      .catch(() => setTop(null));
  }, [client, place, root]);
  useEffect(() => () => top?.close(), [top]);
  return { top, toTop, toWindow };
}
