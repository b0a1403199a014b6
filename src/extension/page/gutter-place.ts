// Where the icons of a gutter stand: pure geometry, all in CSS pixels of one coordinate system.

export const ICON = 24;
const GAP = 6;
const OVERLAP = 2;

export type Line = {
  /** Vertical middle of the first line of the marked words. */
  middle: number;
  /** Left end of the marked words on that line. */
  start: number;
  /** Left and right edge of the message's text. */
  left: number;
  right: number;
  /** Room of the icon; wider than ICON when it carries a sign besides. */
  width: number;
};
export type Spot = { x: number; y: number };

/**
 * One spot for each line, in order. Icons of one line of text stand side by side, the first of the
 * line next to the text; where the left margin is full they go on in a row below. Without any room
 * on the left they stand at the right edge.
 * `low` and `high` are the left and right edge of the frame.
 */
export function placeIcons(lines: readonly Line[], low: number, high: number): Spot[] {
  const rows: { middle: number; members: number[] }[] = [];
  const order = lines
    .map((line, at) => ({ line, at }))
    .sort((a, b) => a.line.middle - b.line.middle || a.line.start - b.line.start || a.at - b.at);
  for (const { line, at } of order) {
    const row = rows.at(-1);
    if (row && line.middle - row.middle < ICON / 2) row.members.push(at);
    else rows.push({ middle: line.middle, members: [at] });
  }
  const spots: Spot[] = lines.map(() => ({ x: 0, y: 0 }));
  for (const { middle, members } of rows) {
    const ranked = members
      .flatMap((at) => {
        const line = lines[at];
        return line ? [{ line, at }] : [];
      })
      .sort((a, b) => a.line.start - b.line.start || a.at - b.at);
    placeRow(ranked, middle, low, high, spots);
  }
  return spots;
}

function placeRow(
  ranked: readonly { line: Line; at: number }[],
  middle: number,
  low: number,
  high: number,
  spots: Spot[],
): void {
  const first = ranked[0]?.line;
  if (!first) return;
  const room = first.left - first.width - low;
  const edge =
    room >= 0 ? first.left - Math.min(GAP, room) : Math.min(first.right + GAP + first.width, high);
  let x = edge;
  let y = middle - ICON / 2;
  for (const { line, at } of ranked) {
    if (x - line.width < low && x < edge) {
      x = edge;
      y += ICON;
    }
    x -= line.width;
    spots[at] = { x, y };
    x += OVERLAP;
  }
}
