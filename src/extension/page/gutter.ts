import { onDarkGround } from '../../anchor/ground.ts';
import { scrollWithin } from './clip.ts';
import { Column } from './column.ts';
import { ICON } from './gutter-place.ts';
import { CARD_CSS, HoverCard } from './hover-card.ts';
import { firstBox, type Icon } from './icon.ts';
import { Layer } from './layer.ts';
import { page } from './page-document.ts';

export type { Icon } from './icon.ts';

const CSS = `
.clip { position: absolute; left: 0; top: 0; }
.column { position: absolute; left: 0; top: 0; }
.column button { all: unset; box-sizing: border-box; position: absolute; left: 0; top: 0;
  display: flex; align-items: center;
  justify-content: flex-end; gap: 2px; padding: 0 4px; height: ${ICON}px; border-radius: 4px;
  cursor: pointer; pointer-events: auto; font: 14px/1 ui-serif, Georgia, serif;
  color-scheme: light; }
.column.dark button { color-scheme: dark; }
.column button:hover { background: var(--soft); }
.column .stop { pointer-events: none; border-radius: 2px; padding: 0; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 0; }
.column svg { flex: none; }
.flash { position: absolute; left: 0; top: 0; pointer-events: none; border-radius: 2px;
  outline: 2px solid light-dark(#0b5a66, #74c4cc); outline-offset: 2px;
  animation: out 1600ms ease-in forwards; }
@keyframes out { 60% { opacity: 1; } 100% { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .flash { animation: none; } }
@media (forced-colors: active) { .column button { color: CanvasText; background: Canvas; } }
${CARD_CSS}`;

// Under the sidebar and the toolbar.
const PLACE = `position: absolute !important; left: 0 !important; top: 0 !important;
  width: 0 !important; height: 0 !important; pointer-events: none !important;
  z-index: 2147483646 !important;`;

/**
 * A thing of ours beside the text: icons that take hover, click and focus, one for each mark. Only
 * those in or near the window are nodes, so that a thousand marks cost what twenty do. Cues have
 * none; they come after the last mark when one walks on.
 */
export class Gutter {
  readonly #layer: Layer;
  readonly #card: HoverCard;
  readonly #show: (icon: Icon) => void;
  /** Told what is in the window or near it, whenever that changes. */
  readonly #near: (icons: Icon[]) => void;
  readonly #abort = new AbortController();
  readonly #sizes: ResizeObserver;
  /** How large what is observed was when its marks were measured. */
  readonly #measured = new Map<Element, Size>();
  #icons: readonly Icon[] = [];
  #columns: Column[] = [];
  #frame = 0;
  /** The text may have moved since it was measured. */
  #stale = false;
  #flashes: ReturnType<typeof setTimeout> | undefined;

  /** Nodes and listeners live until `remove`. */
  constructor(show: (icon: Icon) => void, near: (icons: Icon[]) => void) {
    const { signal } = this.#abort;
    this.#show = show;
    this.#near = near;
    this.#layer = new Layer(CSS, PLACE, signal);
    this.#card = new HoverCard(this.#layer.root, show);
    const follow = () => this.#soon();
    window.addEventListener('scroll', follow, { capture: true, passive: true, signal });
    const again = () => {
      this.#stale = true;
      this.#soon();
    };
    window.addEventListener('resize', again, { passive: true, signal });
    // Images that arrive and panes that are pulled move the text without any other sign.
    // It tells of everything once at first, when nothing has moved yet. Measured at once: the browser
    // has just laid out the page, and would have to do so again for a later look.
    this.#sizes = new ResizeObserver((entries) => {
      const same = ({ target, borderBoxSize }: ResizeObserverEntry) =>
        isAsMeasured(borderBoxSize[0], this.#measured.get(target));
      if (!entries.every(same)) this.#measure();
    });
    signal.addEventListener('abort', () => {
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#flashes);
      this.#sizes.disconnect();
      for (const column of this.#columns) column.remove();
    });
  }

