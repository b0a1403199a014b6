import { NearestPart, reversed } from './distance.ts';

// A few units may have come in between the quote and its old context.
const SLACK = 8;
const TELLING = 8;
// Most places can be told apart by this many units next to the quote.
const CLOSE = 12;

/** The words that stood before and after a quote, and how well a place agrees with them. */
export class Context {
  readonly prefix: string;
  readonly suffix: string;
  readonly #before: Side;
  readonly #after: Side;

  constructor(prefix: string, suffix: string) {
    // What NFKC made longer than one word of bits is cut to its part next to the quote.
    this.prefix = prefix.slice(-32);
    this.suffix = suffix.slice(0, 32);
    this.#before = new Side(this.prefix, true);
    this.#after = new Side(this.suffix, false);
  }

  /**
   * 1 when text before `start` and after `end` reads as it did, 0 when nothing does: one minus the
   * edit distance per character of context. `without` is the answer for a quote that had none.
   */
  agreement(text: string, start: number, end: number, without = 1): number {
    const length = this.prefix.length + this.suffix.length;
    if (length === 0) return without;
    return 1 - (this.#before.errors(text, start) + this.#after.errors(text, end)) / length;
  }

  /** The same, or less than `least` where it is certainly less: then without looking far. */
  agreementOver(least: number, text: string, start: number, end: number): number {
    const length = this.prefix.length + this.suffix.length;
    if (length === 0) return 1;
    const allowed = (1 - least) * length;
    let errors = this.#before.fewest(text, start, allowed);
    if (errors <= allowed) errors += this.#after.fewest(text, end, allowed - errors);
    return 1 - errors / length;
  }

  /** The same for the side that agrees less. Sides too short to tell places apart do not count. */
  weakerSide(text: string, start: number, end: number): number {
    const { prefix, suffix } = this;
    const before =
      prefix.length < TELLING ? 1 : 1 - this.#before.errors(text, start) / prefix.length;
    const after = suffix.length < TELLING ? 1 : 1 - this.#after.errors(text, end) / suffix.length;
    return Math.min(before, after);
  }
}

/** Up to 32 units on one side of a quote. */
class Side {
  readonly #words: string;
  readonly #isBefore: boolean;
  #all: NearestPart | undefined;
  /** The part next to the quote alone. */
  #next: NearestPart | undefined;

  constructor(words: string, isBefore: boolean) {
    this.#words = words;
    this.#isBefore = isBefore;
  }

  /** The edit distance of the nearest text that ends (or begins) at a place. */
  errors(text: string, at: number): number {
    const words = this.#words;
    if (this.#isBefore ? text.endsWith(words, at) : text.startsWith(words, at)) return 0;
    this.#all ??= new NearestPart(this.#isBefore ? reversed(words) : words);
    return this.#least(this.#all, words.length, text, at);
  }

  /** The same, or any number above `allowed` when it is above that. */
  fewest(text: string, at: number, allowed: number): number {
    if (allowed < CLOSE && this.#words.length > CLOSE) {
      this.#next ??= new NearestPart(
        this.#isBefore ? reversed(this.#words.slice(-CLOSE)) : this.#words.slice(0, CLOSE),
      );
      // The whole cannot cost less than its first part does.
      const least = this.#least(this.#next, CLOSE, text, at);
      if (least > allowed) return least;
    }
    return this.errors(text, at);
  }

  #least(pattern: NearestPart, length: number, text: string, at: number): number {
    const there = this.#isBefore ? at : text.length - at;
    return pattern.errorsAt(text, at, Math.min(there, length + SLACK), this.#isBefore);
  }
}
