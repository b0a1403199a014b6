import type { CaptureKind } from '../messages/shapes.ts';
import { drawIcon } from './drawings.ts';
import { CAPTURES, nameOf } from './kinds.ts';
import { Layer } from './layer.ts';
import { page } from './page-document.ts';
import { onTrusted } from './trusted.ts';

const GAP = 8;

const CSS = `
.bar { position: fixed; left: 0; top: 0; max-width: calc(100vw - ${2 * GAP}px);
  padding: 4px;
  background: var(--raise); color: var(--ink); border: 1px solid var(--line); border-radius: 6px;
  box-shadow: var(--float); font: 13px/20px system-ui, sans-serif; text-align: start;
  user-select: none; cursor: default; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 2px; }
button { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 6px;
  min-height: 28px; min-width: 28px; padding: 0 7px; border-radius: 4px; color: var(--ink);
  cursor: pointer; white-space: nowrap; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button:hover { background: var(--soft); }
button[aria-disabled=true] { cursor: default; opacity: .6; }
button.chosen { opacity: 1; background: var(--soft); }
.first { background: var(--soft); font-weight: 600; border: 2px solid var(--accent);
  min-height: 32px; padding: 0 8px; gap: 8px; }
.rule { align-self: stretch; width: 1px; margin: 0 4px; background: var(--line); }
.key { font-weight: 400; font-size: 12px; line-height: 16px; color: var(--ink2); }
.first .key { min-width: 18px; padding: 0 4px; text-align: center; background: var(--raise);
  border: 1px solid var(--line); border-radius: 3px; }
.words { padding: 4px 8px; max-width: 44ch; }
.row + .words { max-width: none; contain: inline-size; }
.words.bad { color: var(--bad); }
svg { flex: none; }
${CAPTURES.map(({ kind }) => `.${kind} svg { color: var(--${kind}); }`).join('\n')}
@media (forced-colors: active) { button { border: 1px solid ButtonBorder; } }
`;

const PLACE = `position: fixed !important; left: 0 !important; top: 0 !important;
  width: 0 !important; height: 0 !important; color-scheme: light dark !important;`;

/** A DOMRect of the viewport where the selection ends; null when it is gone. */
export type Where = () => DOMRect | null;

export type ToolbarHandlers = {
  choose: (kind: CaptureKind) => void;
  /** The one thing offered by `offerOne`. */
  confirm: () => void;
  signal: AbortSignal;
};

