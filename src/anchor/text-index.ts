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
// a block is one piece, and so are up to RUN neighbours with white space between them, where no
// newline can be missing: a string of its own for each block is what reading takes longest for. A
// piece's text is asked for in one call; its text nodes are listed only when a range is wanted in
// it, and it alone is read again when something in it changes.

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

// Enough for the calls not to count, few enough to be read again for a change in one of them.
const RUN = 48;

const { TEXT_NODE, CDATA_SECTION_NODE, ELEMENT_NODE } = Node;

// The commonest elements besides inline ones. What a node was made by is known without a call into
// the DOM; where a page or a form gives another answer, the node is asked.
const BLOCKS: ReadonlySet<unknown> = new Set([
  HTMLParagraphElement,
  HTMLDivElement,
  HTMLLIElement,
  HTMLTableRowElement,
  HTMLTableCellElement,
]);

type Nodes = { nodes: Text[]; starts: number[] };

/** Text nodes, inline elements and blocks whose text is simply that of all their text nodes. */
type Piece = {
  readonly node: Node;
  /** The last of the siblings; mostly the same. */
  readonly last: Node;
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
      [this.#pieces, this.#composed] = read(this.root, this.#skip);
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

// Without recursion over depth, which a page could make very deep.
function read(root: Element, skip: ReadonlySet<Node>): [Piece[], boolean] {
  const pieces: Piece[] = [];
  const joint = new Joint();
  let composed = false;
  // The piece that may yet grow.
  let first: Node | null = null;
  let last: Node | null = null;
  let count = 0;
  let known: string | null = '';
  let isApart = false;

  // `text` is null where it was not asked for.
  function put(node: Node, text: string | null, fits: boolean, wasApart: boolean): void {
    if (first !== null && (!fits || count === RUN)) end();
    if (first === null) {
      first = node;
      count = 0;
      known = '';
      isApart = wasApart;
    }
    last = node;
    count += 1;
    known = known === null || text === null ? null : known + text;
  }

  function end(): void {
    if (first === null || last === null) return;
    const text = known ?? textOf(first, last);
    pieces.push({ node: first, last, text, apart: isApart, start: 0, nodes: null });
    first = null;
  }

  function putText(node: Node): void {
    const text = textContent.call(node) ?? '';
    if (text === '') return;
    const wasApart = joint.apart;
    put(node, text, joint.text(text), wasApart);
  }

  function putBlock(node: Node, isEmpty: boolean): void {
    put(node, isEmpty ? '' : null, joint.block(isEmpty), true);
  }

  function putInline(node: Node): void {
    const wasApart = joint.apart;
    put(node, null, joint.inline(), wasApart);
  }

  // What follows is no sibling, or not to be read together with what came before.
  function part(element?: Node): void {
    end();
    if (element && !inline.has(localName.call(element))) joint.apart = true;
  }

  function walk(top: Element | ShadowRoot): void {
    const others = all(top, OTHERS);
    let seen = 0;
    let other = others[0];
    // What is not in the list and yet to be looked at.
    const odd = new Set(skip);
    for (const span of all(top, 'span:empty')) if (openShadow.call(span)) odd.add(span);
    const hasOdd = odd.size > 0;
    // What has any of them inside. Each is noted once, however deep the markup.
    const outer = new Set<Node>();
    const note = (inner: Node) => {
      for (let at = parentNode.call(inner); at !== null && at !== top; at = parentNode.call(at)) {
        if (outer.has(at)) return;
        outer.add(at);
      }
    };
    const holds = (node: Node) => {
      if (other !== undefined) note(other);
      return outer.has(node);
    };
    for (const one of odd) if (contains.call(top, one)) note(one);
    part();
    if (other === undefined && ![...odd].some((one) => contains.call(top, one))) {
      putInline(top);
      part();
      return;
    }
    let node = firstChild.call(top);
    // The sibling after the next, where it is known.
    let second: Node | null | undefined;
    while (node !== null) {
      let next: Node | null = null;
      let sibling = second;
      second = undefined;
      if (node === other || (hasOdd && odd.has(node))) {
        if (node === other) other = others[++seen];
        if (!hasOdd && BLOCKS.has(node.constructor) && openShadow.call(node) === null) {
          if (sibling === undefined) sibling = nextSibling.call(node);
          // Nothing is inside when the next in the list comes next, or after some white space.
          let isOuter = other !== undefined && other !== sibling;
          if (isOuter && sibling !== null) {
            second = nextSibling.call(sibling);
            isOuter = other !== second && holds(node);
          } else if (isOuter) isOuter = holds(node);
          if (isOuter) {
            joint.apart = true;
            end();
            next = firstChild.call(node);
            if (next !== null) second = undefined;
          } else putBlock(node, false);
        } else {
          const name = localName.call(node);
          const isInline = inline.has(name);
          if (!isInline) joint.apart = true;
          if (!enter(node, name)) {
            while (other && contains.call(node, other)) other = others[++seen];
          } else if (isInline || holds(node)) {
            end();
            next = firstChild.call(node);
          } else putBlock(node, name === 'br' && firstChild.call(node) === null);
          if (next === null && !isInline) joint.apart = true;
        }
      } else if (node.constructor === Text) putText(node);
      else {
        const type = nodeType.call(node);
        if (type === TEXT_NODE || type === CDATA_SECTION_NODE) putText(node);
        else if (type === ELEMENT_NODE) {
          if (holds(node)) {
            end();
            next = firstChild.call(node);
          } else putInline(node);
        }
      }
      next ??= sibling === undefined ? nextSibling.call(node) : sibling;
      for (; next === null; next = nextSibling.call(node)) {
        end();
        node = parentNode.call(node);
        if (node === null || node === top) return;
        part(node);
      }
      node = next;
    }
  }

  // True when an element's text is that of its own children.
  function enter(element: Node, name = localName.call(element)): boolean {
    if (skipped.has(name) || skip.has(element)) {
      end();
      return false;
    }
    const shadow = openShadow.call(element);
    if (shadow !== null) {
      composed = true;
      walk(shadow);
      return false;
    }
    if (name !== 'slot') return true;
    composed = true;
    const assigned = (element as HTMLSlotElement).assignedNodes?.() ?? [];
    part();
    for (const node of assigned) {
      if (isText(node)) putText(node);
      else {
        part(node);
        if (enter(node)) walk(node as Element); // slots get texts and elements only
        part(node);
      }
      part();
    }
    return assigned.length === 0;
  }

  if (enter(root)) walk(root);
  return [pieces, composed];
}

/**
 * Tells of neighbours, one after the other, whether they can be read together: false where a
 * newline has to be put in before the one asked about, or may have to be.
 */
class Joint {
  /** A block begins or ends after the text before. */
  apart = false;
  /** The text before is known and ends in white space. */
  #isSpaced = false;

  text(text: string): boolean {
    if (text === '') return true;
    const fits = !this.apart || this.#isSpaced || isSpace(text.charAt(0));
    this.apart = false;
    this.#isSpaced = isSpace(text.charAt(text.length - 1));
    return fits;
  }

  /** Of words that were not looked at. */
  inline(): boolean {
    const fits = !this.apart || this.#isSpaced;
    this.apart = false;
    this.#isSpaced = false;
    return fits;
  }

  block(isEmpty: boolean): boolean {
    this.apart = true;
    if (isEmpty) return true;
    const fits = this.#isSpaced;
    this.#isSpaced = false;
    return fits;
  }
}

function isText(node: Node): boolean {
  const type = nodeType.call(node);
  return type === TEXT_NODE || type === CDATA_SECTION_NODE;
}

// Whether a piece's text is still that of its text nodes. Only asked where there are no shadow
// trees, and of pieces between whose nodes none came or went.
function isPlain({ node, last }: Piece, skip: ReadonlySet<Node>): boolean {
  const joint = new Joint();
  for (let at: Node | null = node; at !== null; at = nextSibling.call(at)) {
    if (isText(at)) {
      if (!joint.text(textContent.call(at) ?? '') && at !== node) return false;
    } else if (nodeType.call(at) === ELEMENT_NODE) {
      const element = at as Element; // by its type
      if (all(element, OTHERS).length > 0) return false;
      for (const span of all(element, 'span:empty')) if (openShadow.call(span)) return false;
      for (const one of skip) if (contains.call(element, one)) return false;
      const name = localName.call(element);
      const isEmpty = name === 'br' && firstChild.call(element) === null;
      const fits = inline.has(name) ? joint.inline() : joint.block(isEmpty);
      if (!fits && at !== node) return false;
    }
    if (at === last) return true;
  }
  return false;
}

// The text of siblings and all that is in between.
function textOf(first: Node, last: Node): string {
  if (first === last) return textContent.call(first) ?? '';
  const range = new Range();
  range.selectNodeContents(last);
  range.setStart(first, 0);
  return range.toString();
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

const isSpace = (unit: string) => unit < '!' || (unit > '~' && /\s/.test(unit));

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

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
