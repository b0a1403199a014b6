// Only the rows in sight are drawn; all are equally high, so a row's place is arithmetic. Lengths in px.

export const ROW = 36;
/** Rows drawn beyond the edges, so that a quick scroll shows no hole. */
const BEYOND = 10;

/** The rows to draw: those in sight, and the active one wherever it is. */
export function rowsInSight(
  scrollTop: number,
  height: number,
  count: number,
  active: number,
): number[] {
  const from = Math.max(0, Math.floor(scrollTop / ROW) - BEYOND);
  const to = Math.min(count, Math.ceil((scrollTop + height) / ROW) + BEYOND);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (active >= 0 && active < count && (active < from || active >= to)) rows.push(active);
  return rows;
}

/** Where to scroll so that a row is in sight; the present place if it is. */
export function scrollFor(row: number, scrollTop: number, height: number): number {
  if (row * ROW < scrollTop) return row * ROW;
  return (row + 1) * ROW > scrollTop + height ? (row + 1) * ROW - height : scrollTop;
}