/** The small bar at a selection. Nodes exist only while it is shown; it never takes the focus. */
export class Toolbar {
  readonly #handlers: ToolbarHandlers;
  #shown: {
    layer: Layer;
    bar: HTMLElement;
    words: HTMLElement;
    where: Where;
    abort: AbortController;
  } | null = null;

  constructor(handlers: ToolbarHandlers) {
    this.#handlers = handlers;
    handlers.signal.addEventListener('abort', () => this.hide(), { once: true });
  }

  get shown(): boolean {
    return this.#shown !== null;
  }

  /** Whether it says that keeping the words did not work. */
  get failed(): boolean {
    return this.#shown?.words.role === 'alert';
  }

  /** Offers the eight kinds at the selection. */
  offer(where: Where): void {
    const { bar } = this.#open(where, 'toolbar', 'Keep these words as');
    const hint = CAPTURES.map(({ key, name }) => `${key} ${name}`).join(', ');
    const status = element('span', 'unseen', '');
    status.setAttribute('role', 'status');
    // A live region speaks what changes in it after it is there.
    requestAnimationFrame(() => {
      status.textContent = `Keep these words with one key: ${hint}. Escape closes.`;
    });
    const buttons = CAPTURES.map((capture, at) => this.#button(capture, at === 0));
    const [first, ...rest] = buttons;
    const row = element('div', 'row', '');
    row.append(...(first ? [first, element('span', 'rule', '')] : []), ...rest, status);
    bar.prepend(row);
    this.#put(where);
  }

  /** Offers one thing to do with the selected words. */
  offerOne(where: Where, label: string): void {
    const { bar, abort } = this.#open(where, 'toolbar', label);
    const button = page.createElement('button');
    button.type = 'button';
    button.className = 'first';
    button.setAttribute('aria-keyshortcuts', 'Enter');
    const key = element('span', 'key', 'Enter');
    key.setAttribute('aria-hidden', 'true');
    button.append(element('span', '', label), key);
    onTrusted(button, 'click', abort.signal, () => {
      if (button.getAttribute('aria-disabled') !== 'true') this.#handlers.confirm();
    });
    const row = element('div', 'row', '');
    row.append(button);
    bar.prepend(row);
    this.#put(where);
  }

  /** Says why these words cannot be kept, in place of the kinds. */
  refuse(where: Where, words: string): void {
    const { words: line } = this.#open(where, 'status', 'Unsaid');
    line.textContent = words;
    line.hidden = false;
    this.#put(where);
  }

  /** The chosen kind is on its way. */
  wait(kind: CaptureKind | null): void {
    if (!this.#shown) return;
    const { bar, words } = this.#shown;
    words.hidden = true;
    words.textContent = '';
    bar.setAttribute('aria-busy', 'true');
    for (const button of bar.querySelectorAll('button')) {
      button.setAttribute('aria-disabled', 'true');
      const chosen = kind !== null && button.classList.contains(kind);
      button.classList.toggle('chosen', chosen);
      const key = button.querySelector('.key');
      if (chosen && key) key.textContent = '…';
    }
  }

  /** It did not work: the words say why, and every kind can be tried again. */
  fail(words: string): void {
    const shown = this.#shown;
    if (!shown) return;
    shown.bar.removeAttribute('aria-busy');
    for (const button of shown.bar.querySelectorAll('button')) {
      button.removeAttribute('aria-disabled');
      button.classList.remove('chosen');
      const key = button.querySelector('.key');
      if (key) key.textContent = button.dataset.key ?? '';
    }
    shown.words.hidden = false;
    shown.words.classList.add('bad');
    shown.words.setAttribute('role', 'alert');
    shown.words.textContent = words;
    this.#put(shown.where);
  }

  hide(): void {
    this.#shown?.abort.abort();
    this.#shown = null;
  }

  #open(where: Where, role: string, label: string) {
    this.hide();
    const abort = new AbortController();
    const layer = new Layer(CSS, PLACE, abort.signal);
    const bar = element('div', 'bar', '');
    bar.setAttribute('role', role);
    bar.setAttribute('aria-label', label);
    const words = element('div', 'words', '');
    words.hidden = true;
    bar.append(words);
    layer.root.append(bar);
    // Pressing the mouse on the bar must not take the selection away.
    onTrusted(bar, 'mousedown', abort.signal, (event) => event.preventDefault());
    let frame = 0;
    const again = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#put(where));
    };
    const options = { capture: true, passive: true, signal: abort.signal };
    window.addEventListener('scroll', again, options);
    window.addEventListener('resize', again, options);
    abort.signal.addEventListener('abort', () => cancelAnimationFrame(frame), { once: true });
    this.#shown = { layer, bar, words, where, abort };
    return this.#shown;
  }

  #button(capture: (typeof CAPTURES)[number], first: boolean): HTMLButtonElement {
    const button = page.createElement('button');
    button.type = 'button';
    button.className = first ? `${capture.kind} first` : capture.kind;
    button.dataset.key = capture.key;
    button.setAttribute('aria-keyshortcuts', capture.key);
    if (!first) button.setAttribute('aria-label', capture.name);
    button.title = `${capture.name} (${capture.key})`;
    button.append(drawIcon(capture.kind));
    if (first) button.append(element('span', '', nameOf(capture.kind)));
    const key = element('span', 'key', capture.key);
    key.setAttribute('aria-hidden', 'true');
    button.append(key);
    const signal = this.#shown?.abort.signal ?? this.#handlers.signal;
    onTrusted(button, 'click', signal, () => {
      if (button.getAttribute('aria-disabled') !== 'true') this.#handlers.choose(capture.kind);
    });
    return button;
  }

  // Under the end of the selection, above it where there is no room, always inside the frame.
  #put(where: Where): void {
    const shown = this.#shown;
    if (!shown) return;
    const at = where();
    if (at === null) {
      this.hide();
      return;
    }
    const { width, height } = shown.bar.getBoundingClientRect();
    const wide = page.documentElement.clientWidth || innerWidth;
    const x = clamp(at.right - width / 2, GAP, wide - width - GAP);
    const under = at.bottom + GAP;
    const fits = under + height + GAP <= innerHeight;
    const y = clamp(fits ? under : at.top - height - GAP, GAP, innerHeight - height - GAP);
    shown.bar.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

function element(name: string, className: string, text: string): HTMLElement {
  const made = page.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
