import type { RegisterPage, Row } from '../api.ts';

export interface Loaded {
  readonly rows: readonly Row[];
  /** Cursor of the rows after the last one; null at the end. */
  readonly next: string | null;
  readonly total: number;
  /** There are more than `total`. */
  readonly more?: boolean | undefined;
}

export function keyOf(row: Row): string {
  return `${row.kind}/${row.id}`;
}

/** Adds the rows after the last one; a row that has moved there meanwhile is not shown twice. */
export function append(loaded: Loaded, page: RegisterPage): Loaded {
  const seen = new Set(loaded.rows.map(keyOf));
  const rows = [...loaded.rows, ...page.rows.filter((row) => !seen.has(keyOf(row)))];
  return { rows, next: page.next, ...countOf(page) };
}

/**
 * Lays a fresh first page over what is loaded: new rows come in at the top, changed ones are
 * replaced, ones that are gone from its range disappear, and what lies behind it stays.
 * `above` is how many rows were added before the first row known already.
 */
export function refresh(loaded: Loaded, page: RegisterPage): { next: Loaded; above: number } {
  const fresh = new Set(page.rows.map(keyOf));
  const old = new Map(loaded.rows.map((row, index) => [keyOf(row), index]));
  const lastKnown = page.rows.reduce((last, row) => Math.max(last, old.get(keyOf(row)) ?? -1), -1);
  const firstKnown = page.rows.findIndex((row) => old.has(keyOf(row)));
  const above = firstKnown === -1 ? page.rows.length : firstKnown;
  // Nothing in common, or all there is: the old rows behind it would leave a hole or be leftovers.
  if (page.next === null || lastKnown === -1) {
    return { next: { rows: page.rows, next: page.next, ...countOf(page) }, above };
  }
  const tail = loaded.rows.slice(lastKnown + 1).filter((row) => !fresh.has(keyOf(row)));
  // With no rows left behind the page, its own cursor is the right one to go on from.
  const next = tail.length === 0 ? page.next : loaded.next;
  return { next: { rows: [...page.rows, ...tail], next, ...countOf(page) }, above };
}

const countOf = ({ total, more }: RegisterPage) => ({ total, more });
