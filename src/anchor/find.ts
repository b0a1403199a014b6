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
import { type NormalText, normalise, normaliseInSteps } from './normalise.ts';
import { REDACTED, Searched, Words } from './occurrences.ts';
import { finished, type Steps } from './steps.ts';
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
const AT_ONCE = 512;

// Quotes whose longest piece without a hole is shorter are looked for with their context.
const SHORTEST_PIECE = 4;

/**
 * Where the selectors' words stand in the text now, or null when they are no longer there (or when
 * no place is sure enough). Never cuts a surrogate pair. Where the quote has `REDACTED` units, any
 * units that are not white space count as the very words.
 */
export function find(indexed: IndexedText, selectors: Selectors): Found | null {
  return finished(findInSteps(readingOf(indexed), selectors));
}

/**
 * The same for many, without ever holding the page up: waits for `pause` whenever it has worked
 * for `slice` ms. null when the text changed meanwhile; whoever hears of the change asks again.
 * Rejects with the signal's reason.
 */
export async function findAll(
  indexed: IndexedText,
  all: readonly Selectors[],
  {
    signal,
    slice = 8,
    pause = nextTask,
    now = () => performance.now(),
  }: {
    signal?: AbortSignal;
    slice?: number;
    pause?: () => Promise<unknown>;
    now?: () => number;
  } = {},
): Promise<(Found | null)[] | null> {
  signal?.throwIfAborted();
  let until = now() + slice;
  const reading = readingOf(indexed);
  const found: (Found | null)[] = [];
  try {
    for (const selectors of all) {
      const steps = findInSteps(reading, selectors);
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) found.push(step.value);
        if (now() >= until) {
          await pause();
          signal?.throwIfAborted();
          if (indexed.text !== reading.plain.text) return null;
          until = now() + slice;
        }
        if (step.done) break;
      }
    }
  } finally {
    reading.plain.rest();
    reading.normal?.searched.rest();
  }
  return found;
}

/** What waits, input first, goes before what follows. */
export function nextTask(): Promise<unknown> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
}

/** A body's text as it is and, once wanted, normalised. */
type Reading = {
  readonly plain: Searched;
  normal: { readonly of: NormalText; readonly searched: Searched } | null;
};

const readings = new WeakMap<IndexedText, Reading>();

function readingOf(indexed: IndexedText): Reading {
  const { text } = indexed;
  let reading = readings.get(indexed);
  if (reading === undefined || reading.plain.text !== text) {
    reading = { plain: new Searched(text), normal: null };
    readings.set(indexed, reading);
  }
  return reading;
}

function* findInSteps(reading: Reading, [quote, position]: Selectors): Steps<Found | null> {
  const { exact, prefix, suffix } = quote;
  if (exact.length === 0) return null;
  const { text } = reading.plain;
  const hint = Math.min(Math.max(0, position.start), text.length);
  const words = new Words(exact);

  if (
    words.standAt(text, hint) &&
    text.endsWith(prefix, hint) &&
    text.startsWith(suffix, hint + exact.length)
  ) {
    return whole(text, hint, hint + exact.length, 1, 'exact');
  }
  const near = unchangedNear(text, words, prefix, suffix, hint);
  if (near >= 0) return whole(text, near, near + exact.length, 1, 'exact');
  const found = yield* bestOccurrence(reading.plain, words, new Context(prefix, suffix), hint);
  if (found !== null) return whole(text, found.at, found.at + exact.length, found.score, 'exact');

  if (reading.normal === null) {
    const of = yield* normaliseInSteps(text);
    reading.normal = { of, searched: new Searched(of.text) };
  }
  const { of: normal, searched } = reading.normal;
  const same = new Words(normalise(exact).text.trim());
  if (same.length === 0) return null;
  const context = new Context(normalise(prefix).text, normalise(suffix).text);
  const normalHint = normal.unitAt(hint);
  const copy = yield* bestOccurrence(searched, same, context, normalHint);
  if (copy !== null) {
    return back(text, normal, copy.at, copy.at + same.length, copy.score, 'normalised');
  }
  const alike = yield* approximate(searched, same.text, context, normalHint);
  if (alike === null) return null;
  return back(text, normal, alike.start, alike.end, alike.score, 'approximate');
}

// The nearest place within NEAR units where quote and context stand unchanged, or -1.
function unchangedNear(
  text: string,
  words: Words,
  prefix: string,
  suffix: string,
  hint: number,
): number {
  if (prefix.length + suffix.length === 0 || words.piece.length < SHORTEST_PIECE) return -1;
  const low = Math.max(0, hint - NEAR);
  const around = text.slice(low, hint + words.length + NEAR);
  let nearest = -1;
  for (let at = words.indexIn(around); at >= 0; at = words.indexIn(around, at + 1)) {
    if (nearest >= 0 && Math.abs(low + at - hint) > Math.abs(nearest - hint)) break;
    if (text.endsWith(prefix, low + at) && text.startsWith(suffix, low + at + words.length)) {
      nearest = low + at;
    }
  }
  return nearest;
}

