import { TOKENS } from './tokens.ts';
import { keepEventsIn } from './trusted.ts';

/** By this attribute a script finds what an older version of itself left behind. */
export const LAYER = 'data-unsaid-layer';

const HIGHEST = 2147483647;

/**
 * A piece of ours over the page: a closed shadow root on an element of its own under <html>, out of
 * the way of what pages do to <body>. The page can remove the element, not see into it. `:host`
 * rules marked important win over anything the page says, by the cascade of tree contexts.
 */
export class Layer {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;

  constructor(css: string, place: string, signal: AbortSignal) {
    this.host = document.createElement('div');
    this.host.setAttribute(LAYER, '');
    this.root = this.host.attachShadow({ mode: 'closed' });
    dress(
      this.root,
      `${TOKENS}
      :host { all: initial !important; display: block !important;
        z-index: ${HIGHEST} !important; ${place} }
      @media print { :host { display: none !important; } }
      ${css}`,
    );
    keepEventsIn(this.root, signal);
    keepInPlace(this.host, signal);
  }
}

export function removeLeftovers(): void {
  for (const left of document.querySelectorAll(`:root > [${LAYER}]`)) left.remove();
}

// Constructed sheets are free of the page's CSP. Firefox refuses them to content scripts on some
// versions ("Xray"); there a <style> made by an extension is allowed.
function dress(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    if (root.adoptedStyleSheets.length === 1) return;
  } catch {
    // Falls through to the element.
  }
  const style = document.createElement('style');
  style.textContent = css;
  root.prepend(style);
}

const MOST_RETURNS_A_SECOND = 3;
const MOST_RETURNS = 30;

// A page that rebuilds <html> drops our element without meaning it: it is put back. A page that
// fights for it wins: no battle is worth its speed.
function keepInPlace(host: HTMLElement, signal: AbortSignal): void {
  let recent: number[] = [];
  let returns = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  // After all observers have run: a removal can mean that this script's time is over.
  const observer = new MutationObserver(() => queueMicrotask(back));

  function back(): void {
    if (signal.aborted || (host.isConnected && host.parentNode === document.documentElement))
      return;
    const now = performance.now();
    recent = recent.filter((then) => now - then < 1_000);
    if (returns >= MOST_RETURNS) {
      observer.disconnect();
      return;
    }
    clearTimeout(retry);
    if (recent.length >= MOST_RETURNS_A_SECOND) {
      retry = setTimeout(back, 1_000);
      return;
    }
    recent.push(now);
    returns += 1;
    place();
  }

  function place(): void {
    const top = document.documentElement;
    if (top === null) return;
    top.append(host);
    observer.disconnect();
    observer.observe(document, { childList: true });
    observer.observe(top, { childList: true });
  }

  place();
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(retry);
      observer.disconnect();
      host.remove();
    },
    { once: true },
  );
}
