// Draws marks with the CSS Custom Highlight API: the page's nodes are not touched. Highlights take
// no focus and no pointer, so `at` answers which marks are under a point.

import { onDarkGround } from './ground.ts';
import { KINDS, type Kind, nameOf, reaches, rulesOf } from './marks-style.ts';

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

/** A sheet or an element of ours in one tree, and the looks it has rules for. */
type Styled = {
  sheet: CSSStyleSheet | null;
  element: HTMLStyleElement | null;
  names: Set<string>;
};

/**
 * Whether this browser lets highlight styles inherit. Chromium always did; of others it is seen at
 * the first rule, which has to wait for the styles of the whole page.
 */
let inherits = /Chrome\//.test(navigator.userAgent) ? true : undefined;

export class Marks {
  readonly #document: Document;
  readonly #names = new Set<string>();
  readonly #styled = new Map<Document | ShadowRoot, Styled>();
  #marks: readonly Mark[] = [];
  #idOf = new WeakMap<AbstractRange, string>();

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
    for (const [root, { sheet }] of this.#styled) {
      if (sheet && ![...root.adoptedStyleSheets].includes(sheet)) this.#styled.delete(root);
    }
    this.#marks = marks;
    this.#idOf = new WeakMap();
    const byName = new Map<string, Highlight>();
    const rootsOf = new Map<string, Set<Document | ShadowRoot>>();
    const seen = new Map<Element, boolean>();
    // All grounds are looked up before the first rule is added: a rule has the browser work out the
    // styles of the whole page anew, and asking then would wait for that.
    for (const { id, kind, ranges, approximate } of marks) {
      for (const range of ranges) {
        const { startContainer } = range;
        const root = startContainer.getRootNode();
        const parent = startContainer.parentElement;
        const dark = onDarkGround(parent ?? this.#document.documentElement, seen);
        const name = nameOf(kind, dark, approximate);
        let highlight = byName.get(name);
        if (highlight === undefined) {
          highlight = new Highlight();
          // The expectation's fill lies under the lines of the others.
          const rank = KINDS.indexOf(kind) + (approximate ? 0 : KINDS.length);
          highlight.priority = kind === 'cue' ? -1 : rank;
          byName.set(name, highlight);
          rootsOf.set(name, new Set());
        }
        rootsOf.get(name)?.add(root instanceof ShadowRoot ? root : this.#document);
        highlight.add(range);
        this.#idOf.set(range, id);
      }
    }
    for (const [name, roots] of rootsOf) for (const root of roots) this.#style(root, name);
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
      const shadowRoots = [...this.#styled.keys()].filter((root) => root instanceof ShadowRoot);
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
    for (const [root, styled] of this.#styled) remove(root, styled);
    this.#styled.clear();
  }

  #unregister(): void {
    for (const name of this.#names) CSS.highlights.delete(name);
    this.#names.clear();
  }

  // ::highlight() rules reach the tree they are adopted in and no shadow root below it.
  #style(root: Document | ShadowRoot, name: string): void {
    const styled = this.#styled.get(root) ?? this.#sheetIn(root);
    this.#styled.set(root, styled);
    if (styled.names.has(name)) return;
    styled.names.add(name);
    const wanted = root === this.#document && inherits !== false ? ':root' : '';
    add(styled, rulesOf(name, wanted));
    if (wanted === '' || inherits === true) return;
    inherits = reaches(getComputedStyle(this.#document.body, `::highlight(${name})`));
    if (!inherits) add(styled, rulesOf(name, ''));
  }

  // A sheet of our own; in older Firefox, which forbids content scripts to adopt any, a <style>.
  #sheetIn(root: Document | ShadowRoot): Styled {
    try {
      const sheet = new CSSStyleSheet();
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      if ([...root.adoptedStyleSheets].includes(sheet)) {
        return { sheet, element: null, names: new Set() };
      }
    } catch {
      // Falls through to the element.
    }
    const element = this.#document.createElement('style');
    const place =
      root instanceof ShadowRoot ? root : (this.#document.head ?? this.#document.documentElement);
    place.append(element);
    return { sheet: null, element, names: new Set() };
  }
}

function add({ sheet, element }: Styled, rules: readonly string[]): void {
  for (const rule of rules) {
    if (sheet) sheet.insertRule(rule, sheet.cssRules.length);
    else element?.append(rule);
  }
}

function remove(root: Document | ShadowRoot, { sheet, element }: Styled): void {
  element?.remove();
  if (sheet === null) return;
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
}

function holds(range: Range, x: number, y: number): boolean {
  for (const box of range.getClientRects()) {
    if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) return true;
  }
  return false;
}
