import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What of the document is touched, so that a test can own it. */
type Titled = Pick<Document, 'title' | 'activeElement' | 'body'>;

/**
 * Going to another page leads the keyboard and whoever listens to its heading, and the tab has the
 * heading's words. Pages come when they are first shown and read before they have one, so it is
 * waited for; somebody who went on by themselves in the meantime is left where they are.
 *
 * `at` names the page; `name` is what it is called until there is a heading.
 */
export function useArrival(
  main: RefObject<HTMLElement | null>,
  doc: Titled,
  at: string,
  name: string,
  workspace: string,
): void {
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    const place = main.current;
    if (!place) return;
    const from = doc.activeElement;
    let waits = shown.current !== null && shown.current !== at;
    shown.current = at;
    let held: HTMLElement | null = null;
    let titled: string | null = null;

    const isLeft = () => {
      const active = doc.activeElement;
      // What was clicked to come here may have gone with its page.
      return active === null || active === doc.body || active === from;
    };
    const arrive = () => {
      const heading = place.querySelector('h1');
      const words = heading?.textContent?.trim() || name;
      if (words !== titled) {
        titled = words;
        doc.title = `${words} · ${workspace} · Unsaid`;
      }
      const lost = held !== null && !held.isConnected;
      if (!heading || heading === held || !(waits || lost) || !isLeft()) return;
      waits = false;
      held = heading;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    arrive();
    const watch = new MutationObserver(arrive);
    watch.observe(place, { childList: true, characterData: true, subtree: true });
    return () => watch.disconnect();
  }, [main, doc, at, name, workspace]);
}
