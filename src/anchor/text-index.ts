// One text and one table of node offsets per message body. Everything that marks or finds words
// goes through it, so that an offset means the same everywhere.
//
// How the text is made: the data of all text nodes in the order they are shown in, made well-formed
// (a lone surrogate or NUL reads as U+FFFD, as it is stored). Where a block, a table cell, a list
// item or <br> begins or ends, one newline is put between two texts unless white space stands there
// already, so that words never glue together. Text that is hidden by styles is kept: styles change,
// offsets must not.

import {
  hostOf,
  localName,
  nodeType,
  openShadow,
  ownerDocument,
  parentNode,
  rootOf,
} from './dom.ts';

// Elements that do not separate words: those within a line, and those that take no room. Everything
// else does, custom elements included.
const INLINE = new Set(
  `a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark meter
  nobr o:p output path picture progress q rb rp rt ruby s samp slot small source span strike strong
  sub sup svg time tt u var wbr script style template noscript`.split(/\s+/),
);
// Elements whose text is not shown, or is a field's value.
const SKIPPED = new Set(
  `script style template noscript textarea select iframe object embed noembed noframes canvas audio
  video head`.split(/\s+/),
);

const SPACE = /\s/;

export class TextIndex {
  readonly root: Element;
  readonly text: string;
  readonly #nodes: readonly Text[];
  readonly #starts: readonly number[];
  #places: Map<Node, number> | undefined;

  constructor(root: Element, text: string, nodes: readonly Text[], starts: readonly number[]) {
    this.root = root;
    this.text = text;
    this.#nodes = nodes;
    this.#starts = starts;
  }

  /**
   * DOM ranges that cover the text from `start` to `end` (UTF-16 units, clamped). Normally one;
   * one for each tree where the words run through shadow roots; none when there is no text.
   */
  ranges(start: number, end: number): Range[] {
    const ranges: Range[] = [];
    let open: { root: Node; range: Range } | null = null;
    for (let at = Math.max(0, this.#nodeAt(start)); at < this.#nodes.length; at += 1) {
      const node = this.#nodes[at] as Text; // at is inside
      const from = this.#starts[at] as number;
      if (from >= end) break;
      const low = Math.min(Math.max(0, start - from), node.length);
      const high = Math.min(end - from, node.length);
      if (high <= low) continue;
      const root = rootOf(node);
      if (open === null || open.root !== root) {
        const range = (ownerDocument(node) ?? document).createRange();
        range.setStart(node, low);
        open = { root, range };
        ranges.push(range);
      }
      open.range.setEnd(node, high);
    }
    return ranges;
  }

  /** The first of `ranges`; null when there is no text between the two offsets. */
  range(start: number, end: number): Range | null {
    return this.ranges(start, end)[0] ?? null;
  }

  /** The offset of a DOM boundary point; points before or after the body give its ends. */
  offsetOf(node: Node, offset: number): number {
    this.#places ??= new Map(this.#nodes.map((text, at) => [text, at]));
    const at = this.#places.get(node);
    if (at !== undefined) {
      const from = this.#starts[at] as number; // `at` came from the same table
      return Math.min(from + offset, this.text.length);
    }
    // The first text that begins at or after the point: the table is in document order.
    let low = 0;
    let high = this.#nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#nodes[middle] as Text, node, offset)) low = middle + 1;
      else high = middle;
    }
    return this.#starts[low] ?? this.text.length;
  }

  // The last node that begins at or before the offset, -1 when there is none.
  #nodeAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** Reads a body's text once. Nodes in `skip` (what we put into the page ourselves) are left out. */
export function indexText(root: Element, skip?: ReadonlySet<Node>): TextIndex {
  const parts: string[] = [];
  const nodes: Text[] = [];
  const starts: number[] = [];
  let length = 0;
  let last = ' ';
  let apart = false;

  function add(node: Text): void {
    const data = node.data;
    if (data.length === 0) return;
    if (apart && !SPACE.test(last) && !SPACE.test(data.charAt(0))) {
      parts.push('\n');
      length += 1;
    }
    apart = false;
    nodes.push(node);
    starts.push(length);
    parts.push(data);
    length += data.length;
    last = data.charAt(data.length - 1);
  }

  // Walks by a TreeWalker, whose steps a page cannot redirect, and without recursion over depth:
  // the elements a node is in are kept in `open`.
  function walk(top: Node): void {
    const walker = (ownerDocument(top) ?? document).createTreeWalker(
      top,
      NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    );
    const open: Node[] = [top];
    let inside = top;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = parentNode(node);
      while (inside !== parent && open.length > 1) {
        leave(inside as Element);
        open.pop();
        inside = open[open.length - 1] as Node; // `top` is never taken off
      }
      if (nodeType(node) === Node.TEXT_NODE) {
        add(node as Text);
      } else if (enter(node as Element)) {
        open.push(node);
        inside = node;
      } else {
        leave(node as Element);
        while (walker.lastChild() !== null);
      }
    }
    for (let at = open.length - 1; at > 0; at -= 1) leave(open[at] as Element);
  }

  // True when the element's own children are to be walked next.
  function enter(element: Element): boolean {
    const name = localName(element);
    if (SKIPPED.has(name) || skip?.has(element)) return false;
    leave(element);
    const shadow = openShadow(element);
    if (shadow !== null) {
      walk(shadow);
      return false;
    }
    if (name !== 'slot') return true;
    const assigned = (element as HTMLSlotElement).assignedNodes?.() ?? [];
    for (const node of assigned) {
      if (nodeType(node) === Node.TEXT_NODE) add(node as Text);
      else {
        if (enter(node as Element)) walk(node);
        leave(node as Element);
      }
    }
    return assigned.length === 0;
  }

  function leave(element: Element): void {
    if (!apart && !INLINE.has(localName(element))) apart = true;
  }

  const shadow = openShadow(root);
  walk(shadow ?? root);
  const text = parts.join('').toWellFormed().replaceAll('\u0000', '\uFFFD');
  return new TextIndex(root, text, nodes, starts);
}

// Whether a text node begins before a boundary point. A node in another tree is stood for by the
// element its tree hangs on.
function isBefore(text: Text, node: Node, offset: number): boolean {
  let inner: Node | null = text;
  const root = rootOf(node);
  while (inner !== null && rootOf(inner) !== root) inner = hostOf(rootOf(inner));
  if (inner === null) {
    const host = hostOf(root);
    return host !== null && isBefore(text, host, 0);
  }
  const point = (ownerDocument(node) ?? document).createRange();
  point.setStart(node, offset);
  point.collapse(true);
  return point.comparePoint(inner, 0) < 0;
}