  /** Shows these, in the order of the text, cues last. What had the focus keeps it. */
  set(icons: readonly Icon[]): void {
    const focused = this.#columns.map((column) => column.focused()).find(Boolean) ?? null;
    for (const column of this.#columns) column.remove();
    this.#card.hide();
    this.#sizes.disconnect();
    this.#measured.clear();
    this.#icons = icons;
    const grounds = new Map<Element, boolean>();
    this.#columns = [...new Set(icons.map(({ body }) => body))].map((body) => {
      const own = icons.filter((icon) => icon.body === body);
      this.#observe(body);
      return new Column(this.#layer, body, own, onDarkGround(body, grounds), {
        show: this.#show,
        point: (icon, box) => this.#card.show([icon, ...this.#under(icon)], box),
        leave: () => this.#card.leave(),
        near: () => this.#tellNear(),
      });
    });
    if (page.body) this.#observe(page.body);
    this.#measure();
    const again = icons.findIndex(
      ({ id, evidence }) => id === focused?.id && evidence === focused?.evidence,
    );
    if (again >= 0) this.#columnOf(again)?.focus(this.#icons[again] as Icon); // just found
  }

  /** Shows the card of the marks under the pointer; without any it goes. */
  hover(icons: readonly Icon[], x: number, y: number): void {
    if (icons.length === 0) this.#card.leave();
    else this.#card.show(icons, new DOMRect(x, y - 10, 1, 20));
  }

  /** Scrolls to a mark, flashes its words and focuses its icon; false when it is not here. */
  reveal(at: number): boolean {
    const icon = this.#icons[at];
    const column = this.#columnOf(at);
    if (!icon || !column) return false;
    const boxOf = () => firstBox(icon) ?? icon.body.getBoundingClientRect();
    scrollWithin(column.around, boxOf);
    const box = boxOf();
    if (box.top < ICON || box.bottom > innerHeight - ICON) {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const top = (box.top + box.bottom - innerHeight) / 2;
      window.scrollBy({ top, behavior: still ? 'instant' : 'smooth' });
    }
    this.#follow();
    column.focus(icon);
    this.#flash(icon);
    return true;
  }

  /**
   * Goes `step` marks on from the focused one, else from what is in the window; false at the end.
   * After the last mark come the cues.
   */
  walk(step: number): boolean {
    const focused = this.#columns.map((column) => column.focused()).find(Boolean);
    const from = focused ? this.#icons.indexOf(focused) : -1;
    if (from >= 0) return this.reveal(from + step);
    const marks = this.#icons.filter(({ look }) => look !== 'cue');
    const stops = marks.length > 0 ? marks : this.#icons;
    const first = stops.findIndex((icon) => (firstBox(icon)?.top ?? -1) >= 0);
    const nearest = first < 0 ? stops.length : first;
    return this.reveal(step > 0 ? Math.min(nearest, stops.length - 1) : nearest - 1);
  }

  remove(): void {
    this.#abort.abort();
  }

  #columnOf(at: number): Column | undefined {
    const body = this.#icons[at]?.body;
    return this.#columns.find((column) => column.body === body);
  }

  // Other marks on some of the same words.
  #under(icon: Icon): Icon[] {
    return this.#icons.filter(
      (other) =>
        other !== icon &&
        other.body === icon.body &&
        other.start < icon.end &&
        other.end > icon.start,
    );
  }

  // Before the next paint. A scroll takes nothing from what is to be measured then.
  #soon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.#stale) this.#measure();
      else this.#follow();
    });
  }

  #observe(element: Element): void {
    this.#measured.set(element, NO_SIZE);
    this.#sizes.observe(element);
  }

  #measure(): void {
    this.#stale = false;
    for (const element of this.#measured.keys()) this.#measured.set(element, sizeOf(element));
    for (const column of this.#columns) void column.measure();
  }

  #follow(): void {
    const changed = this.#columns.filter((column) => column.follow());
    if (changed.length > 0) this.#tellNear();
  }

  #tellNear(): void {
    this.#near(this.#columns.flatMap((column) => column.near()));
  }

  #flash(icon: Icon): void {
    const { root, host } = this.#layer;
    const clear = () => {
      for (const old of root.querySelectorAll('.flash')) old.remove();
    };
    clear();
    clearTimeout(this.#flashes);
    const origin = host.getBoundingClientRect();
    for (const box of icon.ranges.flatMap((range) => [...range.getClientRects()]).slice(0, 50)) {
      const flash = page.createElement('div');
      flash.className = 'flash';
      flash.style.left = `${box.left - origin.left}px`;
      flash.style.top = `${box.top - origin.top}px`;
      flash.style.width = `${box.width}px`;
      flash.style.height = `${box.height}px`;
      root.append(flash);
    }
    this.#flashes = setTimeout(clear, 1_700);
  }
}

/** Of the border box, in CSS pixels before any transform. */
type Size = { width: number; height: number };

const NO_SIZE: Size = { width: Number.NaN, height: Number.NaN };

// NaN, which is like nothing, for elements that have no such sizes.
function sizeOf(element: Element): Size {
  const { offsetWidth, offsetHeight } = element as HTMLElement;
  return { width: Number(offsetWidth), height: Number(offsetHeight) };
}

// Elements round their sizes to whole pixels.
function isAsMeasured(now: ResizeObserverSize | undefined, { width, height } = NO_SIZE): boolean {
  if (now === undefined) return false;
  return Math.abs(now.inlineSize - width) < 1 && Math.abs(now.blockSize - height) < 1;
}
