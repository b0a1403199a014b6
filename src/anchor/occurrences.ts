// Where words stand in a text. Words may have holes: what was blacked out when the quote was kept.

import type { Steps } from './steps.ts';

/**
 * Stands in a quote for one UTF-16 unit that was blacked out (card and account numbers); spaces
 * within what was blacked out are kept. It matches any one unit that is not white space.
 */
export const REDACTED = '\u2588';

const HOLES = /\u2588+/g;
const AT_ONCE = 1 << 17;

/** Words to look for, cut up at their holes. */
export class Words {
  readonly text: string;
  /** The longest piece without a hole and where it stands in the words. */
  readonly piece: string;
  readonly #at: number;
  readonly #pieces: readonly { at: number; text: string }[];
  readonly #holes: readonly { at: number; end: number }[];

  constructor(text: string) {
    const holes = [...text.matchAll(HOLES)].map(({ 0: { length }, index }) => {
      return { at: index, end: index + length };
    });
    const ends = [...holes.map(({ at }) => at), text.length];
    const pieces = [0, ...holes.map(({ end }) => end)].map((at, place) => {
      return { at, text: text.slice(at, ends[place]) };
    });
    const longest = pieces.reduce((a, b) => (b.text.length > a.text.length ? b : a));
    this.text = text;
    this.piece = longest.text;
    this.#at = longest.at;
    this.#pieces = pieces;
    this.#holes = holes;
  }

  get length(): number {
    return this.text.length;
  }

  standAt(text: string, at: number): boolean {
    if (at < 0 || at + this.length > text.length) return false;
    return (
      this.#pieces.every((piece) => text.startsWith(piece.text, at + piece.at)) &&
      this.#holes.every(({ at: from, end }) => !/\s/.test(text.slice(at + from, at + end)))
    );
  }

  /** The first place at or after `from`, -1 when there is none. */
  indexIn(text: string, from = 0): number {
    let at = from;
    for (;;) {
      const found = text.indexOf(this.piece, at + this.#at);
      if (found < 0) return -1;
      at = found - this.#at;
      if (this.#holes.length === 0 || this.standAt(text, at)) return at;
      at += 1;
    }
  }
}

/** All places of the words in order, one more than `most` at most. The piece must not be empty. */
export function* occurrences(text: string, words: Words, most: number): Steps<number[]> {
  const places: number[] = [];
  for (let low = 0; low + words.length <= text.length; low += AT_ONCE) {
    const slice = text.slice(low, low + AT_ONCE + words.length - 1);
    for (let at = words.indexIn(slice); at >= 0; at = words.indexIn(slice, at + 1)) {
      places.push(low + at);
      if (places.length > most) return places;
    }
    yield;
  }
  return places;
}
