// One text and one table of places per message body. Everything that marks or finds words goes
// through it, so that an offset means the same everywhere.
//
// The text is that of the body's pieces (read-text.ts), made well-formed: a lone surrogate or NUL
// reads as U+FFFD, as it is stored. A piece's text nodes are listed only when a range is wanted in
// it, and it alone is read again when something in it changes.

import {
  contains,
  createTreeWalker,
  getRootNode,
  hostOf,
  nextSibling,
  ownerDocument,
  parentNode,
} from './dom.ts';
import { isPlain, isSpace, isText, type Nodes, type Piece, readText, textOf } from './read-text.ts';

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
    const own = this.#pieceOf(node);
    const before = own
      ? pieces.indexOf(own)
      : lastBefore(pieces.length, (at) => isBefore((pieces[at] as Piece).node, node, offset));
    const piece = pieces[before];
    if (piece) {
      const { nodes, starts } = nodesOf(piece);
      const itself = nodes.indexOf(node as Text);
      if (itself >= 0) {
        return Math.min(piece.start + (starts[itself] ?? 0) + offset, this.#text.length);
      }
      // The first text that begins at or after the point: tables are in document order.
      const inner = lastBefore(nodes.length, (at) => isBefore(nodes[at] as Text, node, offset)) + 1;
      if (inner < nodes.length) return piece.start + (starts[inner] ?? 0);
    }
    let next = before + 1;
    while (pieces[next]?.text === '') next += 1;
    return pieces[next]?.start ?? this.#text.length;
  }

  #touch(target: Node): void {
    const piece = this.#pieceOf(target);
    if (piece) this.#changed.add(piece);
    else if (contains.call(this.root, target)) this.#stale = true;
  }

  #pieceOf(node: Node): Piece | undefined {
    this.#places ??= placesOf(this.#pieces);
    let piece: Piece | undefined;
    for (let at: Node | null = node; at && !piece; at = parentNode.call(at)) {
      piece = this.#places.get(at);
      if (at === this.root) break;
    }
    return piece;
  }

  #renew(): void {
    for (const piece of this.#changed) {
      if (!isPlain(piece, this.#skip)) this.#stale = true;
    }
    if (!this.#stale && this.#changed.size === 0) return;
    if (this.#stale) {
      [this.#pieces, this.#composed] = readText(this.root, this.#skip);
      this.#places = null;
      this.#stale = false;
    } else {
      for (const piece of this.#changed) {
        piece.text = textOf(piece.node, piece.last);
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

function placesOf(pieces: readonly Piece[]): Map<Node, Piece> {
  const places = new Map<Node, Piece>();
  for (const piece of pieces) {
    for (let at: Node | null = piece.node; at !== null; at = nextSibling.call(at)) {
      places.set(at, piece);
      if (at === piece.last) break;
    }
  }
  return places;
}

// Sets each piece's start.
function joined(pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let length = 0;
  let last = ' ';
  let apart = false;
  for (const piece of pieces) {
    const { text } = piece;
    apart ||= piece.apart;
    if (text !== '') {
      if (apart && !isSpace(last) && !isSpace(text.charAt(0))) {
        parts.push('\n');
        length += 1;
      }
      apart = false;
      parts.push(text);
      last = text.charAt(text.length - 1);
    }
    piece.start = length;
    length += text.length;
  }
  return parts.join('').toWellFormed().replaceAll('\0', '\uFFFD');
}

function nodesOf(piece: Piece): Nodes {
  if (piece.nodes) return piece.nodes;
  const nodes: Text[] = [];
  const starts: number[] = [];
  let length = 0;
  function list(node: Node): void {
    nodes.push(node as Text); // what the walker shows, and what was asked
    starts.push(length);
    length += (node as Text).length;
  }
  const { SHOW_TEXT, SHOW_CDATA_SECTION } = NodeFilter;
  const shown = SHOW_TEXT | SHOW_CDATA_SECTION;
  const of = ownerDocument.call(piece.node) ?? document;
  for (let at: Node | null = piece.node; at !== null; at = nextSibling.call(at)) {
    if (isText(at)) list(at);
    else {
      const walker = createTreeWalker.call(of, at, shown);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) list(node);
    }
    if (at === piece.last) break;
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
