// Which parts of a message's text quote earlier messages. What a mail says of itself is no proof:
// the answer only helps to find out where words were written first.

import { firstChild, localName, nextSibling, parentNode } from './dom.ts';
import type { TextIndex } from './text-index.ts';

const { querySelectorAll, getAttribute } = Element.prototype;

/** Offsets into the index's text; `end` is exclusive. */
export type Span = { start: number; end: number };

// Wrappers by which mail programs mark what they quote.
const WRAPPED =
  'blockquote, .gmail_quote, .yahoo_quoted, .protonmail_quote, .zmail_extra, .moz-cite-prefix + *';
// Marks after which everything is quoted.
const ALL_AFTER = '#appendonsend, #divRplyFwdMsg, .OutlookMessageHeader';

/** In the order of the text, not overlapping. */
export function quotations(index: TextIndex): Span[] {
  const { root, text } = index;
  const spans: Span[] = [];
  for (const element of querySelectorAll.call(root, WRAPPED)) {
    const start = index.offsetOf(element, 0);
    const end = index.offsetOf(element, childCount(element));
    if (end > start && isQuotation(element, text, start)) spans.push({ start, end });
  }
  for (const element of querySelectorAll.call(root, ALL_AFTER)) {
    spans.push({ start: index.offsetOf(element, 0), end: text.length });
  }
  // Plain text: lines that begin with ">".
  for (const match of text.matchAll(/(?:^|\n)[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*/g)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return merged(spans);
}

/** Whether all of a place lies in one of the spans. */
export function isWithin(spans: readonly Span[], start: number, end: number): boolean {
  return spans.some((span) => start >= span.start && end <= span.end);
}

// People indent their own words by blockquote too. A quotation says so, or follows a colon: in
// every language something like "… wrote:" stands before it.
function isQuotation(element: Element, text: string, start: number): boolean {
  if (localName.call(element) !== 'blockquote') return true;
  const attribute = (of: Element, name: string) => getAttribute.call(of, name);
  if (attribute(element, 'type') === 'cite' || attribute(element, 'cite') !== null) return true;
  if (/quote/i.test(attribute(element, 'class') ?? '')) return true;
  const outer = parentNode.call(element);
  if (outer instanceof Element && /quote/i.test(attribute(outer, 'class') ?? '')) return true;
  return /[:：>]\s*$/.test(text.slice(Math.max(0, start - 40), start));
}

// A form's inputs can be named childNodes, too.
function childCount(element: Element): number {
  let count = 0;
  for (let at = firstChild.call(element); at !== null; at = nextSibling.call(at)) count += 1;
  return count;
}

function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end + 1) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}
