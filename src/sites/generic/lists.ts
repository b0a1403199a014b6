// Lists: rows that can be opened, ticked or have a date, side by side.

import type { Hooks } from '../site.ts';
import { all, countOf, holds, kidsIn, kidsOf, type Letters, matches, outerOf } from './dom.ts';
import { HARDLY_ANY, mayBeList, type Names } from './look.ts';

const FEWEST_ROWS = 5;
const MOST_ROWS = 1_000;
const ROWS_LOOKED_AT = 40;
const LONGEST_ROW = 400;
// Of the name and the buttons that a list has above it.
const LONGEST_TITLE = 100;
// Of so many rows nearly each is like that, and of the text they have nearly all.
const LARGE_SHARE = 2 / 3;
// A part with more parts than this is rows, or text.
const MOST_KIDS = 200;

/** Many short rows of which nearly each can be opened, ticked or has a date, and hardly more. */
export function isList(element: Element, hooks: Hooks<Names>, letters: Letters): boolean {
  // Shorter ones may have rows in shadow roots.
  if (letters(element) >= HARDLY_ANY && !mayBeList(element, hooks, letters)) return false;
  const rows = rowsOf(element, hooks, letters);
  const looked = rows.slice(0, ROWS_LOOKED_AT);
  const [first] = rows;
  if (first === undefined || rows.length < FEWEST_ROWS) return false;
  const few = looked.length * LARGE_SHARE;
  const lengths = looked.map(letters);
  if (lengths.filter((length) => length <= LONGEST_ROW).length <= few) return false;
  const isOpen = (row: Element) => matches(row, hooks.handle) || countOf(row, hooks.handle) > 0;
  if (looked.filter(isOpen).length <= few) return false;
  let inner = first;
  while (inner !== element && !holds(inner, rows.at(-1) ?? first)) {
    inner = outerOf(inner) ?? element;
  }
  const count = lengths.reduce((sum, length) => sum + length, 0);
  return (
    (count / looked.length) * rows.length > letters(inner) * LARGE_SHARE &&
    letters(element) - letters(inner) <= LONGEST_TITLE &&
    all(element, `${hooks.mail}, ${hooks.date}`).every((head) => holds(inner, head))
  );
}

function rowsOf(element: Element, hooks: Hooks<Names>, letters: Letters): Element[] {
  const rows = rowsOfOnePlace(all(element, hooks.row, MOST_ROWS));
  if (rows.length >= FEWEST_ROWS) {
    // So many are looked at; of the rest only how many there are.
    const looked = rows.slice(0, ROWS_LOOKED_AT).filter((row) => letters(row) > 0);
    return [...looked, ...rows.slice(ROWS_LOOKED_AT)];
  }
  // Rows that are no more than blocks of one kind.
  let at = element;
  for (let depth = 0; depth < 6; depth += 1) {
    if (kidsIn(at) > MOST_KIDS) return kidsOf(at);
    const kids = kidsOf(at).filter((kid) => letters(kid) > 0);
    if (kids.length >= FEWEST_ROWS) return kids;
    const [largest] = kids.sort((one, other) => letters(other) - letters(one));
    if (largest === undefined) break;
    at = largest;
  }
  return [];
}

// A mail can be laid out in rows of many tables, and menus have rows too.
function rowsOfOnePlace(rows: Element[]): Element[] {
  const places = new Map<Element | null, Element[]>();
  for (const row of rows) {
    const place = outerOf(outerOf(row) ?? row);
    const there = places.get(place);
    if (there === undefined) places.set(place, [row]);
    else there.push(row);
  }
  return [...places.values()].reduce((most, some) => (some.length > most.length ? some : most), []);
}
