import { NearestPart, reversed } from './distance.ts';

// A few units may have come in between the quote and its old context.
const SLACK = 8;
const TELLING = 8;

/** The words that stood before and after a quote, and how well a place agrees with them. */
export class Context {
  readonly prefix: string;
  readonly suffix: string;
  #before: NearestPart | undefined;
  #after: NearestPart | undefined;

  constructor(prefix: string, suffix: string) {
    // What NFKC made longer than one word of bits is cut to its part next to the quote.
    this.prefix = prefix.slice(-32);
    this.suffix = suffix.slice(0, 32);
  }

  /**
   * 1 when text before `start` and after `end` reads as it did, 0 when nothing does: one minus the
   * edit distance per character of context. `without` is the answer for a quote that had none.
   */
  agreement(text: string, start: number, end: number, without = 1): number {
    const length = this.prefix.length + this.suffix.length;
    if (length === 0) return without;
    return 1 - (this.#errorsBefore(text, start) + this.#errorsAfter(text, end)) / length;
  }

  /** The same for the side that agrees less. Sides too short to tell places apart do not count. */
  weakerSide(text: string, start: number, end: number): number {
    const { prefix, suffix } = this;
    const before =
      prefix.length < TELLING ? 1 : 1 - this.#errorsBefore(text, start) / prefix.length;
    const after = suffix.length < TELLING ? 1 : 1 - this.#errorsAfter(text, end) / suffix.length;
    return Math.min(before, after);
  }

  #errorsBefore(text: string, start: number): number {
    const { prefix } = this;
    if (text.endsWith(prefix, start)) return 0;
    this.#before ??= new NearestPart(reversed(prefix));
    return this.#before.errorsAt(text, start, Math.min(start, prefix.length + SLACK), true);
  }

  #errorsAfter(text: string, end: number): number {
    const { suffix } = this;
    if (text.startsWith(suffix, end)) return 0;
    this.#after ??= new NearestPart(suffix);
    const steps = Math.min(text.length - end, suffix.length + SLACK);
    return this.#after.errorsAt(text, end, steps, false);
  }
}
