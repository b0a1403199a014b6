// How a body's text is made: the data of all text nodes in the order they are shown in. Where a
// block, a table cell, a list item or <br> begins or ends, one newline is put between two texts
// unless white space stands there already, so that words never glue together. Text that is hidden
// by styles is kept: styles change, offsets must not.
//
// Shadow roots are read where they hang; only a <span> with words of its own is read by these, since
// hosts of that kind are rare and spans are many.
//
// How it is read: most of a mail are blocks with nothing but words and inline elements inside. Such
// a block is one piece, and so are up to RUN neighbours with white space between them, where no
// newline can be missing: a string of its own for each block is what reading takes longest for. A
// piece's text is asked for in one call.

import {
  all,
  contains,
  firstChild,
  localName,
  nextSibling,
  nodeType,
  openShadow,
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
// Whatever is more than words in a line. The commonest of either kind are told first, since each
// name that a selector goes through takes time for every element.
const OTHERS = `:not(span,b,a):is(p,td,div,br,tr,li,:not(${INLINE.replace(':', '\\:').replaceAll(' ', ',')}))`;
// These, and what may have a shadow tree although it is inline.
const LISTED = `${OTHERS},span:empty`;

const SPACE = 0x20;
// Enough for the calls not to count, few enough to be read again for a change in one of them.
const RUN = 96;

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

export type Nodes = { nodes: Text[]; starts: number[] };

/** Text nodes, inline elements and blocks whose text is simply that of all their text nodes. */
export type Piece = {
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

/**
 * A body's pieces without those in `skip`, in order, and whether it has shadow trees or slots. Starts
 * are not set yet.
 */
// Without recursion over depth, which a page could make very deep.
export function readText(root: Element, skip: ReadonlySet<Node>): [Piece[], boolean] {
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
    if (first === null || !fits || count >= RUN) begin(node, wasApart);
    last = node;
    count += 1;
    known = known === null || text === null ? null : known + text;
  }

  function begin(node: Node, wasApart: boolean): void {
    end();
    first = node;
    count = 0;
    known = '';
    isApart = wasApart;
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

  // Blocks of words with white space or nothing between them, from `block` on, which is the first of
  // the list: what most mails are made of. Read in one plain loop, of no more calls into the DOM than
  // it takes to see that they are such. Returns how many of the list they were; one follows them.
  function putLines(block: Node, list: NodeListOf<Element>, from: number): number {
    let at = from;
    let isSpaced = false;
    for (let line = block; isPlainBlock(line); at += 1) {
      const next = list[at + 1];
      const gap = nextSibling.call(line);
      if (next === undefined || gap === null) break;
      const isGap = gap !== next;
      // Something of the list is inside, or more than white space is between.
      if (isGap && !(gap.constructor === Text && nextSibling.call(gap) === next && isWhite(gap)))
        break;
      if (at === from) isSpaced = joint.block(false);
      if (first === null || !isSpaced || count >= RUN) begin(line, true);
      count += isGap ? 2 : 1;
      known = null;
      last = isGap ? gap : line;
      isSpaced = isGap;
      line = next;
    }
    if (isSpaced) joint.text(' ');
    return at - from;
  }

  // What follows is no sibling, or not to be read together with what came before.
  function part(element?: Node): void {
    end();
    if (element && !inline.has(localName.call(element))) joint.apart = true;
  }

  function walk(top: Element | ShadowRoot): void {
    const others = all(top, LISTED);
    let seen = 0;
    let other = listed();
    // The next of the list that is more than an empty span.
    function listed(): Element | undefined {
      let one = others[seen];
      while (isBareSpan(one)) {
        seen += 1;
        one = others[seen];
      }
      return one;
    }
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
    let hasOurs = false;
    for (const one of skip) {
      if (!contains.call(top, one)) continue;
      hasOurs = true;
      note(one);
    }
    part();
    if (other === undefined && !hasOurs) {
      putInline(top);
      part();
      return;
    }
    let node = firstChild.call(top);
    while (node !== null) {
      let next: Node | null = null;
      if (node === other || (hasOurs && skip.has(node))) {
        const lines = hasOurs ? 0 : putLines(node, others, seen);
        if (lines > 0) {
          seen += lines;
          node = others[seen] ?? null;
          other = listed();
          continue;
        }
        if (node === other) {
          seen += 1;
          other = listed();
        }
        if (!hasOurs && isPlainBlock(node)) {
          if (other !== undefined && holds(node)) {
            joint.apart = true;
            end();
            next = firstChild.call(node);
          } else putBlock(node, false);
        } else {
          const name = localName.call(node);
          const isInline = inline.has(name);
          if (!isInline) joint.apart = true;
          if (!enter(node as Element, name)) {
            while (other && contains.call(node, other)) {
              seen += 1;
              other = listed();
            }
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
      next ??= nextSibling.call(node);
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

// Begins and ends in white space.
function isWhite(text: Node): boolean {
  const data = textContent.call(text) ?? '';
  return data.charCodeAt(0) <= SPACE && data.charCodeAt(data.length - 1) <= SPACE;
}

// Read with one call, as far as itself goes.
function isPlainBlock(node: Node): boolean {
  return BLOCKS.has(node.constructor) && openShadow.call(node) === null;
}

// Of what LISTED names: a span without words, of its own or in a shadow tree.
function isBareSpan(element: Element | undefined): boolean {
  return element?.constructor === HTMLSpanElement && openShadow.call(element) === null;
}

export function isText(node: Node): boolean {
  const type = nodeType.call(node);
  return type === TEXT_NODE || type === CDATA_SECTION_NODE;
}

// Whether a piece's text is still that of its text nodes. Only asked where there are no shadow
// trees, and of pieces between whose nodes none came or went.
export function isPlain({ node, last }: Piece, skip: ReadonlySet<Node>): boolean {
  const joint = new Joint();
  for (let at: Node | null = node; at !== null; at = nextSibling.call(at)) {
    if (isText(at)) {
      if (!joint.text(textContent.call(at) ?? '') && at !== node) return false;
    } else if (nodeType.call(at) === ELEMENT_NODE) {
      const element = at as Element; // by its type
      for (const one of all(element, LISTED)) if (!isBareSpan(one)) return false;
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
export function textOf(first: Node, last: Node): string {
  if (first === last) return textContent.call(first) ?? '';
  const range = new Range();
  range.selectNodeContents(last);
  range.setStart(first, 0);
  return range.toString();
}

export const isSpace = (unit: string) => unit < '!' || (unit > '~' && /\s/.test(unit));

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
