// Which part of a page its main text is in, with the header above it: not the navigation, not the
// column with the list. Pages are read again with every change, so little is looked at twice.

import type { Hooks } from '../site.ts';
import {
  all,
  holds,
  isElement,
  isShown,
  kidsOf,
  type Letters,
  matches,
  nameOf,
  outerOf,
  shadowRoots,
  textOf,
} from './dom.ts';
import type { selectors } from './selectors.ts';

export type Names = keyof typeof selectors;

export type Block = {
  element: Element;
  /** Lists in it that are not its text. */
  lists: Element[];
};

/** Letters of text in an element that a person may read. */
type Measure = (element: Element) => number;

// Marked-up blocks with less than this part of the page's text may have come with somebody's mail.
const SMALLEST_SHARE = 1 / 3;
// A part with this much of the text is where the text is.
const LARGE_SHARE = 2 / 3;
const FEWEST_ROWS = 5;
// More rows than the table above a mail has.
const LONG_LIST = 9;
const MOST_ROWS = 1_000;
const ROWS_LOOKED_AT = 40;
const LONGEST_ROW = 400;
// Of the name and the buttons that a list has above it.
const LONGEST_TITLE = 100;
const DEEPEST = 60;
// A part with more parts than this is text.
const MOST_KIDS = 200;
// Pages of custom elements have hardly any text outside of their shadow roots.
const HARDLY_ANY = 2_000;
// What text is laid out in; other elements are text.
const LAID_OUT = /^(div|section|main|article|form|center|table|tbody|tr|td|[a-z]\w*-[\w-]*)$/;

/** The block with the main text; the body where no part stands out, null where there is no text. */
export function mainBlock(doc: Document, hooks: Hooks<Names>, letters: Letters): Block | null {
  const { body } = doc;
  if (!isElement(body)) return null;
  const roots = openRoots(body, letters);
  const measure = measureOf(body, roots, hooks, letters);
  const total = measure(body);
  if (total === 0) return null;
  let best: Element | null = null;
  let most = total * SMALLEST_SHARE;
  for (const block of [body, ...roots].flatMap((root) => all(root, hooks.main))) {
    const count = measure(block);
    if (count <= most || isBeside(block, hooks) || !isShown(block)) continue;
    best = block;
    most = count;
  }
  return inwards(best ?? body, hooks, measure, letters);
}

/** The shadow roots that an element's text may be in. */
export function openRoots(element: Element, letters: Letters): ShadowRoot[] {
  return letters(element) < HARDLY_ANY ? shadowRoots(element) : [];
}

function measureOf(
  body: Element,
  roots: ShadowRoot[],
  hooks: Hooks<Names>,
  letters: Letters,
): Measure {
  const unread = [body, ...roots]
    .flatMap((root) => all(root, hooks.unread))
    .filter((element) => letters(element) > 0);
  const known = new Map<Element, number>();
  return (element) => {
    let count = known.get(element);
    if (count !== undefined) return count;
    count = letters(element);
    for (const root of roots) if (holds(element, root)) count += letters(root);
    for (const one of unread) if (holds(element, one)) count -= letters(one);
    count = Math.max(0, count);
    known.set(element, count);
    return count;
  };
}

function isBeside(element: Element, hooks: Hooks<Names>): boolean {
  return matches(element, `:is(${hooks.beside}), :is(${hooks.beside}) *`);
}

// Inwards, as long as nothing is left behind that a message's header could be in. The innermost
// block that left something behind is the one.
function inwards(from: Element, hooks: Hooks<Names>, measure: Measure, letters: Letters): Block {
  const heads = `${hooks.heading}, ${hooks.mail}, ${hooks.date}`;
  const hasHead = (kid: Element) =>
    matches(kid, heads) ||
    [kid, ...openRoots(kid, letters)].some(
      (root) =>
        all(root, heads).some((head) => !isBeside(head, hooks)) ||
        (textOf(root).includes('@') && all(root, hooks.beside).length === 0),
    );
  const sum = (kids: Element[]) => kids.reduce((count, kid) => count + measure(kid), 0);
  let block = from;
  let best: Block = { element: from, lists: [] };
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const within = kidsOf(block);
    if (within.length > MOST_KIDS) break;
    const kids = within.filter((kid) => !matches(kid, hooks.unread) && measure(kid) > 0);
    const shown = kids.filter((kid) => !matches(kid, hooks.beside) && isShown(kid));
    const lists = shown.length === 1 ? [] : shown.filter((kid) => isList(kid, hooks, letters));
    best.lists.push(...lists);
    const texts = shown.filter((kid) => !lists.includes(kid));
    const [next] = [...texts].sort((one, other) => measure(other) - measure(one));
    if (next === undefined || !LAID_OUT.test(nameOf(next))) break;
    const own = measure(block) - sum(kids);
    if (measure(next) < (sum(texts) + Math.max(0, own)) * LARGE_SHARE) break;
    if (texts.some((kid) => kid !== next && hasHead(kid))) break;
    if (kids.length > 1) best = { element: next, lists: [] };
    block = next;
  }
  // What the text was looked for in last may be a list after all.
  if (best.lists.length === 0 && isList(block, hooks, letters)) best.lists.push(block);
  return best;
}

/** Many short rows of which nearly each can be opened, ticked or has a date, and hardly more. */
export function isList(element: Element, hooks: Hooks<Names>, letters: Letters): boolean {
  const rows = rowsOf(element, hooks, letters);
  const looked = rows.slice(0, ROWS_LOOKED_AT);
  const [first] = rows;
  if (first === undefined || rows.length < FEWEST_ROWS) return false;
  const few = looked.length * LARGE_SHARE;
  const lengths = looked.map(letters);
  if (lengths.filter((length) => length <= LONGEST_ROW).length <= few) return false;
  const isOpen = (row: Element) => matches(row, hooks.handle) || all(row, hooks.handle).length > 0;
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
  const rows = rowsOfOnePlace(all(element, hooks.row).slice(0, MOST_ROWS));
  if (rows.length >= FEWEST_ROWS) {
    // So many are looked at; of the rest only how many there are.
    const looked = rows.slice(0, ROWS_LOOKED_AT).filter((row) => letters(row) > 0);
    return [...looked, ...rows.slice(ROWS_LOOKED_AT)];
  }
  // Rows that are no more than blocks of one kind.
  let at = element;
  for (let depth = 0; depth < 6; depth += 1) {
    const within = kidsOf(at);
    if (within.length > MOST_KIDS) return within;
    const kids = within.filter((kid) => letters(kid) > 0);
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

/** Tells of an element whether it is a row of a long list. Each list is looked at once. */
export function rowOfList(hooks: Hooks<Names>, letters: Letters): (element: Element) => boolean {
  const known = new Map<Element, boolean>();
  return (element) => {
    if (!matches(element, hooks.row)) return false;
    const place = outerOf(outerOf(element) ?? element);
    if (place === null) return false;
    let list = known.get(place);
    if (list === undefined) {
      list = all(place, hooks.row).length >= LONG_LIST && isList(place, hooks, letters);
      known.set(place, list);
    }
    return list;
  };
}
