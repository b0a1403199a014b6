import { describe, type Selectors, type TextIndex } from '../../anchor/index.ts';
import { deepActive, isEditable } from './focus.ts';

/** Longer selections are a mistake more often than a quote. UTF-16 units. */
export const LONGEST_QUOTE = 20_000;

export type Body = { readonly element: Element; readonly index: () => TextIndex };

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

const NOTHING: Selected = { state: 'nothing' };

/**
 * What the person selected in this frame: words of exactly one message's body. `page` reads the
 * whole page where words may stand anywhere, null where only messages count. What stands in fields
 * is never read.
 */
export function readSelection(bodies: readonly Body[], page: (() => TextIndex) | null): Selected {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return NOTHING;
  const range = selection.getRangeAt(0);
  if (range.collapsed || isField(range) || isEditable(deepActive())) return NOTHING;
  const where = () => endOf(selection, range);

  const hit = bodies.flatMap(({ element }, at) => (range.intersectsNode(element) ? [at] : []));
  // A quoted mail can stand inside another one's body: the inner one is meant.
  const inner = hit.filter((at) => !hit.some((other) => other !== at && holds(at, other)));
  const found = inner.flatMap((at) => {
    const body = bodies[at];
    const read = body ? words(body.index(), range, at, where) : NOTHING;
    return read.state === 'nothing' ? [] : [read];
  });
  if (found.length > 1) return { state: 'refused', words: 'Select words within one mail.', where };
  return found[0] ?? (page ? words(page(), range, null, where) : NOTHING);

  function holds(outer: number, within: number): boolean {
    const element = bodies[within]?.element;
    return element !== undefined && bodies[outer]?.element.contains(element) === true;
  }
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
function endOf(selection: Selection, range: Range): DOMRect | null {
  if (!range.startContainer.isConnected) return null;
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const backward =
    selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset;
  const box = backward ? boxes[0] : boxes.at(-1);
  if (box === undefined) return range.getBoundingClientRect();
  const edge = backward ? box.left : box.right;
  return new DOMRect(edge, box.top, 0, box.height);
}
