// Finds a quote in a text again. A wrong place is worse than none, so every step but the first
// needs the words around the quote to agree, and what stays doubtful is given up (an orphan).
//
// Steps, cheapest first: the very words at the remembered offsets, then near them, then anywhere;
// the same on the normalised text; then nearly the words, near the remembered place and around
// rare pieces of the quote. All candidates of a step are ranked by one measure: how well quote
// and context agree (edit distance), and between equals by how near they are to the old place.

import { type Candidate, nearCandidates } from './approximate.ts';
import { Context } from './context.ts';
import { wholeAfter, wholeBefore } from './describe.ts';
import { type NormalText, normalise, normalisedOf } from './normalise.ts';
import type { Found, IndexedText, Selectors } from './types.ts';

// Two unrelated pieces of one language agree in 0.3 to 0.45 of 32 characters. One side that agrees
// fully and one that does not give about 0.68; two sides with every tenth character edited 0.9.
const CONTEXT_AGREES = 0.55;
// Among thousands of copies in a text of few words, some share 0.6 of each side by chance.
const COPY_AGREES = 0.75;
// Words that stand once in the body and are this long are taken for themselves in a new context.
const LONG_ENOUGH_ALONE = 32;
// An approximate place must keep this part of the quote, and of quote and context together.
const QUOTE_KEPT = 0.7;
const ALL_KEPT = 0.72;
// "3 days" and "30 days" are one edit apart: short quotes are never found approximately.
const SHORTEST_APPROXIMATE = 12;
// Longer quotes are found approximately by their two ends.
const LONGEST_APPROXIMATE = 512;
const END_PIECE = 192;

const NEAR = 4096;
const MOST_CANDIDATES = 20_000;

/**
 * Where the selectors' words stand in the text now, or null when they are no longer there (or when
 * no place is sure enough). Never cuts a surrogate pair.
 */
export function find(indexed: IndexedText, [quote, position]: Selectors): Found | null {
  const { exact, prefix, suffix } = quote;
  if (exact.length === 0) return null;
  const { text } = indexed;
  const hint = Math.min(Math.max(0, position.start), text.length);

  if (
    text.startsWith(exact, hint) &&
    text.endsWith(prefix, hint) &&
    text.startsWith(suffix, hint + exact.length)
  ) {
    return whole(text, hint, hint + exact.length, 1, 'exact');
  }
  const near = unchangedNear(text, exact, prefix, suffix, hint);
  if (near >= 0) return whole(text, near, near + exact.length, 1, 'exact');

  const found = bestOccurrence(text, exact, new Context(prefix, suffix), hint);
  if (found !== null) return whole(text, found.at, found.at + exact.length, found.score, 'exact');

  const normal = normalisedOf(indexed);
  const words = normalise(exact).text.trim();
  if (words.length === 0) return null;
  const context = new Context(normalise(prefix).text, normalise(suffix).text);
  const normalHint = unitAt(normal.starts, normal.text.length, hint);
  const same = bestOccurrence(normal.text, words, context, normalHint);
  if (same !== null) {
    return back(text, normal, same.at, same.at + words.length, same.score, 'normalised');
  }
  const alike = approximate(normal.text, words, context, normalHint);
  if (alike === null) return null;
  return back(text, normal, alike.start, alike.end, alike.score, 'approximate');
}

// The nearest place within NEAR units where quote and context stand unchanged, or -1.
function unchangedNear(
  text: string,
  exact: string,
  prefix: string,
  suffix: string,
  hint: number,
): number {
  const low = Math.max(0, hint - NEAR);
  const around = text.slice(low, hint + exact.length + NEAR);
  let nearest = -1;
  for (let at = around.indexOf(exact); at >= 0; at = around.indexOf(exact, at + 1)) {
    if (nearest >= 0 && Math.abs(low + at - hint) > Math.abs(nearest - hint)) break;
    if (prefix.length + suffix.length === 0) continue;
    if (text.endsWith(prefix, low + at) && text.startsWith(suffix, low + at + exact.length)) {
      nearest = low + at;
    }
  }
  return nearest;
}

