import { NearestPart, reversed } from './distance.ts';

// A few units may have come in between the quote and its old context.
const SLACK = 8;

/** The words that stood before and after a quote, and how well a place agrees with them. */
export class Context {
  readonly prefix: string;
  readonly suffix: string;
  #before: NearestPart | undefined;
  #after: NearestPart | undefined;

  constructor(prefix: string, suffix: string) {
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /**
   * 1 when text before `start` and after `end` reads as it did, 0 when nothing does: one minus the
   * edit distance per character of context. `without` is the answer for a quote that had none.
   */
  agreement(text: string, start: number, end: number, without = 1): number {
    const { prefix, suffix } = this;
    const length = prefix.length + suffix.length;
    if (length === 0) return without;
    let errors = 0;
    if (prefix.length > 0 && !text.endsWith(prefix, start)) {
      this.#before ??= new NearestPart(reversed(prefix));
      const low = Math.max(0, start - prefix.length - SLACK);
      errors += this.#before.begin(text, low, start, true).errors;
    }
    if (suffix.length > 0 && !text.startsWith(suffix, end)) {
      this.#after ??= new NearestPart(suffix);
      errors += this.#after.end(text, end, Math.min(text.length, end + suffix.length + SLACK), true).errors;
    }
    return 1 - errors / length;
  }
}
