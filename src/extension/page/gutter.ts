import { onDarkGround } from '../../anchor/ground.ts';
import type { CaptureKind, Mark } from '../messages/shapes.ts';
import { clippers, inSight, scrollWithin } from './clip.ts';
import { drawIcon } from './drawings.ts';
import { ICON, type Line, placeIcons } from './gutter-place.ts';
import { nameOf } from './kinds.ts';
import { Layer } from './layer.ts';
import { onTrusted } from './trusted.ts';

const SIGN = 12;

const CSS = `
button { all: unset; box-sizing: border-box; position: absolute; left: 0; top: 0; display: flex; align-items: center;
  justify-content: flex-end; gap: 2px; padding: 0 4px; height: ${ICON}px; border-radius: 4px;
  cursor: pointer; pointer-events: auto; font: 14px/1 ui-serif, Georgia, serif;
  color-scheme: light; }
button.dark { color-scheme: dark; }
button:hover { background: var(--soft); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 0; }
button svg { flex: none; }
.flash { position: absolute; left: 0; top: 0; pointer-events: none; border-radius: 2px;
  outline: 2px solid light-dark(#0b5a66, #74c4cc); outline-offset: 2px;
  animation: out 1600ms ease-in forwards; }
@keyframes out { 60% { opacity: 1; } 100% { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .flash { animation: none; } }
@media (forced-colors: active) { button { color: CanvasText; background: Canvas; } }
`;

const PLACE = `position: absolute !important; left: 0 !important; top: 0 !important;
  width: 0 !important; height: 0 !important; pointer-events: none !important;`;

/** One icon: the mark it stands for, where its words are, and the message body they are in. */
export type Icon = {
  kind: Mark['kind'];
  id: string;
  look: CaptureKind;
  approximate: boolean;
  probably: boolean;
  summary: string;
  ranges: readonly Range[];
  body: Element;
};

/** A thing of ours beside the text: icons that take hover, click and focus, one for each mark. */
export class Gutter {
  readonly #icons: readonly Icon[];
  readonly #buttons: HTMLButtonElement[];
  readonly #layer: Layer;
  readonly #abort = new AbortController();
  readonly #around = new Map<Element, Element[]>();
  #frame = 0;

