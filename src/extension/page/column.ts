import { clippers } from './clip.ts';
import { ICON, type Line, placeIcons, type Spot } from './gutter-place.ts';
import { drawButton, drawStop, firstBox, type Icon, widthOf } from './icon.ts';
import type { Layer } from './layer.ts';
import { Pace } from './pace.ts';
import { page } from './page-document.ts';
import { onTrusted } from './trusted.ts';

// Icons this far outside the window are nodes already when they scroll in, in CSS pixels; and only
// after half of it are they looked through again. Any change to a document lets the browser place
// every highlight in it anew, so that most frames of a scroll had better change nothing.
const AHEAD = 800;

export type ColumnHandlers = {
  show: (icon: Icon) => void;
  /** Pointed at or focused; the box is the icon's, in the viewport. */
  point: (icon: Icon, box: DOMRect) => void;
  leave: () => void;
  /** Other icons are near. */
  near: () => void;
};

/**
 * The icons of one message. Their places are measured once, relative to the message's body:
 * scrolling moves all of them together and makes nodes of those that come into sight.
 */
export class Column {
  readonly body: Element;
  /** What scrolls or cuts the message, innermost first. */
  readonly around: readonly Element[];
  readonly #layer: Layer;
  readonly #icons: readonly Icon[];
  readonly #handlers: ColumnHandlers;
  readonly #clip: HTMLElement;
  readonly #column: HTMLElement;
  readonly #order: ReadonlyMap<Icon, number>;
  readonly #buttons = new Map<Icon, HTMLButtonElement>();
  readonly #abort = new AbortController();
  #spots: (Spot | null)[] = [];
  #measuring = 0;
  /** What is in sight of the message, relative to it, when icons were last looked through. */
  #seen: { top: number; bottom: number } | null = null;
  #moved = '';

