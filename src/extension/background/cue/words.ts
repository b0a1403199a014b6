// A message's own words, and places in them as the page finds them again.
import type { SelectorPair } from '../../../domain/index.ts';

const CONTEXT = 32;

/** The text with what it quotes of earlier mails blank; offsets stay what they are. */
export function withoutQuoted(
  text: string,
  quoted: readonly (readonly [number, number])[] = [],
): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of quoted) {
    const [from, to] = [Math.max(at, start), Math.min(text.length, end)];
    if (to - from < 2) continue;
    parts.push(text.slice(at, from), `\n${' '.repeat(to - from - 2)}\n`);
    at = to;
  }
  return parts.join('') + text.slice(at);
}

/** W3C selectors of the words from `start` to `end`, with 32 units around them. */
export function selectorsOf(text: string, start: number, end: number): SelectorPair {
  return [
    {
      type: 'TextQuoteSelector',
      exact: text.slice(start, end),
      prefix: withoutHalves(text.slice(Math.max(0, start - CONTEXT), start)),
      suffix: withoutHalves(text.slice(end, end + CONTEXT)),
    },
    { type: 'TextPositionSelector', start, end },
  ];
}

// Half of a surrogate pair at either end is no letter.
function withoutHalves(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}

/**
 * The text in parts of at most `length` units, with where each begins: cut after an empty line, else
 * after a line, else anywhere.
 */
export function* partsOf(text: string, length: number): Generator<[part: string, from: number]> {
  for (let from = 0; from < text.length; ) {
    let to = from + length;
    if (to < text.length) {
      const part = text.slice(from, to);
      const empty = part.lastIndexOf('\n\n');
      const cut = empty > 0 ? empty : part.lastIndexOf('\n');
      if (cut > 0) to = from + cut + 1;
    }
    yield [text.slice(from, to), from];
    from = to;
  }
}