  /** Nodes and listeners live until `remove`. `icons` is in the order of the text. */
  constructor(icons: readonly Icon[], show: (icon: Icon) => void, focused: string | null) {
    const { signal } = this.#abort;
    this.#icons = icons;
    this.#layer = new Layer(CSS, PLACE, signal);
    const grounds = new Map<Element, boolean>();
    this.#buttons = icons.map((icon) => {
      const button = draw(icon);
      button.classList.toggle('dark', onDarkGround(icon.body, grounds));
      onTrusted(button, 'click', signal, () => show(icon));
      return button;
    });
    this.#layer.root.append(...this.#buttons);
    const again = () => this.place();
    // The document's own scrolling moves our layer along; only scrollers inside it need work.
    const scrolled = (event: Event) => {
      if (event.target !== document) this.place();
    };
    window.addEventListener('scroll', scrolled, { capture: true, passive: true, signal });
    window.addEventListener('resize', again, { passive: true, signal });
    // Images that arrive and panes that are pulled move the text without any other sign.
    const sizes = new ResizeObserver(again);
    for (const body of new Set(icons.map((icon) => icon.body))) sizes.observe(body);
    if (document.body) sizes.observe(document.body);
    signal.addEventListener('abort', () => {
      cancelAnimationFrame(this.#frame);
      sizes.disconnect();
    });
    this.#place();
    const had = icons.findIndex((icon) => icon.id === focused);
    this.#buttons[had]?.focus({ preventScroll: true });
  }

  /** Puts the icons to where their words are now, once before the next paint. */
  place(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#place());
  }

  /** Scrolls to a mark, flashes its words and focuses its icon; false when it is not here. */
  reveal(id: string): boolean {
    const at = this.#icons.findIndex((icon) => icon.id === id);
    const icon = this.#icons[at];
    const button = this.#buttons[at];
    if (!icon || !button) return false;
    scrollWithin(
      this.#clippers(icon.body),
      () => firstBox(icon) ?? icon.body.getBoundingClientRect(),
    );
    this.#place();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    button.scrollIntoView({ block: 'center', behavior: still ? 'instant' : 'smooth' });
    button.focus({ preventScroll: true });
    this.#flash(icon);
    return true;
  }

  /** The record whose icon has the focus: a gutter drawn anew gives it back. */
  focusedId(): string | null {
    const focused = this.#layer.root.activeElement;
    const at = this.#buttons.indexOf(focused as HTMLButtonElement);
    return this.#icons[at]?.id ?? null;
  }

  remove(): void {
    this.#abort.abort();
  }

  #place(): void {
    const origin = this.#layer.host.getBoundingClientRect();
    const shown: { at: number; line: Line }[] = [];
    this.#icons.forEach((icon, at) => {
      const box = firstBox(icon);
      const middle = box ? (box.top + box.bottom) / 2 : 0;
      const seen = box !== null && inSight(middle, this.#clippers(icon.body));
      const button = this.#buttons[at];
      if (button) button.hidden = !seen;
      if (!seen) return;
      const { left, right } = textEdges(icon.body);
      const width = widthOf(icon);
      shown.push({ at, line: { middle, start: box.left, left, right, width } });
    });
    const wide = document.documentElement.clientWidth || innerWidth;
    // Edges of the page, not of the window, when it is scrolled sideways.
    const low = Math.min(0, -scrollX);
    const spots = placeIcons(
      shown.map(({ line }) => line),
      low,
      wide,
    );
    shown.forEach(({ at }, index) => {
      const button = this.#buttons[at];
      const spot = spots[index];
      if (!button || !spot) return;
      button.style.left = `${Math.round(spot.x - origin.left)}px`;
      button.style.top = `${Math.round(spot.y - origin.top)}px`;
    });
  }

  #clippers(body: Element): Element[] {
    let around = this.#around.get(body);
    if (around === undefined) {
      around = clippers(body);
      this.#around.set(body, around);
    }
    return around;
  }

  #flash(icon: Icon): void {
    const origin = this.#layer.host.getBoundingClientRect();
    for (const old of this.#layer.root.querySelectorAll('.flash')) old.remove();
    for (const box of icon.ranges.flatMap((range) => [...range.getClientRects()]).slice(0, 50)) {
      const flash = document.createElement('div');
      flash.className = 'flash';
      flash.style.left = `${box.left - origin.left}px`;
      flash.style.top = `${box.top - origin.top}px`;
      flash.style.width = `${box.width}px`;
      flash.style.height = `${box.height}px`;
      this.#layer.root.append(flash);
      setTimeout(() => flash.remove(), 1_700);
    }
  }
}

function draw(icon: Icon): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  const doubt = icon.approximate ? ', nearest place' : icon.probably ? ', probably' : '';
  const name = `${nameOf(icon.look)}${doubt}: ${icon.summary}`;
  button.setAttribute('aria-label', name);
  button.title = name;
  button.style.color = `var(--${icon.look})`;
  button.style.width = `${widthOf(icon)}px`;
  if (icon.approximate) {
    const sign = document.createElement('span');
    sign.textContent = '≈';
    sign.setAttribute('aria-hidden', 'true');
    button.append(sign);
  }
  button.append(drawIcon(icon.look));
  return button;
}

function widthOf(icon: Icon): number {
  return ICON + (icon.approximate ? SIGN : 0);
}

function firstBox(icon: Icon): DOMRect | null {
  for (const range of icon.ranges) {
    for (const box of range.getClientRects()) if (box.width > 0 && box.height > 0) return box;
  }
  return null;
}

function textEdges(body: Element): { left: number; right: number } {
  const { left, right } = body.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(body);
  return {
    left: left + Number.parseFloat(paddingLeft),
    right: right - Number.parseFloat(paddingRight),
  };
}
