import type { TextIndex } from './text-index.ts';
import type { IndexedText, Selectors } from './types.ts';

export const CONTEXT = 32;

/**
 * The selectors of the words a DOM range covers, without the white space at its ends. null when it
 * covers no word of this body.
 */
export function describe(index: TextIndex, range: AbstractRange): Selectors | null {
  return describeText(
    index,
    index.offsetOf(range.startContainer, range.startOffset),
    index.offsetOf(range.endContainer, range.endOffset),
  );
}

/** The same for two offsets into the text. Surrogate pairs are kept whole. */
export function describeText({ text }: IndexedText, from: number, to: number): Selectors | null {
  let start = wholeBefore(text, Math.max(0, from));
  let end = wholeAfter(text, Math.min(text.length, to));
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  if (start >= end) return null;
  return [
    {
      type: 'TextQuoteSelector',
      exact: text.slice(start, end),
      prefix: text.slice(wholeAfter(text, Math.max(0, start - CONTEXT)), start),
      suffix: text.slice(end, wholeBefore(text, Math.min(text.length, end + CONTEXT))),
    },
    { type: 'TextPositionSelector', start, end },
  ];
}

/** The offset itself, or one less when it would cut a surrogate pair. */
export function wholeBefore(text: string, offset: number): number {
  return cuts(text, offset) ? offset - 1 : offset;
}

/** The offset itself, or one more when it would cut a surrogate pair. */
export function wholeAfter(text: string, offset: number): number {
  return cuts(text, offset) ? offset + 1 : offset;
}

function cuts(text: string, offset: number): boolean {
  return (
    (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800 &&
    (text.charCodeAt(offset) & 0xfc00) === 0xdc00
  );
}