  /** Of `icons`, cues become nodes only while they have the focus. */
  constructor(
    layer: Layer,
    body: Element,
    icons: readonly Icon[],
    dark: boolean,
    handlers: ColumnHandlers,
  ) {
    this.#layer = layer;
    this.body = body;
    this.around = clippers(body);
    this.#icons = icons.filter(({ look }) => look !== 'cue');
    this.#order = new Map(this.#icons.map((icon, at) => [icon, at]));
    this.#handlers = handlers;
    this.#clip = page.createElement('div');
    this.#clip.className = 'clip';
    this.#column = page.createElement('div');
    this.#column.className = dark ? 'column dark' : 'column';
    this.#clip.append(this.#column);
    layer.root.append(this.#clip);
  }

  /** Finds out where the words of each mark are; the page gets its turn in between. */
  async measure(): Promise<void> {
    this.#measuring += 1;
    const measuring = this.#measuring;
    const pace = new Pace();
    const lines: { at: number; line: Line }[] = [];
    let origin = this.body.getBoundingClientRect();
    let { left, right } = textEdges(this.body);
    for (const [at, icon] of this.#icons.entries()) {
      if (pace.isOver) {
        await pace.rest();
        if (measuring !== this.#measuring || this.#abort.signal.aborted) return;
        origin = this.body.getBoundingClientRect();
        ({ left, right } = textEdges(this.body));
      }
      const box = firstBox(icon);
      if (box === null) continue;
      const middle = (box.top + box.bottom) / 2 - origin.top;
      const line = {
        ...{ middle, start: box.left - origin.left, width: widthOf(icon) },
        ...{ left: left - origin.left, right: right - origin.left },
      };
      lines.push({ at, line });
    }
    const wide = page.documentElement.clientWidth || innerWidth;
    // Edges of the page, not of the window, when it is scrolled sideways.
    const low = Math.min(0, -scrollX) - origin.left;
    const placed = placeIcons(
      lines.map(({ line }) => line),
      low,
      wide - origin.left,
    );
    this.#spots = this.#icons.map(() => null);
    lines.forEach(({ at }, index) => {
      this.#spots[at] = placed[index] ?? null;
    });
    this.#seen = null;
    // Making nodes and drawing are tasks of their own where it has taken long already.
    for (const step of [() => this.follow(), this.#handlers.near]) {
      if (pace.isOver) await pace.rest();
      if (measuring !== this.#measuring || this.#abort.signal.aborted) return;
      step();
    }
  }

  /**
   * Moves with the message, and makes nodes of the icons that are in sight or near it. True when
   * other icons are near than before.
   */
  follow(): boolean {
    const origin = this.#layer.host.getBoundingClientRect();
    const body = this.body.getBoundingClientRect();
    let top = -Infinity;
    let bottom = Infinity;
    for (const element of this.around) {
      const box = element.getBoundingClientRect();
      top = Math.max(top, box.top);
      bottom = Math.min(bottom, box.bottom);
    }
    const from = this.around.length > 0 ? top : origin.top;
    const x = Math.round(body.left - origin.left);
    const y = Math.round(body.top - from);
    const moved = [x, y, Math.round(from - origin.top), Math.round(bottom - top)].join();
    if (moved !== this.#moved) {
      this.#moved = moved;
      if (this.around.length > 0) {
        // Cut above and below only: the icons stand beside the message.
        this.#clip.style.top = `${Math.round(top - origin.top)}px`;
        this.#clip.style.height = `${Math.max(0, Math.round(bottom - top))}px`;
        this.#clip.style.clipPath = 'inset(0 -100vw)';
      }
      this.#column.style.transform = `translate(${x}px, ${y}px)`;
    }
    const sight = {
      top: Math.max(top, 0) - body.top,
      bottom: Math.min(bottom, innerHeight) - body.top,
    };
    const off = this.#seen
      ? Math.max(Math.abs(sight.top - this.#seen.top), Math.abs(sight.bottom - this.#seen.bottom))
      : Infinity;
    if (off < AHEAD / 2) return false;
    this.#seen = sight;
    this.#mount(sight.top - AHEAD, sight.bottom + AHEAD);
    return true;
  }

  /** Those in the window or near it. */
  near(): Icon[] {
    return [...this.#buttons.keys()].filter(({ look }) => look !== 'cue');
  }

  focused(): Icon | null {
    const focused = this.#layer.root.activeElement;
    for (const [icon, button] of this.#buttons) if (button === focused) return icon;
    return null;
  }

  focus(icon: Icon): void {
    const button = icon.look === 'cue' ? this.#stop(icon) : this.#button(icon);
    button.focus({ preventScroll: true });
  }

  remove(): void {
    this.#abort.abort();
    this.#clip.remove();
  }

  #mount(low: number, high: number): void {
    const focused = this.focused();
    this.#icons.forEach((icon, at) => {
      const spot = this.#spots[at];
      const near = spot != null && spot.y + ICON >= low && spot.y <= high;
      if (near) this.#button(icon);
      else if (icon !== focused) {
        this.#buttons.get(icon)?.remove();
        this.#buttons.delete(icon);
      }
    });
  }

  // Over the words of a cue, for as long as it has the focus.
  #stop(icon: Icon): HTMLButtonElement {
    const present = this.#buttons.get(icon);
    if (present) return present;
    const button = drawStop(icon);
    const origin = this.body.getBoundingClientRect();
    const box = firstBox(icon) ?? origin;
    button.style.left = `${Math.round(box.left - origin.left)}px`;
    button.style.top = `${Math.round(box.top - origin.top)}px`;
    button.style.width = `${Math.round(box.width)}px`;
    button.style.height = `${Math.round(box.height)}px`;
    this.#hear(icon, button);
    button.addEventListener(
      'blur',
      () => {
        button.remove();
        this.#buttons.delete(icon);
      },
      { once: true },
    );
    this.#buttons.set(icon, button);
    this.#column.append(button);
    return button;
  }

  #button(icon: Icon): HTMLButtonElement {
    const present = this.#buttons.get(icon);
    const button = present ?? drawButton(icon);
    const order = this.#order.get(icon) ?? 0;
    const spot = this.#spots[order];
    // What is not placed yet can have the focus, but is not seen where it does not belong.
    button.style.opacity = spot ? '' : '0';
    if (spot) {
      button.style.left = `${Math.round(spot.x)}px`;
      button.style.top = `${Math.round(spot.y)}px`;
    }
    if (present) return button;
    this.#hear(icon, button);
    this.#buttons.set(icon, button);
    // In the order of the text, which is the order of the Tab key.
    let after: HTMLButtonElement | null = null;
    let least = Infinity;
    for (const [other, its] of this.#buttons) {
      const place = this.#order.get(other) ?? 0;
      if (place <= order || place >= least) continue;
      after = its;
      least = place;
    }
    this.#column.insertBefore(button, after);
    return button;
  }

  #hear(icon: Icon, button: HTMLButtonElement): void {
    const { signal } = this.#abort;
    const { show, point, leave } = this.#handlers;
    onTrusted(button, 'click', signal, () => show(icon));
    const enter = () => point(icon, button.getBoundingClientRect());
    button.addEventListener('mouseenter', enter, { signal });
    button.addEventListener('focus', enter, { signal });
    button.addEventListener('mouseleave', leave, { signal });
    button.addEventListener('blur', leave, { signal });
  }
}

function textEdges(body: Element): { left: number; right: number } {
  const { left, right } = body.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(body);
  return {
    left: left + Number.parseFloat(paddingLeft),
    right: right - Number.parseFloat(paddingRight),
  };
}
