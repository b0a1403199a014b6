import { drawIcon } from './drawings.ts';
import { type Icon, titleOf } from './icon.ts';
import { page } from './page-document.ts';
import { onTrusted } from './trusted.ts';

const GAP = 6;
const LONGEST = 240;
// Time to move the pointer from the words onto the card.
const GRACE = 300;

export const CARD_CSS = `
.card { position: fixed; left: 0; top: 0; max-width: min(36ch, calc(100vw - 16px));
  padding: 4px; background: var(--raise); color: var(--ink); border: 1px solid var(--line);
  border-radius: 6px; box-shadow: var(--float); font: 13px/20px system-ui, sans-serif;
  pointer-events: auto; text-align: start; color-scheme: light dark; }
.card button { all: unset; box-sizing: border-box; display: grid;
  grid-template-columns: 16px 1fr; gap: 0 8px; width: 100%; padding: 6px 8px; border-radius: 4px;
  cursor: pointer; }
.card button:hover { background: var(--soft); }
.card svg { margin-top: 2px; }
.card .kind { color: var(--ink2); font-size: 12px; line-height: 16px; padding-top: 2px; }
.card .sum { grid-column: 2; overflow-wrap: anywhere; }
`;

/** What stands behind a mark, beside it: shown while pointed at or focused. */
export class HoverCard {
  readonly #root: ShadowRoot;
  readonly #show: (icon: Icon) => void;
  #shown: { card: HTMLElement; abort: AbortController } | null = null;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(root: ShadowRoot, show: (icon: Icon) => void) {
    this.#root = root;
    this.#show = show;
  }

  /** Shows these marks' summaries under a box of the viewport, or above it. */
  show(icons: readonly Icon[], at: DOMRect): void {
    this.hide();
    if (icons.length === 0) return;
    const abort = new AbortController();
    const card = page.createElement('div');
    card.className = 'card';
    card.role = 'tooltip';
    for (const icon of icons) card.append(this.#row(icon, abort.signal));
    this.#root.append(card);
    this.#shown = { card, abort };
    const { width, height } = card.getBoundingClientRect();
    const wide = page.documentElement.clientWidth || innerWidth;
    const x = Math.max(8, Math.min(at.left, wide - width - 8));
    const under = at.bottom + GAP;
    const y = under + height + 8 <= innerHeight ? under : Math.max(8, at.top - height - GAP);
    card.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    const { signal } = abort;
    card.addEventListener('mouseenter', () => clearTimeout(this.#leaving), { signal });
    card.addEventListener('mouseleave', () => this.leave(), { signal });
    onTrusted(window, 'keydown', signal, (event) => event.key === 'Escape' && this.hide(), {
      capture: true,
    });
    window.addEventListener('scroll', () => this.hide(), { capture: true, passive: true, signal });
  }

  get isShown(): boolean {
    return this.#shown !== null;
  }

  /** The pointer went elsewhere: goes, unless it comes onto the card. */
  leave(): void {
    clearTimeout(this.#leaving);
    if (this.#shown) this.#leaving = setTimeout(() => this.hide(), GRACE);
  }

  hide(): void {
    clearTimeout(this.#leaving);
    this.#shown?.abort.abort();
    this.#shown?.card.remove();
    this.#shown = null;
  }

  #row(icon: Icon, signal: AbortSignal): HTMLElement {
    const row = page.createElement('button');
    row.type = 'button';
    row.tabIndex = -1;
    const drawing = drawIcon(icon.look);
    drawing.style.color = `var(--${icon.look})`;
    const kind = page.createElement('span');
    kind.className = 'kind';
    kind.textContent = titleOf(icon);
    const sum = page.createElement('span');
    sum.className = 'sum';
    sum.dir = 'auto';
    const { summary } = icon;
    sum.textContent = summary.length > LONGEST ? `${summary.slice(0, LONGEST - 1)}…` : summary;
    row.append(drawing, kind, sum);
    onTrusted(row, 'click', signal, () => {
      this.hide();
      this.#show(icon);
    });
    return row;
  }
}
