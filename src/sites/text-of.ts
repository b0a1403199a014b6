import { oneLine } from './reading.ts';

// A name or an address is shorter; no reader looks at the words of a whole page.
const LONGEST = 8_000;

// Elements that can stand within a word; before any other a new one begins.
const INLINE = new Set('a abbr b bdi em font i mark slot span strong u wbr'.split(' '));

const { FILTER_REJECT, FILTER_SKIP } = NodeFilter;
const SHOWN = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;

/**
 * The text that an element shows, in one line, as far as `oneLine` goes; slots and open shadow roots
 * included, elements in `skip` left out. '' for no element.
 */
export function textOf(
  element: Element | null | undefined,
  skip: ReadonlySet<Node> = new Set(),
): string {
  const parts: string[] = [];
  let length = 0;

  // Walks by filters alone: a page cannot redirect a TreeWalker's steps.
  function walk(top: Node): void {
    document.createTreeWalker(shadowOf(top) ?? top, SHOWN, visit).nextNode();
  }

  function visit(node: Node): number {
    if (length > LONGEST || skip.has(node)) return FILTER_REJECT;
    if (node instanceof Text) {
      parts.push(node.data);
      length += node.data.length;
    } else if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) {
      for (const given of node.assignedNodes()) if (visit(given) === FILTER_SKIP) walk(given);
      return FILTER_REJECT;
    } else if (shadowOf(node) !== null) {
      walk(node);
      return FILTER_REJECT;
    } else if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) {
      return FILTER_REJECT;
    } else if (node instanceof Element && !INLINE.has(node.localName)) {
      parts.push(' ');
    }
    return FILTER_SKIP;
  }

  if (element) walk(element);
  return oneLine(parts.join(''));
}

// A form answers with its inputs, <input name="shadowRoot"> too, and has no root of its own.
function shadowOf(node: Node): ShadowRoot | null {
  return node instanceof Element && !(node instanceof HTMLFormElement) ? node.shadowRoot : null;
}
