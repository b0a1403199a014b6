import { LAYER } from './layer-name.ts';
import { page } from './page-document.ts';
import { TOKENS } from './tokens.ts';
import { keepEventsIn } from './trusted.ts';

const HIGHEST = 2147483647;

/**
 * A piece of ours over the page: a closed shadow root on an element of its own under <html>, out of
 * the way of what pages do to <body>. The page can remove the element, not see into it. `:host`
 * rules marked important win over anything the page says, by the cascade of tree contexts.
 */
export class Layer {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;

  /** `lost` is told when the page does not let it stay. */
  constructor(css: string, place: string, signal: AbortSignal, lost: () => void = () => {}) {
    this.host = page.createElement('div');
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
    keepInPlace(this.host, signal, lost);
  }
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
  const style = page.createElement('style');
  style.textContent = css;
  root.prepend(style);
}

const MOST_RETURNS_A_SECOND = 3;
const MOST_RETURNS = 30;
const CALM_MS = 60_000;

// A page that rebuilds <html> drops our element without meaning it: it is put back. A page that
// fights for it wins: no battle is worth its speed.
function keepInPlace(host: HTMLElement, signal: AbortSignal, lost: () => void): void {
  let recent: number[] = [];
  let returns = 0;
  let last = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  // After all observers have run: a removal can mean that this script's time is over.
  const observer = new MutationObserver(() => queueMicrotask(back));

  function back(): void {
    if (signal.aborted || (host.isConnected && host.parentNode === page.documentElement)) return;
    const now = performance.now();
    recent = recent.filter((then) => now - then < 1_000);
    // Once in a while is no fight, however long the page is open.
    if (now - last > CALM_MS) returns = 0;
    last = now;
    if (returns >= MOST_RETURNS) {
      observer.disconnect();
      lost();
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
    const top = page.documentElement;
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
