// Only the rows in sight are drawn; spacers stand for the rest. Rows are equally high, so a row's
// place is arithmetic.

export interface Extent {
  readonly start: number;
  /** Behind the last one. */
  readonly end: number;
}

/** Rows drawn beyond the edges, so that a quick scroll shows no hole. */
const BEYOND = 12;
/** The extent moves by this many rows at once, so that not every row scrolled draws again. */
const STEP = 4;

/** The rows to draw, in lengths of px. */
export function extentOf(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): Extent {
  const start = Math.max(0, Math.floor(scrollTop / rowHeight / STEP) * STEP - BEYOND);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight / STEP) * STEP + BEYOND);
  return { start: Math.min(start, Math.max(0, count - 1)), end: Math.max(end, 0) };
}

export type Piece = { readonly row: number } | { readonly gap: number; readonly before: number };

/**
 * The body of the table: the rows of the extent and the one that has the focus, wherever it is (a
 * row that is taken away would take the focus with it), with gaps for all others.
 */
export function pieces(extent: Extent, active: number | null, count: number): readonly Piece[] {
  const rows: number[] = [];
  for (let row = extent.start; row < extent.end; row++) rows.push(row);
  if (active !== null && active < count && (active < extent.start || active >= extent.end)) {
    rows.push(active);
    rows.sort((a, b) => a - b);
  }
  const body: Piece[] = [];
  let at = 0;
  for (const row of rows) {
    if (row > at) body.push({ gap: row - at, before: row });
    body.push({ row });
    at = row + 1;
  }
  if (at < count) body.push({ gap: count - at, before: count });
  return body;
}

/** Rows kept between the active one and an edge: its words unfold over the next ones. */
const MARGIN = 2;

/** Where to scroll so that a row and its margin are in sight; the present place if they are. */
export function scrollFor(
  row: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): number {
  // A page of three rows has no room for margins.
  const margin = Math.min(MARGIN, Math.max(0, Math.floor(height / rowHeight / 2) - 1));
  const top = Math.max(0, row - margin) * rowHeight;
  const bottom = (row + 1 + margin) * rowHeight;
  if (top < scrollTop) return top;
  return bottom > scrollTop + height ? bottom - height : scrollTop;
}
