// Draws marks with the CSS Custom Highlight API: the page's nodes are not touched. Highlights take
// no focus and no pointer, so `at` answers which marks are under a point.

import { onDarkGround } from './ground.ts';
import { KINDS, type Kind, nameOf, rules } from './marks-style.ts';

export type { Kind } from './marks-style.ts';

/** `ranges` are what `TextIndex.ranges` gave; an `approximate` mark is drawn as a fill only. */
export type Mark = { id: string; kind: Kind; ranges: readonly Range[]; approximate: boolean };

type HitRegistry = HighlightRegistry & {
  highlightsFromPoint?: (
    x: number,
    y: number,
    options?: { shadowRoots?: ShadowRoot[] },
  ) => { highlight: Highlight; ranges: AbstractRange[] }[];
};

export class Marks {
  readonly #document: Document;
  readonly #names = new Set<string>();
  readonly #styled = new Set<Document | ShadowRoot>();
  readonly #adopting = new Set<Document | ShadowRoot>();
  #marks: readonly Mark[] = [];
  #idOf = new WeakMap<AbstractRange, string>();
  #sheet: CSSStyleSheet | undefined;
  #elements: HTMLStyleElement[] = [];

  constructor(document: Document) {
    this.#document = document;
  }

  /** False in browsers without the API; the caller then says so instead of drawing. */
  static get supported(): boolean {
    return typeof Highlight === 'function' && typeof CSS === 'object' && 'highlights' in CSS;
  }

  /** Draws exactly these marks, in place of those drawn before. Later kinds lie over earlier. */
  draw(marks: readonly Mark[]): void {
    if (!Marks.supported) return;
    this.#unregister();
    // A page that sets its sheets anew takes ours away.
    for (const root of this.#adopting) {
      if (!this.#adopted(root)) this.#styled.delete(root);
    }
    this.#marks = marks;
    this.#idOf = new WeakMap();
    const byName = new Map<string, Highlight>();
    const seen = new Map<Element, boolean>();
    for (const { id, kind, ranges, approximate } of marks) {
      for (const range of ranges) {
        const { startContainer } = range;
        this.#style(startContainer.getRootNode());
        const parent = startContainer.parentElement;
        const dark = onDarkGround(parent ?? this.#document.documentElement, seen);
        const name = nameOf(kind, dark, approximate);
        let highlight = byName.get(name);
        if (highlight === undefined) {
          highlight = new Highlight();
          // The expectation's fill lies under the lines of the others.
          highlight.priority = KINDS.indexOf(kind) + (approximate ? 0 : KINDS.length);
          byName.set(name, highlight);
        }
        highlight.add(range);
        this.#idOf.set(range, id);
      }
    }
    for (const [name, highlight] of byName) {
      CSS.highlights.set(name, highlight);
      this.#names.add(name);
    }
  }

  /** The ids of the marks under a point of the viewport (CSS pixels), the topmost first. */
  at(x: number, y: number): string[] {
    const registry = CSS.highlights as HitRegistry;
    const ids = new Set<string>();
    if (typeof registry.highlightsFromPoint === 'function') {
      const shadowRoots = [...this.#styled].filter((root) => root instanceof ShadowRoot);
      for (const hit of registry.highlightsFromPoint(x, y, { shadowRoots })) {
        for (const range of hit.ranges) {
          const id = this.#idOf.get(range);
          if (id !== undefined) ids.add(id);
        }
      }
      return [...ids];
    }
    for (const { id, ranges } of this.#marks) {
      if (ranges.some((range) => holds(range, x, y))) ids.add(id);
    }
    return [...ids].reverse();
  }

  /** Takes every mark and every style of ours away again. */
  clear(): void {
    this.#unregister();
    this.#marks = [];
    this.#idOf = new WeakMap();
    for (const root of this.#adopting) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    }
    this.#adopting.clear();
    this.#styled.clear();
    for (const element of this.#elements) element.remove();
    this.#elements = [];
  }

  #unregister(): void {
    for (const name of this.#names) CSS.highlights.delete(name);
    this.#names.clear();
  }

  // ::highlight() rules reach the tree they are adopted in and no shadow root below it.
  #style(node: Node): void {
    const root = node instanceof ShadowRoot ? node : this.#document;
    if (this.#styled.has(root)) return;
    this.#styled.add(root);
    if (this.#adopt(root)) return;
    // Older Firefox forbids content scripts to adopt sheets: one <style> in place of it.
    const element = this.#document.createElement('style');
    element.textContent = rules();
    const place =
      root === this.#document ? (this.#document.head ?? document.documentElement) : root;
    place.append(element);
    this.#elements.push(element);
  }

  #adopted(root: Document | ShadowRoot): boolean {
    return this.#sheet !== undefined && [...root.adoptedStyleSheets].includes(this.#sheet);
  }

  #adopt(root: Document | ShadowRoot): boolean {
    try {
      if (this.#sheet === undefined) {
        this.#sheet = new CSSStyleSheet();
        this.#sheet.replaceSync(rules());
      }
      const sheet = this.#sheet;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      if (!this.#adopted(root)) return false;
      this.#adopting.add(root);
      return true;
    } catch {
      return false;
    }
  }
}

function holds(range: Range, x: number, y: number): boolean {
  for (const box of range.getClientRects()) {
    if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) return true;
  }
  return false;
}
