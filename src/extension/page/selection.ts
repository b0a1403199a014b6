import { describe, type Selectors, type TextIndex } from '../../anchor/index.ts';
import { deepActive, isEditable } from './focus.ts';
import { isInside, rootOf } from './inside.ts';
import { page } from './page-document.ts';

/** Longer selections are a mistake more often than a quote. UTF-16 units. */
export const LONGEST_QUOTE = 20_000;

/** `element` is null where the words of a message are not on the page. */
export type Body = { readonly element: Element | null; readonly index: () => TextIndex };

export type Selected =
  | { state: 'nothing' }
  /** Words that say why these words cannot be kept. */
  | { state: 'refused'; words: string; where: () => DOMRect | null }
  | {
      state: 'words';
      quote: string;
      selectors: Selectors;
      /** Place in `bodies`; null for a page without messages */
      body: number | null;
      where: () => DOMRect | null;
    };

const NEVER = 'This mail is on your never-log list. Nothing is read or stored.';
const NOTHING: Selected = { state: 'nothing' };

/** The selection of this frame, also inside these shadow roots; null when nothing is selected. */
export function selectedRange(roots: readonly ShadowRoot[]): Range | null {
  const selection = page.getSelection();
  if (selection === null || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.collapsed) return range;
  // Across a shadow root's border the plain range shows only its host, collapsed.
  if (roots.length === 0 || !('getComposedRanges' in selection)) return null;
  const [inner] = selection.getComposedRanges({ shadowRoots: [...roots] });
  if (inner === undefined || inner.collapsed) return null;
  const live = page.createRange();
  // A range lives in one tree: one that leaves its shadow root (a triple click does) ends with it.
  const root = rootOf(inner.startContainer);
  live.setStart(inner.startContainer, inner.startOffset);
  if (rootOf(inner.endContainer) === root) live.setEnd(inner.endContainer, inner.endOffset);
  else if (root instanceof ShadowRoot) live.setEnd(root, root.childNodes.length);
  return live.collapsed ? null : live;
}

/**
 * What the person selected in this frame: words of exactly one message's body. `anywhere` reads the
 * whole page where words may stand there, null where only messages count. What stands in fields, or
 * in a message of `never`,
 * is never read. `roots` are the open shadow roots in which the person selected.
 */
export function readSelection(
  bodies: readonly Body[],
  never: readonly Element[],
  anywhere: (() => TextIndex) | null,
  roots: readonly ShadowRoot[],
): Selected {
  const range = selectedRange(roots);
  if (range === null || isField(range) || isEditable(deepActive())) return NOTHING;
  const where = () => endOf(range);

  if (never.some((element) => touches(range, element))) {
    return { state: 'refused', words: NEVER, where };
  }
  const hit = bodies.flatMap(({ element }, at) =>
    element !== null && touches(range, element) ? [at] : [],
  );
  // A quoted mail can stand inside another one's body: the inner one is meant.
  const inner = hit.filter((at) => !hit.some((other) => other !== at && holds(at, other)));
  const found = inner.flatMap((at) => {
    const body = bodies[at];
    const read = body ? words(body.index(), range, at, where) : NOTHING;
    return read.state === 'nothing' ? [] : [read];
  });
  if (found.length > 1) return { state: 'refused', words: 'Select words within one mail.', where };
  return found[0] ?? (anywhere ? words(anywhere(), range, null, where) : NOTHING);

  function holds(outer: number, within: number): boolean {
    const element = bodies[within]?.element;
    return element != null && isInside(element, bodies[outer]?.element ?? null);
  }
}

// Whether a range has to do with an element, which may be outside of the range's shadow root.
function touches(range: Range, element: Element): boolean {
  if (rootOf(range.startContainer) === rootOf(element)) return range.intersectsNode(element);
  return isInside(range.startContainer, element);
}

function words(
  index: TextIndex,
  range: Range,
  body: number | null,
  where: () => DOMRect | null,
): Selected {
  const selectors = describe(index, range);
  if (selectors === null) return NOTHING;
  const quote = selectors[0].exact;
  if (quote.length <= LONGEST_QUOTE) return { state: 'words', quote, selectors, body, where };
  const count = quote.length.toLocaleString('en-GB');
  return {
    state: 'refused',
    words: `That is a lot of text (${count} characters). Select a sentence or two.`,
    where,
  };
}

function isField(range: Range): boolean {
  const { commonAncestorContainer: node } = range;
  return isEditable(node instanceof Element ? node : node.parentElement);
}

// The end at which the person stopped selecting: the toolbar stands where they look.
function endOf(range: Range): DOMRect | null {
  const selection = page.getSelection();
  if (selection === null || !range.startContainer.isConnected) return null;
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const backward =
    selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset;
  const box = backward ? boxes[0] : boxes.at(-1);
  if (box === undefined) return range.getBoundingClientRect();
  const edge = backward ? box.left : box.right;
  return new DOMRect(edge, box.top, 0, box.height);
}
