import { isLayer } from './layer-name.ts';
import { page } from './page-document.ts';

// A mail page that opens a mail changes for some hundred ms: read when it is quiet, or once a second.
const QUIET = 200;
const LONGEST = 1_000;
// Of the time on a page that never rests, at most this part is spent reading it.
const LARGEST_PART = 0.05;

export type Watch = {
  /** Whether something changed that was not told yet. */
  dirty: () => boolean;
  /** Tells now, without waiting for quiet. */
  flush: () => void;
  /** Hears of changes in these trees as well, which the document's observer does not see. */
  also: (roots: Iterable<ShadowRoot>) => void;
};

export type WatchHandlers = {
  /** Each change, at once. */
  touched: (records: readonly MutationRecord[]) => void;
  /** Layers of ours came or went, perhaps those of another script. */
  layers: () => void;
  settled: () => void;
};

/**
 * Tells that the document's content may have changed, debounced. Nothing runs while nothing
 * changes, nor while the tab is hidden.
 */
export function watch({ touched, layers, settled }: WatchHandlers, signal: AbortSignal): Watch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null;
  let rest = 0;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    since = null;
    if (signal.aborted) return;
    const began = performance.now();
    settled();
    rest = (performance.now() - began) / LARGEST_PART;
  }

  function change(): void {
    const now = performance.now();
    since ??= now;
    clearTimeout(timer);
    timer = undefined;
    if (page.hidden) return;
    timer = setTimeout(flush, Math.max(rest, Math.min(QUIET, since + LONGEST - now), 0));
  }

  const observer = new MutationObserver((records) => {
    const theirs = records.filter((record) => !isOurs(record));
    if (theirs.length < records.length) layers();
    if (signal.aborted) return;
    if (theirs.length === 0) return;
    touched(theirs);
    change();
  });
  const all = { childList: true, characterData: true, subtree: true };
  observer.observe(document, all);
  const observed = new WeakSet<ShadowRoot>();
  const options = { signal };
  window.addEventListener('popstate', change, options);
  window.addEventListener('hashchange', change, options);
  // Back from the browser's memory of pages. The first showing is read anyway, and to be told of it
  // would cost the page a KB of its memory: so it is listened for once the page was left.
  window.addEventListener('pagehide', () => shownAgain(change, signal), options);
  page.addEventListener('visibilitychange', () => since !== null && change(), options);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
  });
  return {
    dirty: () => since !== null,
    flush,
    also(roots) {
      for (const root of roots) {
        if (observed.has(root)) continue;
        observed.add(root);
        observer.observe(root, all);
      }
    },
  };
}

function shownAgain(change: () => void, signal: AbortSignal): void {
  const back = (event: PageTransitionEvent) => event.persisted && change();
  window.addEventListener('pageshow', back, { once: true, signal });
}

// Our own layers come and go under <html>.
function isOurs(record: MutationRecord): boolean {
  if (record.target.nodeName !== 'HTML' || record.target !== page.documentElement) return false;
  const nodes = [...record.addedNodes, ...record.removedNodes];
  return nodes.every((node) => isLayer(node));
}
