// A mail's text → the sentences its writer wrote. Everything is read once, from left to right.

/** UTF-16 offsets in the text, without white space at either end; `end` is exclusive. */
export type Sentence = { start: number; end: number };

// Longer ones are tables, logs or attacks: they are cut at white space, so that no rule has to look
// through a megabyte at once.
const LONGEST = 1_000;
// A line that is shorter than this was ended on purpose: mail programs wrap at 72 to 78 columns.
const WRAPPED_FROM = 50;

// Words before a full stop that ends no sentence. Single letters are initials or "e.g.".
const ABBREVIATIONS = new Set(
  `mr mrs ms dr prof st jr vs etc approx dept no nos fig tel ext inc ltd co corp jan feb mar apr jun
  jul aug sep sept oct nov dec gov sen rep gen esq bzw usw ggf evtl vgl nr str abs hr fr mme`.split(
    /\s+/,
  ),
);

const CLOSING = new Set([...`"'”’»)]}`]);
const WHITE = /\s/u;
const LETTER = /[\p{L}\p{N}]/u;
const LOWER = /\p{Ll}/u;
// Bullets and numbers that begin a point of a list, with the white space after them.
const POINT = /^(?:[-–—*•·▪◦+]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s/iu;
// "Dear Sample," and "Kind regards,": short lines that end in a comma say nothing of the matter.
const SALUTATION = /^.{1,40},$/u;
const LOOKED_AT = 120;

/**
 * Sentences in order, those of quoted lines (“>”), greetings and signatures left out, and everything
 * from the first header of a quoted or forwarded mail on.
 */
export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  for (const block of blocksOf(text)) split(text, block, found);
  return found;
}

/** Paragraphs and points of lists: what a sentence never runs across. */
function blocksOf(text: string): Sentence[] {
  const blocks: Sentence[] = [];
  let open: Sentence | null = null;
  const close = () => {
    if (open !== null) blocks.push(open);
    open = null;
  };
  for (let start = 0; start <= text.length; ) {
    const end = endOfLine(text, start);
    const line = text.slice(start, Math.min(end, start + LOOKED_AT)).trim();
    if (line === '' || line.startsWith('>')) {
      close();
    } else if (endsMail(line, text.slice(start, Math.min(end, start + LOOKED_AT)))) {
      break;
    } else if (SALUTATION.test(line)) {
      close();
    } else {
      if (POINT.test(line)) close();
      open = { start: open === null ? start : (open as Sentence).start, end };
      // A short line that is followed by a capital is a heading, an address or a point without a sign.
      const next = text.slice(end, end + LOOKED_AT).trimStart();
      const wraps = end - start >= WRAPPED_FROM || LOWER.test(next.charAt(0));
      if (!wraps) close();
    }
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  close();
  return blocks;
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 10 || sign === 13 || sign === 0x2028 || sign === 0x2029) return at;
  }
  return text.length;
}

/** A signature's mark, “-----Original Message-----”, “On …, … wrote:”, “From: …”, in any language. */
function endsMail(line: string, whole: string): boolean {
  if (/^--\s*$/.test(whole) || /^_{8,}/.test(line)) return true;
  if (/^-{4,}/.test(line) && LETTER.test(line)) return true;
  if (/^(?:from|von|de) ?: /iu.test(line)) return true;
  return (
    /^(?:on|am|le)\s/iu.test(line) && /\d/.test(line) && /(?:wrote|schrieb|écrit) ?:$/iu.test(line)
  );
}

function split(text: string, block: Sentence, into: Sentence[]): void {
  let start = block.start;
  const cut = (end: number) => {
    push(text, start, end, into);
    start = end;
  };
  for (let at = block.start; at < block.end; at += 1) {
    if (at - start >= LONGEST && WHITE.test(text.charAt(at))) cut(at);
    else if (at - start >= 2 * LONGEST) cut(onWhole(text, at));
    const sign = text.charAt(at);
    if (sign === '。' || sign === '！' || sign === '？') cut(at + 1);
    if (sign !== '.' && sign !== '!' && sign !== '?' && sign !== '…') continue;
    let end = at + 1;
    while (end < block.end && '.!?…'.includes(text.charAt(end))) end += 1;
    while (end < block.end && CLOSING.has(text.charAt(end))) end += 1;
    const ends = sign === '.' && end === at + 1 ? endsHere(text, start, at, end, block.end) : true;
    if (ends && (end === block.end || WHITE.test(text.charAt(end)))) cut(end);
    at = Math.max(at, end - 1);
  }
  cut(block.end);
}

/** Whether a single full stop ends a sentence: not after an abbreviation, nor before a small letter. */
function endsHere(text: string, start: number, at: number, end: number, last: number): boolean {
  let from = at;
  while (from > start && at - from < 12 && LETTER.test(text.charAt(from - 1))) from -= 1;
  const word = text.slice(from, at).toLowerCase();
  let next = end;
  while (next < last && next - end < 4 && WHITE.test(text.charAt(next))) next += 1;
  if (LOWER.test(text.charAt(next))) return false;
  // "1. A point", "ca. 20".
  if (/^\d/.test(word) && from === start) return false;
  if (word.length < 4 && /\d/.test(text.charAt(next))) return false;
  // "p.m. The": a small letter with a full stop before it may well be the last word.
  if (word.length === 1 && /\D/.test(word)) return false;
  return !ABBREVIATIONS.has(word);
}

/** Not between the two halves of a sign beyond the basic plane. */
function onWhole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}

function push(text: string, from: number, to: number, into: Sentence[]): void {
  let [start, end] = [from, to];
  while (start < end && WHITE.test(text.charAt(start))) start += 1;
  while (end > start && WHITE.test(text.charAt(end - 1))) end -= 1;
  if (end > start) into.push({ start, end });
}
