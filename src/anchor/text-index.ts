// One text and one table of places per message body. Everything that marks or finds words goes
// through it, so that an offset means the same everywhere.
//
// How the text is made: the data of all text nodes in the order they are shown in, made well-formed
// (a lone surrogate or NUL reads as U+FFFD, as it is stored). Where a block, a table cell, a list
// item or <br> begins or ends, one newline is put between two texts unless white space stands there
// already, so that words never glue together. Text that is hidden by styles is kept: styles change,
// offsets must not.
//
// Shadow roots are read where they hang; only a <span> with words of its own is read by these, since
// hosts of that kind are rare and spans are many.
//
// How it is read: most of a mail are blocks with nothing but words and inline elements inside. Such
// a block is one piece, its text asked for in one call; its text nodes are listed only when a range
// is wanted in it, and it alone is read again when something in it changes.

import {
  all,
  contains,
  createTreeWalker,
  firstChild,
  getRootNode,
  hostOf,
  localName,
  nextSibling,
  nodeType,
  openShadow,
  ownerDocument,
  parentNode,
  textContent,
} from './dom.ts';

// Elements within a line. All others separate words, custom elements included, except UNSEEN ones.
const INLINE =
  'span b i a u em strong font small sub sup s q abbr acronym bdi bdo big button cite code data del dfn img ins kbd label mark meter nobr o:p output path picture progress rb rp rt ruby samp source strike svg time tt var wbr';
// Elements that take no room and whose text is not shown.
const UNSEEN = 'script style template noscript';
// Elements whose text is not shown, or is a field's value, but which take room.
const CLOSED = 'textarea select iframe object embed noembed noframes canvas audio video head';

const inline = names(`${INLINE} slot ${UNSEEN}`);
const skipped = names(`${UNSEEN} ${CLOSED}`);
// Whatever is more than words in a line; the commonest first, since the rest takes long to tell.
const OTHERS = `p,div,br,td,tr,li,:not(${INLINE.replace(':', '\\:').replaceAll(' ', ',')})`;

type Nodes = { nodes: Text[]; starts: number[] };

/** A text node, or a block whose text is simply that of all its text nodes. */
type Piece = {
  readonly node: Node;
  text: string;
  /** Whether a block begins or ends between the piece before and this one. */
  readonly apart: boolean;
  /** Offset of the piece's text in the whole. */
  start: number;
  /** Made when asked for; starts count from the piece's. */
  nodes: Nodes | null;
};

/** Made by `indexText`. Offsets are UTF-16 units and hold until the next `update`. */
export class TextIndex {
  readonly root: Element;
  readonly #skip: ReadonlySet<Node>;
  #pieces: readonly Piece[] = [];
  #places: Map<Node, Piece> | null = null;
  #text = '';
  /** Has shadow trees or slots: what hangs on what cannot be told from one change. */
  #composed = false;
  #stale = true;
  readonly #changed = new Set<Piece>();

  constructor(root: Element, skip: ReadonlySet<Node>) {
    this.root = root;
    this.#skip = skip;
    this.#renew();
  }

  /** The body's text. Another string than before when an update changed it. */
  get text(): string {
    this.#renew();
    return this.#text;
  }

