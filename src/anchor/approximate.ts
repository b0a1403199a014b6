// Candidates for a quote whose words have changed: a window round the remembered place first, and,
// unless that fits closely, windows round rare pieces of the quote that are still there unchanged.

import { NearestPart, reversed } from './distance.ts';
import type { Searched } from './occurrences.ts';
import { PIECE, type Pieces } from './pieces.ts';
import type { Steps } from './steps.ts';

export type Candidate = { start: number; end: number; errors: number };

const WINDOW = 1024;
// A piece that stands more often than this says nothing about the place.
const MOST_HITS = 24;
const MOST_WINDOWS = 24;

/**
 * Places in the text at most `allowed` edits away from `words`. Looks no further than round the
 * remembered place when what is there `settles` it.
 */
export function* nearCandidates(
  searched: Searched,
  words: string,
  allowed: number,
  hint: number,
  settles: (candidate: Candidate) => boolean,
): Steps<Candidate[]> {
  const { text } = searched;
  const forward = new NearestPart(words);
  const backward = new NearestPart(reversed(words));
  const found = new Map<number, Candidate>();

  function look(from: number, to: number, expected: number): Candidate | null {
    const low = Math.max(0, from);
    const high = Math.min(text.length, to);
    if (high <= low) return null;
    const last = forward.end(text, low, high, false, (end) => Math.abs(end - expected));
    if (last.errors > allowed) return null;
    const floor = Math.max(low, last.end - words.length - allowed);
    const lengthOff = (at: number) => Math.abs(last.end - at - words.length);
    const first = backward.begin(text, floor, last.end, true, lengthOff);
    const candidate = { start: first.end, end: last.end, errors: last.errors };
    found.set(last.end, candidate);
    return candidate;
  }

  const near = look(hint - WINDOW, hint + words.length + WINDOW, hint + words.length);
  if (near !== null && settles(near)) return [near];
  yield;
  for (const start of likelyStarts(yield* searched.pieces(), words, hint)) {
    look(start - allowed, start + words.length + allowed, start + words.length);
    yield;
  }
  return [...found.values()];
}

// Offsets where the quote may begin, judging by pieces of it that stand in the text, those first
// that most pieces agree on.
function likelyStarts(pieces: Pieces, words: string, hint: number): number[] {
  const votes = new Map<number, { start: number; count: number }>();
  for (let from = 0; from + PIECE <= words.length; from += 1) {
    for (const at of pieces.places(words, from, MOST_HITS) ?? []) {
      const start = at - from;
      const place = Math.round(start / 32);
      const vote = votes.get(place) ?? votes.get(place - 1) ?? votes.get(place + 1);
      if (vote === undefined) votes.set(place, { start, count: 1 });
      else vote.count += 1;
    }
  }
  return [...votes.values()]
    .sort((a, b) => b.count - a.count || Math.abs(a.start - hint) - Math.abs(b.start - hint))
    .slice(0, MOST_WINDOWS)
    .map((vote) => vote.start);
}