type Occurrence = { at: number; score: number };

function* bestOccurrence(
  searched: Searched,
  words: Words,
  context: Context,
  hint: number,
): Steps<Occurrence | null> {
  const { text } = searched;
  if (words.text.includes(REDACTED) && words.piece.length < SHORTEST_PIECE) {
    return yield* withContext(searched, words, context, hint);
  }
  const places = yield* searched.occurrences(words, MOST_CANDIDATES);
  if (places.length === 0 || places.length > MOST_CANDIDATES) return null;
  let best: Occurrence | null = null;
  let bestRank = -1;
  // The nearest first: the best is mostly among them, and then the others are soon told off.
  let after = firstFrom(places, hint);
  let before = after - 1;
  for (let count = 1; count <= places.length; count += 1) {
    if (count % AT_ONCE === 0) yield;
    const left = places[before] ?? Number.NEGATIVE_INFINITY;
    const right = places[after] ?? Number.POSITIVE_INFINITY;
    const at = hint - left <= right - hint ? left : right;
    if (at === left) before -= 1;
    else after += 1;
    const near = nearness(at, hint, text.length);
    const score = context.agreementOver(bestRank - near, text, at, at + words.length);
    if (score + near <= bestRank) continue;
    best = { at, score };
    bestRank = score + near;
    if (score === 1) break; // those to come are further away
  }
  if (best === null) return null;
  // Of words that stand more than once, or did, a copy can share one side with the one meant: when
  // a paragraph is deleted, its neighbours' ends meet.
  if (places.length > 1) {
    const weaker = context.weakerSide(text, best.at, best.at + words.length);
    return weaker >= COPY_AGREES ? best : null;
  }
  if (best.score >= CONTEXT_AGREES) return best;
  return words.length >= LONG_ENOUGH_ALONE ? best : null;
}

// Words of which hardly anything is left can only be found together with what stood around them.
function* withContext(
  searched: Searched,
  words: Words,
  { prefix, suffix }: Context,
  hint: number,
): Steps<Occurrence | null> {
  const all = new Words(prefix + words.text + suffix);
  if (all.piece.length < SHORTEST_PIECE) return null;
  const places = yield* searched.occurrences(all, MOST_CANDIDATES);
  const away = (place: number) => Math.abs(place + prefix.length - hint);
  const [at] = places.toSorted((a, b) => away(a) - away(b));
  return at === undefined ? null : { at: at + prefix.length, score: 1 };
}

// Where in a rising list the first number is that is not below `least`.
function firstFrom(list: readonly number[], least: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Only ever decides between places whose contexts agree equally well.
function nearness(at: number, hint: number, length: number): number {
  return 0.01 * (1 - Math.abs(at - hint) / (length + 1));
}

type Place = { start: number; end: number; score: number };

function* approximate(
  searched: Searched,
  words: string,
  context: Context,
  hint: number,
): Steps<Place | null> {
  const { text } = searched;
  // What was blacked out says nothing.
  if (words.replaceAll(REDACTED, '').length < SHORTEST_APPROXIMATE) return null;
  if (words.length > LONGEST_APPROXIMATE) {
    return yield* approximateEnds(searched, words, context, hint);
  }
  let best: Place | null = null;
  let bestRank = 0;
  const allowed = Math.floor(words.length * (1 - QUOTE_KEPT));
  const keptBy = (errors: number) => 1 - errors / words.length;
  // Unchanged surroundings and most of the words: no other place could be meant.
  const settles = ({ start, end, errors }: Candidate) =>
    keptBy(errors) >= 0.8 && context.agreement(text, start, end, 0) >= 0.85;
  const candidates = yield* nearCandidates(searched, words, allowed, hint, settles);
  for (const { start, end, errors } of candidates) {
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

function* approximateEnds(
  searched: Searched,
  words: string,
  context: Context,
  hint: number,
): Steps<Place | null> {
  const head = words.slice(0, END_PIECE);
  const tail = words.slice(-END_PIECE);
  const afterHead = words.slice(END_PIECE, END_PIECE + 32);
  const beforeTail = words.slice(-END_PIECE - 32, -END_PIECE);
  const first = yield* approximate(searched, head, new Context(context.prefix, afterHead), hint);
  if (first === null) return null;
  const tailHint = first.start + words.length - tail.length;
  const last = yield* approximate(
    searched,
    tail,
    new Context(beforeTail, context.suffix),
    tailHint,
  );
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
  const from = normal.start(start);
  const to = normal.end(end - 1);
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