  /**
   * Takes note of what an observer of `childList` and `characterData` saw, in this body or
   * elsewhere; read when next asked for: only the touched blocks if no block came or went. A shadow
   * root attached since makes no record.
   */
  update(records: readonly Pick<MutationRecord, 'type' | 'target'>[]): void {
    for (const { type, target } of records) {
      if (this.#stale) return;
      if (this.#composed) this.#stale = true;
      else if (type !== 'attributes') this.#touch(target);
    }
  }

  /**
   * DOM ranges that cover the text from `start` to `end` (clamped). Normally one; one for each tree
   * where the words run through shadow roots; none when there is no text.
   */
  ranges(start: number, end: number): Range[] {
    this.#renew();
    const pieces = this.#pieces;
    const ranges: Range[] = [];
    let open: { root: Node; range: Range } | null = null;
    const first = lastBefore(pieces.length, (at) => (pieces[at]?.start ?? 0) <= start);
    for (let at = Math.max(0, first); at < pieces.length; at += 1) {
      const piece = pieces[at] as Piece; // at is inside
      if (piece.start >= end) break;
      const { nodes, starts } = nodesOf(piece);
      const from = start - piece.start;
      let inner = lastBefore(nodes.length, (place) => (starts[place] ?? 0) <= from);
      for (inner = Math.max(0, inner); inner < nodes.length; inner += 1) {
        const node = nodes[inner] as Text; // inside, as below
        const begin = piece.start + (starts[inner] as number);
        if (begin >= end) break;
        const low = Math.min(Math.max(0, start - begin), node.length);
        const high = Math.min(end - begin, node.length);
        if (high <= low) continue;
        const root = getRootNode.call(node);
        if (open === null || open.root !== root) {
          open = { root, range: rangeAt(node, low) };
          ranges.push(open.range);
        }
        open.range.setEnd(node, high);
      }
    }
    return ranges;
  }

  /** The first of `ranges`; null when there is no text between the two offsets. */
  range(start: number, end: number): Range | null {
    return this.ranges(start, end)[0] ?? null;
  }

  /** The offset of a DOM boundary point; points before or after the body give its ends. */
  offsetOf(node: Node, offset: number): number {
    this.#renew();
    const pieces = this.#pieces;
    const piece = this.#pieceOf(node);
    let next: number;
    if (piece) {
      const { nodes, starts } = nodesOf(piece);
      const own = nodes.indexOf(node as Text);
      if (own >= 0) return Math.min(piece.start + (starts[own] ?? 0) + offset, this.#text.length);
      // The first text that begins at or after the point: tables are in document order.
      const inner = lastBefore(nodes.length, (at) => isBefore(nodes[at] as Text, node, offset)) + 1;
      if (inner < nodes.length) return piece.start + (starts[inner] ?? 0);
      next = pieces.indexOf(piece) + 1;
    } else {
      next =
        1 + lastBefore(pieces.length, (at) => isBefore((pieces[at] as Piece).node, node, offset));
    }
    while (pieces[next]?.text === '') next += 1;
    return pieces[next]?.start ?? this.#text.length;
  }

  #touch(target: Node): void {
    const piece = this.#pieceOf(target);
    if (piece) this.#changed.add(piece);
    else if (contains.call(this.root, target)) this.#stale = true;
  }

  #pieceOf(node: Node): Piece | undefined {
    this.#places ??= new Map(this.#pieces.map((piece) => [piece.node, piece]));
    let piece: Piece | undefined;
    for (let at: Node | null = node; at && !piece; at = parentNode.call(at)) {
      piece = this.#places.get(at);
      if (at === this.root) break;
    }
    return piece;
  }

  #renew(): void {
    for (const piece of this.#changed) {
      // In a body without shadow trees a piece is a text node or a block.
      const isSame = isText(piece.node) || isPlain(piece.node as Element, this.#skip);
      if (!isSame) this.#stale = true;
    }
    if (!this.#stale && this.#changed.size === 0) return;
    if (this.#stale) {
      [this.#pieces, this.#composed] = read(this.root, this.#skip);
      this.#places = null;
      this.#stale = false;
    } else {
      for (const piece of this.#changed) {
        piece.text = textContent.call(piece.node) ?? '';
        piece.nodes = null;
      }
    }
    this.#changed.clear();
    this.#text = joined(this.#pieces);
  }
}

/** Reads a body's text. Nodes in `skip` (what we put into the page ourselves) are left out. */
export function indexText(root: Element, skip: ReadonlySet<Node> = new Set()): TextIndex {
  return new TextIndex(root, skip);
}

// Without recursion over depth, which a page could make very deep.
function read(root: Element, skip: ReadonlySet<Node>): [Piece[], boolean] {
  const pieces: Piece[] = [];
  let apart = false;
  let composed = false;

  function add(node: Node): void {
    pieces.push({ node, text: textContent.call(node) ?? '', apart, start: 0, nodes: null });
    apart = false;
  }

  function part(element: Node): void {
    apart ||= !inline.has(localName.call(element));
  }

  function walk(top: Element | ShadowRoot): void {
    const others = all(top, OTHERS);
    let seen = 0;
    let other = others[0];
    // What is not in the list and yet to be looked at.
    const odd = new Set(skip);
    for (const span of all(top, 'span:empty')) if (openShadow.call(span)) odd.add(span);
    const holds = (node: Node) => {
      if (odd.size === 0) return false;
      for (const one of odd) if (contains.call(node, one)) return true;
      return false;
    };
    if (other === undefined && !holds(top)) {
      add(top);
      return;
    }
    let node = firstChild.call(top);
    while (node !== null) {
      let next: Node | null = null;
      const type = nodeType.call(node);
      if (node === other || (odd.size > 0 && odd.has(node))) {
        if (node === other) other = others[++seen];
        const name = localName.call(node);
        const isInline = inline.has(name);
        if (!isInline) apart = true;
        const isOpen = enter(node, name);
        const hasMore = other !== undefined && contains.call(node, other);
        if (isOpen && (hasMore || isInline || holds(node))) {
          next = firstChild.call(node);
        } else {
          if (isOpen) add(node);
          else if (hasMore) while (other && contains.call(node, other)) other = others[++seen];
        }
        if (next === null && !isInline) apart = true;
      } else if (type === Node.ELEMENT_NODE) {
        next = firstChild.call(node);
      } else if (type === Node.TEXT_NODE || type === Node.CDATA_SECTION_NODE) add(node);
      for (next ??= nextSibling.call(node); next === null; next = nextSibling.call(node)) {
        node = parentNode.call(node);
        if (node === null || node === top) return;
        part(node);
      }
      node = next;
    }
  }

  // True when an element's text is that of its own children.
  function enter(element: Node, name = localName.call(element)): boolean {
    if (skipped.has(name) || skip.has(element)) return false;
    const shadow = openShadow.call(element);
    if (shadow !== null) {
      composed = true;
      walk(shadow);
      return false;
    }
    if (name !== 'slot') return true;
    composed = true;
    const assigned = (element as HTMLSlotElement).assignedNodes?.() ?? [];
    for (const node of assigned) {
      if (isText(node)) {
        add(node);
        continue;
      }
      part(node);
      if (enter(node)) walk(node as Element); // slots get texts and elements only
      part(node);
    }
    return assigned.length === 0;
  }

  if (enter(root)) walk(root);
  return [pieces, composed];
}

function isText(node: Node): boolean {
  const type = nodeType.call(node);
  return type === Node.TEXT_NODE || type === Node.CDATA_SECTION_NODE;
}

// Whether a block still has nothing inside but words and inline elements.
function isPlain(block: Element, skip: ReadonlySet<Node>): boolean {
  if (all(block, OTHERS).length > 0) return false;
  for (const span of all(block, 'span:empty')) if (openShadow.call(span) !== null) return false;
  for (const node of skip) if (contains.call(block, node)) return false;
  return true;
}

// Sets each piece's start.
function joined(pieces: readonly Piece[]): string {
  let whole = '';
  let length = 0;
  let last = ' ';
  let apart = false;
  for (const piece of pieces) {
    const { text } = piece;
    apart ||= piece.apart;
    if (text !== '') {
      if (apart && !isSpace(last) && !isSpace(text.charAt(0))) {
        whole += '\n';
        length += 1;
      }
      apart = false;
      whole += text;
      last = text.charAt(text.length - 1);
    }
    piece.start = length;
    length += text.length;
  }
  return whole.toWellFormed().replaceAll('\0', '\uFFFD');
}

const isSpace = (unit: string) => unit < '!' || (unit > '~' && /\s/.test(unit));

function nodesOf(piece: Piece): Nodes {
  if (piece.nodes) return piece.nodes;
  const nodes: Text[] = [];
  const starts: number[] = [];
  let length = 0;
  const { SHOW_TEXT, SHOW_CDATA_SECTION } = NodeFilter;
  const shown = SHOW_TEXT | SHOW_CDATA_SECTION;
  const of = ownerDocument.call(piece.node) ?? document;
  const walker = createTreeWalker.call(of, piece.node, shown);
  // A text node is its own root, which the walker stands on but does not step to.
  let node = isText(piece.node) ? piece.node : walker.nextNode();
  for (; node !== null; node = walker.nextNode()) {
    nodes.push(node as Text); // the walker shows nothing else
    starts.push(length);
    length += (node as Text).length;
  }
  piece.nodes = { nodes, starts };
  return piece.nodes;
}

// Whether a node begins before a boundary point. A node in another tree is stood for by the element
// its tree hangs on.
function isBefore(begins: Node, node: Node, offset: number): boolean {
  let inner: Node | null = begins;
  const root = getRootNode.call(node);
  while (inner !== null && getRootNode.call(inner) !== root)
    inner = hostOf(getRootNode.call(inner));
  if (inner === null) {
    const host = hostOf(root);
    return host !== null && isBefore(begins, host, 0);
  }
  return rangeAt(node, offset).comparePoint(inner, 0) < 0;
}

function rangeAt(node: Node, offset: number): Range {
  const range = new Range();
  range.setStart(node, offset);
  range.collapse(true);
  return range;
}

// The last of `length` places for which `test` holds, -1 when there is none; it holds for the first
// ones only.
function lastBefore(length: number, test: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
