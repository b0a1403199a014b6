// Passages of a mail by which another copy of it is known, though a gateway has put a banner above
// or a footer below: each by itself says little, most of them together say "probably".
import { comparableText } from './text.ts';

// Letters and digits a passage must have, counting those of Chinese, Japanese and Korean twice.
const SHORTEST = 64;
// With room for a footer's: longer than most senders' own sentences are those of lawyers.
const MOST = 12;
// In UTF-16 units: nobody writes more by hand.
const LOOKED_THROUGH = 200_000;
// Mail programs wrap plain text at 72 to 78 columns; longer lines are paragraphs of their own.
const WRAPPED_FROM = 56;
const WRAPPED_TO = 80;

/**
 * The longest sentences of what the sender wrote anew, as they are compared: lower case, letters
 * and digits only, so that neither wrapping nor typography matters; without addresses of web pages,
 * which gateways rewrite. What is quoted below is left out. Longest first, at most twelve.
 */
export function passagesOf(text: string): string[] {
  const found = new Set<string>();
  for (const paragraph of paragraphsOf(ownWords(text.slice(0, LOOKED_THROUGH)))) {
    for (const sentence of paragraph.split(/(?<=[.!?…])\s+|(?<=[。！？])/u)) {
      const words = wordsOf(sentence);
      if (weight(words) >= SHORTEST) found.add(words);
    }
  }
  // Of equal length in an order that both copies have.
  return [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MOST);
}

/**
 * The part above the first quotation or signature. Their marks are those of any language: ">",
 * "-- ", words in a line of dashes, an address in a line that ends with a colon, header lines.
 */
export function ownWords(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const own: string[] = [];
  let isEmpty = true;
  for (const [at, line] of lines.entries()) {
    if (line.trimStart().startsWith('>')) continue;
    if (/^\s*--\s*$/.test(line) || startsQuotation(lines, at)) break;
    // "-----Original Message-----"; as the very first line it is a gateway's banner. Of a line of
    // dashes without an end, only its beginning: each of them would be tried with all that follow.
    if (!isEmpty && /^\s*-{4,}.*\p{L}/u.test(line.slice(0, LONGEST_HEAD))) break;
    isEmpty &&= line.trim() === '';
    own.push(line);
  }
  return own.join('\n');
}

const ADDRESS = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+/;
const LONGEST_HEAD = 400;

function startsQuotation(lines: readonly string[], at: number): boolean {
  const [line = '', next = '', third] = lines
    .slice(at, at + 3)
    .map((one) => one.slice(0, LONGEST_HEAD));
  // "On …, Sample <a@b.example> wrote:", which may be wrapped over two lines.
  if (/\d/.test(line)) {
    if (/[:：]\s*$/.test(line) && ADDRESS.test(line)) return true;
    if (/[:：]\s*$/.test(next) && ADDRESS.test(next) && !/[.!?。]\s*$/.test(line)) return true;
  }
  // "From: …", "Sent: …", "Subject: …", whatever the words for them.
  const head = [line, next, third ?? ''];
  return head.every((one) => HEADER.test(one)) && head.some((one) => ADDRESS.test(one));
}

const HEADER = /^\s*\*?\p{L}[^:：]{0,24}[:：]\*?\s*\S/u;

/** Paragraphs, with the lines of wrapped ones put together again. */
function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    const words = line.trim();
    open = open === '' ? words : `${open} ${words}`;
    const wraps = line.length >= WRAPPED_FROM && line.length <= WRAPPED_TO;
    if (wraps && words !== '') continue;
    if (open !== '') paragraphs.push(open);
    open = '';
  }
  if (open !== '') paragraphs.push(open);
  return paragraphs;
}

function wordsOf(sentence: string): string {
  return comparableText(sentence)
    .toLowerCase()
    .replace(/\b(?:https?:\/\/|www\.)\S+/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function weight(words: string): number {
  const wide = words.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
  );
  return words.length + (wide?.length ?? 0);
}
