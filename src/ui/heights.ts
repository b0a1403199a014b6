// Where the rows of a long list lie when only those in sight are drawn and each is as high as its
// words: measured once it was drawn, taken for an average until then. In px.

/** Rows drawn beyond the edges, so that a quick scroll shows no hole. */
const BEYOND = 600;

export class Heights {
  readonly #known = new Map<string, number>();
  readonly #estimate: number;

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  /** Takes a row's height; false when it was known. */
  set(key: string, height: number): boolean {
    if (this.#known.get(key) === height) return false;
    this.#known.set(key, height);
    return true;
  }

  of(key: string): number {
    return this.#known.get(key) ?? this.#estimate;
  }

  /** The list has another width: every row is to be measured anew. */
  forget(): void {
    this.#known.clear();
  }

  /** The upper edge of each row, and at the end the lower edge of the last. */
  tops(keys: readonly string[]): readonly number[] {
    const tops = [0];
    for (const key of keys) tops.push((tops.at(-1) ?? 0) + this.of(key));
    return tops;
  }
}

export interface Extent {
  readonly start: number;
  /** Behind the last one. */
  readonly end: number;
}

/** The rows to draw where `from` to `to` is in sight. */
export function extentIn(tops: readonly number[], from: number, to: number): Extent {
  const count = tops.length - 1;
  const start = Math.min(rowAt(tops, from - BEYOND), Math.max(0, count - 1));
  return { start, end: Math.min(count, rowAt(tops, to + BEYOND) + 1) };
}

/** The row that lies at this height; the first or last one where none does. */
export function rowAt(tops: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
