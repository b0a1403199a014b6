// Where short pieces stand in a text: a table of every fourth place by what stands there, so that
// thousands of quotes whose words have changed cost one pass over the text together.

import type { Steps } from './steps.ts';

/**
 * Pieces of this many units survive 15 % of edits about one time in four; a quote of 100 units has
 * nearly as many of them.
 */
export const PIECE = 8;
/** Every how many units a piece is in the table. */
export const STEP = 4;
const KINDS = 1 << 16;
const AT_ONCE = 1 << 14;

export class Pieces {
  readonly #text: string;
  // Chains: for each kind of piece its first place, for each place the next one of that kind; as
  // place / STEP + 1, since 0 ends a chain.
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  private constructor(text: string, first: Int32Array, next: Int32Array) {
    this.#text = text;
    this.#first = first;
    this.#next = next;
  }

  static *of(text: string): Steps<Pieces> {
    const first = new Int32Array(KINDS);
    const count = Math.max(0, Math.floor((text.length - PIECE) / STEP) + 1);
    const next = new Int32Array(count + 1);
    for (let entry = count; entry > 0; entry -= 1) {
      const kind = kindAt(text, (entry - 1) * STEP);
      next[entry] = first[kind] ?? 0;
      first[kind] = entry;
      if (entry % AT_ONCE === 0) yield;
    }
    return new Pieces(text, first, next);
  }

  /** Places of the PIECE units of `words` at `from`; null when there are more than `most`. */
  places(words: string, from: number, most: number): number[] | null {
    const places: number[] = [];
    const piece = words.slice(from, from + PIECE);
    for (let entry = this.#first[kindAt(words, from)]; entry; entry = this.#next[entry]) {
      const place = (entry - 1) * STEP;
      if (!this.#text.startsWith(piece, place)) continue;
      if (places.length >= most) return null;
      places.push(place);
    }
    return places;
  }
}

function kindAt(text: string, at: number): number {
  let kind = 0;
  for (let unit = at; unit < at + PIECE; unit += 1) {
    kind = Math.imul(kind, 0x01000193) ^ text.charCodeAt(unit);
  }
  return (kind ^ (kind >>> 16)) & (KINDS - 1);
}
