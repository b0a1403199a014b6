import { Layer } from './layer.ts';
import { page } from './page-document.ts';
import { onTrusted } from './trusted.ts';

const WIDTH = 360;
const NARROWEST = 280;
const STEP = 16;
/** A sidebar that opens no card by then has the focus all the same. */
const AT_LAST_MS = 3_000;

const PLACE = `position: fixed !important; inset: 0 0 0 auto !important; width: 0 !important;
  color-scheme: light dark !important;`;

const CSS = `
.side { position: fixed; inset: 0 0 0 auto; max-width: 100vw; background: var(--raise);
  border-inline-start: 1px solid var(--line); box-shadow: var(--float); }
iframe { display: block; width: 100%; height: 100%; border: 0; background: transparent; }
iframe:focus-visible { outline: none; } /* Its page shows what has the focus. */
.edge { position: absolute; inset: 0 auto 0 -4px; width: 8px; cursor: ew-resize;
  touch-action: none; }
.edge:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.pulled iframe { pointer-events: none; }
`;

/**
 * Our sidebar over the right side of the top frame: a page of the extension's own origin in an
 * iframe, which the host page can neither read nor type into. It is there only while it is open;
 * what was typed in it is kept by the background at each keystroke.
 */
export class Sidebar {
  readonly #address: string;
  readonly #signal: AbortSignal;
  /** Tells that the page does not let the sidebar stay where it can be seen. */
  readonly #lost: () => void;
  #open: {
    abort: AbortController;
    frame: HTMLIFrameElement;
    before: Element | null;
    layer: Layer;
    /** It was put above everything once. */
    raised: boolean;
    told: boolean;
  } | null = null;

  constructor(address: string, lost: () => void, signal: AbortSignal) {
    this.#address = address;
    this.#lost = lost;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.close(), { once: true });
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  toggle(): void {
    if (this.#open) this.close();
    else this.open();
  }

  /**
   * Opens it if it is closed; the focus goes into it either way. `waits`: not before its page takes it
   * for the card that it opens, since until then the page keeps what is typed for that.
   */
  open(waits = false): void {
    if (this.#signal.aborted) return;
    if (this.#open === null) this.#mount(waits);
    if (!waits) this.#open?.frame.focus();
  }

  /** Removes it; the focus goes back to where it was in the page. */
  close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    open.abort.abort();
    if (open.before instanceof HTMLElement && open.before.isConnected) {
      open.before.focus({ preventScroll: true });
    } else {
      window.focus();
    }
  }

  /** Looks whether something of the page lies over it; comes to the top again, or says so. */
  check(): void {
    const open = this.#open;
    if (open === null || !open.layer.host.isConnected || !isCovered(open.layer.host)) return;
    if (open.raised) {
      if (!open.told) this.#lost();
      open.told = true;
      return;
    }
    open.raised = true;
    // The top layer is over anything that a page can do by z-index.
    open.layer.host.popover = 'manual';
    open.layer.host.showPopover();
    if (isCovered(open.layer.host)) this.check();
  }

  #mount(waits: boolean): void {
    const abort = new AbortController();
    const before = page.activeElement === page.body ? null : page.activeElement;
    const layer = new Layer(CSS, PLACE, abort.signal, this.#lost);
    const side = page.createElement('div');
    side.className = 'side';
    const frame = page.createElement('iframe');
    frame.src = this.#address;
    frame.title = 'Unsaid';
    frame.allow = 'clipboard-write';
    // Pages under COEP refuse frames of others, unless they come without anything to tell. Ours
    // stores nothing; it talks to the background only.
    Object.assign(frame, { credentialless: true });
    side.append(edge(side, abort.signal), frame);
    layer.root.append(side);
    // A frame takes the focus only when its page is there.
    const focus = () => page.hasFocus() && frame.focus();
    const taken = () => (waits ? setTimeout(focus, AT_LAST_MS) : frame.focus());
    frame.addEventListener('load', taken, { once: true, signal: abort.signal });
    this.#open = { abort, frame, before, layer, raised: false, told: false };
    requestAnimationFrame(() => this.check());
  }
}

// By what the page would hit at a few points of it.
function isCovered(host: Element): boolean {
  const wide = page.documentElement.clientWidth || innerWidth;
  const x = wide - NARROWEST / 2;
  return [0.1, 0.5, 0.9].some((part) => {
    const hit = page.elementFromPoint(x, innerHeight * part);
    return hit !== null && hit !== host;
  });
}

// The edge that is pulled to make the sidebar wider: by pointer, or by the arrow keys.
function edge(side: HTMLElement, signal: AbortSignal): HTMLElement {
  const handle = page.createElement('div');
  handle.className = 'edge';
  handle.tabIndex = 0;
  handle.role = 'separator';
  handle.ariaOrientation = 'vertical';
  handle.ariaLabel = 'Width of Unsaid';
  handle.title = 'Width of Unsaid';
  let width = WIDTH;
  set(WIDTH);

  function widest(): number {
    return Math.max(NARROWEST, page.documentElement.clientWidth - 80);
  }

  function set(next: number): void {
    width = Math.round(Math.min(Math.max(next, NARROWEST), widest()));
    side.style.width = `${width}px`;
    handle.ariaValueMin = String(NARROWEST);
    handle.ariaValueMax = String(widest());
    handle.ariaValueNow = String(width);
    handle.ariaValueText = `${width} pixels`;
  }

  onTrusted(handle, 'keydown', signal, (event) => {
    const wider = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (wider !== undefined) set(width + wider);
    else if (event.key === 'Home') set(widest());
    else if (event.key === 'End') set(NARROWEST);
    else return;
    event.preventDefault();
  });
  onTrusted(handle, 'pointerdown', signal, (event) => {
    if (event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);
    side.classList.add('pulled');
    event.preventDefault();
  });
  onTrusted(handle, 'pointermove', signal, (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    set(side.getBoundingClientRect().right - event.clientX);
  });
  onTrusted(handle, 'lostpointercapture', signal, () => side.classList.remove('pulled'));
  return handle;
}