type Occurrence = { at: number; score: number };

function bestOccurrence(
  text: string,
  words: string,
  context: Context,
  hint: number,
): Occurrence | null {
  let best: Occurrence | null = null;
  let bestRank = -1;
  let count = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    count += 1;
    if (count > MOST_CANDIDATES) return null;
    const score = context.agreement(text, at, at + words.length);
    const rank = score + nearness(at, hint, text.length);
    if (rank <= bestRank) continue;
    best = { at, score };
    bestRank = rank;
  }
  if (best === null) return null;
  // Of words that stand more than once, or did, a copy can share one side with the one meant: when
  // a paragraph is deleted, its neighbours' ends meet.
  if (count > 1) {
    const weaker = context.weakerSide(text, best.at, best.at + words.length);
    return weaker >= COPY_AGREES ? best : null;
  }
  if (best.score >= CONTEXT_AGREES) return best;
  return words.length >= LONG_ENOUGH_ALONE ? best : null;
}

// Only ever decides between places whose contexts agree equally well.
function nearness(at: number, hint: number, length: number): number {
  return 0.01 * (1 - Math.abs(at - hint) / (length + 1));
}

type Place = { start: number; end: number; score: number };

function approximate(text: string, words: string, context: Context, hint: number): Place | null {
  if (words.length < SHORTEST_APPROXIMATE) return null;
  if (words.length > LONGEST_APPROXIMATE) return approximateEnds(text, words, context, hint);
  let best: Place | null = null;
  let bestRank = 0;
  const allowed = Math.floor(words.length * (1 - QUOTE_KEPT));
  const keptBy = (errors: number) => 1 - errors / words.length;
  // Unchanged surroundings and most of the words: no other place could be meant.
  const settles = ({ start, end, errors }: Candidate) =>
    keptBy(errors) >= 0.8 && context.agreement(text, start, end, 0) >= 0.85;
  for (const { start, end, errors } of nearCandidates(text, words, allowed, hint, settles)) {
    const kept = keptBy(errors);
    const score = (kept + context.agreement(text, start, end, kept)) / 2;
    const rank = score + nearness(start, hint, text.length);
    if (kept < QUOTE_KEPT || score < ALL_KEPT || rank <= bestRank) continue;
    if (context.weakerSide(text, start, end) < CONTEXT_AGREES) continue;
    best = { start, end, score };
    bestRank = rank;
  }
  return best;
}

function approximateEnds(
  text: string,
  words: string,
  context: Context,
  hint: number,
): Place | null {
  const head = words.slice(0, END_PIECE);
  const tail = words.slice(-END_PIECE);
  const afterHead = words.slice(END_PIECE, END_PIECE + 32);
  const beforeTail = words.slice(-END_PIECE - 32, -END_PIECE);
  const first = approximate(text, head, new Context(context.prefix, afterHead), hint);
  if (first === null) return null;
  const tailHint = first.start + words.length - tail.length;
  const last = approximate(text, tail, new Context(beforeTail, context.suffix), tailHint);
  if (last === null) return null;
  const length = last.end - first.start;
  if (Math.abs(length - words.length) > words.length * (1 - QUOTE_KEPT)) return null;
  return { start: first.start, end: last.end, score: Math.min(first.score, last.score) };
}

function back(
  text: string,
  normal: NormalText,
  start: number,
  end: number,
  score: number,
  match: Found['match'],
): Found | null {
  const from = normal.starts[start] ?? text.length;
  const to = normal.ends[end - 1] ?? from;
  return to > from ? whole(text, from, to, score, match) : null;
}

function whole(
  text: string,
  start: number,
  end: number,
  score: number,
  match: Found['match'],
): Found {
  return { start: wholeBefore(text, start), end: wholeAfter(text, end), score, match };
}

// The first unit of the normalised text that begins at or after an offset of the original.
function unitAt(starts: Uint32Array, length: number, offset: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
