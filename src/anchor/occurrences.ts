// Where words stand in a text. Words may have holes: what was blacked out when the quote was kept.

import { PIECE, Pieces, STEP } from './pieces.ts';
import type { Steps } from './steps.ts';

/**
 * Stands in a quote for one UTF-16 unit that was blacked out (card and account numbers); spaces
 * within what was blacked out are kept. It matches any one unit that is not white space.
 */
export const REDACTED = '\u2588';

const HOLES = /\u2588+/g;
const AT_ONCE = 1 << 17;
// A search costs a tenth of the table; a place looked up, a thousandth of a search.
const FEW_SCANS = 4;
const MOST_IN_TABLE = 512;

/** Words to look for, cut up at their holes. */
export class Words {
  readonly text: string;
  /** The longest piece without a hole, and where in the words it stands. */
  readonly piece: string;
  readonly at: number;
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
    this.at = longest.at;
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
      const found = text.indexOf(this.piece, at + this.at);
      if (found < 0) return -1;
      at = found - this.at;
      if (this.#holes.length === 0 || this.standAt(text, at)) return at;
      at += 1;
    }
  }
}

/** A text and what was worked out about it for one quote and serves the next one as well. */
export class Searched {
  readonly text: string;
  #pieces: Pieces | null = null;
  #scans = 0;
  #last: { words: string; places: number[] } | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The table of the text's pieces; about as large as the text. */
  *pieces(): Steps<Pieces> {
    this.#pieces ??= yield* Pieces.of(this.text);
    return this.#pieces;
  }

  /** Frees the memory that is only worth its while for many quotes at once. */
  rest(): void {
    this.#pieces = null;
    this.#scans = 0;
  }

  /** All places of the words in order; more than `most` when there are more. */
  *occurrences(words: Words, most: number): Steps<readonly number[]> {
    if (this.#last?.words !== words.text) {
      const places = (yield* this.#lookUp(words)) ?? (yield* this.#scan(words, most));
      this.#last = { words: words.text, places };
    }
    return this.#last.places;
  }

  // By the table, once there were enough searches to make it; null when it would not be faster.
  *#lookUp(words: Words): Steps<number[] | null> {
    const { piece, at } = words;
    if (piece.length < PIECE + STEP - 1) return null;
    this.#scans += 1;
    if (this.#pieces === null && this.#scans <= FEW_SCANS) return null;
    const table = yield* this.pieces();
    const places: number[] = [];
    // One of these stands at a place that is in the table.
    for (let from = 0; from < STEP; from += 1) {
      const found = table.places(piece, from, MOST_IN_TABLE);
      if (found === null) return null;
      for (const place of found) {
        const start = place - from - at;
        if (words.standAt(this.text, start)) places.push(start);
      }
    }
    return places.sort((a, b) => a - b);
  }

  *#scan(words: Words, most: number): Steps<number[]> {
    const { text } = this;
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
}
