// Which part of a page its main text is in, with the header above it: not the navigation, not the
// column with the list.

import type { Hooks } from '../site.ts';
import {
  all,
  holds,
  isElement,
  isShown,
  kidsOf,
  lettersIn,
  matches,
  nameOf,
  outerOf,
  shadowRoots,
  textOf,
} from './dom.ts';
import type { selectors } from './selectors.ts';

export type Names = keyof typeof selectors;
/** Letters of text in an element, without what stands beside the main text. */
type Measure = (element: Element) => number;

// Marked-up blocks with less than this part of the page's text may have come with somebody's mail.
const SMALLEST_SHARE = 1 / 3;
// A part with this much of the text is where the text is.
const LARGE_SHARE = 2 / 3;
const FEWEST_ROWS = 5;
const LONGEST_ROW = 400;
// Of the name and the buttons that a list has above it.
const LONGEST_TITLE = 100;
const DEEPEST = 60;
// Pages of custom elements have hardly any text outside of their shadow roots.
const HARDLY_ANY = 2_000;
// What text is laid out in; other elements are text.
const LAID_OUT = /^(div|section|main|article|form|center|table|tbody|tr|td|[a-z]\w*-[\w-]*)$/;

/** The block with the main text; the body where no part stands out, null where there is no text. */
export function mainBlock(doc: Document, hooks: Hooks<Names>): Element | null {
  const { body } = doc;
  if (!isElement(body)) return null;
  const roots = openRoots(body);
  const measure = measureOf(body, roots, hooks);
  let best: Element | null = null;
  let most = measure(body) * SMALLEST_SHARE;
  if (most === 0) return null;
  for (const block of [body, ...roots].flatMap((root) => all(root, hooks.main))) {
    const letters = measure(block);
    if (letters <= most || !isShown(block)) continue;
    best = block;
    most = letters;
  }
  return inwards(best ?? body, hooks, measure);
}

/** The shadow roots that an element's text may be in. */
export function openRoots(body: Element): ShadowRoot[] {
  return lettersIn(body) < HARDLY_ANY ? shadowRoots(body) : [];
}

function measureOf(body: Element, roots: ShadowRoot[], hooks: Hooks<Names>): Measure {
  const css = `:is(${hooks.unread}, ${hooks.beside})`;
  const left = [body, ...roots].flatMap((root) =>
    all(root, css).filter((at) => !matches(at, `${css} *`)),
  );
  const known = new Map<Element, number>();
  const count = (element: Element) => {
    if (left.some((one) => holds(one, element))) return 0;
    let letters = lettersIn(element);
    for (const root of roots) if (holds(element, root)) letters += lettersIn(root);
    for (const one of left) if (holds(element, one)) letters -= lettersIn(one);
    return Math.max(0, letters);
  };
  return (element) => {
    const letters = known.get(element) ?? count(element);
    known.set(element, letters);
    return letters;
  };
}

// Inwards, as long as nothing is left behind that a message's header could be in. The innermost
// block that left something behind is the one.
function inwards(from: Element, hooks: Hooks<Names>, measure: Measure): Element {
  const heads = `${hooks.heading}, ${hooks.mail}, ${hooks.date}`;
  const hasHead = (kid: Element) =>
    matches(kid, heads) ||
    [kid, ...openRoots(kid)].some((root) => all(root, heads).length > 0 || /@/.test(textOf(root)));
  const sum = (kids: Element[]) => kids.reduce((letters, kid) => letters + measure(kid), 0);
  let block = from;
  let best = from;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const kids = kidsOf(block).filter((kid) => lettersIn(kid) > 0 || measure(kid) > 0);
    const shown = kids.filter((kid) => measure(kid) > 0 && isShown(kid));
    const lists = shown.filter((kid) => isList(kid, hooks));
    const texts = shown.filter((kid) => !lists.includes(kid));
    const [next] = [...texts].sort((one, other) => measure(other) - measure(one));
    if (next === undefined || !LAID_OUT.test(nameOf(next))) break;
    const own = measure(block) - sum(kids);
    if (measure(next) < (sum(texts) + Math.max(0, own)) * LARGE_SHARE) break;
    if (texts.some((kid) => kid !== next && hasHead(kid))) break;
    if (kids.some((kid) => kid !== next && !matches(kid, hooks.unread))) best = next;
    block = next;
  }
  return best;
}

/** Many short rows of which nearly each can be opened, ticked or has a date, and hardly more. */
export function isList(element: Element, hooks: Hooks<Names>): boolean {
  const rows = rowsOf(element, hooks);
  const [first] = rows;
  if (first === undefined || rows.length < FEWEST_ROWS) return false;
  const short = rows.filter((row) => lettersIn(row) <= LONGEST_ROW);
  const open = rows.filter(
    (row) => matches(row, hooks.handle) || all(row, hooks.handle).length > 0,
  );
  if (Math.min(short.length, open.length) <= rows.length * LARGE_SHARE) return false;
  let inner = first;
  while (inner !== element && !rows.every((row) => holds(inner, row))) {
    inner = outerOf(inner) ?? element;
  }
  const heads = [...all(element, `${hooks.mail}, ${hooks.date}`)];
  return (
    lettersIn(element) - lettersIn(inner) <= LONGEST_TITLE &&
    heads.every((head) => holds(inner, head)) &&
    rows.reduce((sum, row) => sum + lettersIn(row), 0) > lettersIn(inner) * LARGE_SHARE
  );
}

function rowsOf(element: Element, hooks: Hooks<Names>): Element[] {
  const rows = all(element, hooks.row).filter((row) => lettersIn(row) > 0);
  if (rows.length >= FEWEST_ROWS) return rows;
  // Rows that are no more than blocks of one kind.
  let at = element;
  for (let depth = 0; depth < 6; depth += 1) {
    const kids = kidsOf(at).filter((kid) => lettersIn(kid) > 0);
    if (kids.length >= FEWEST_ROWS) return kids;
    const [largest] = kids.sort((one, other) => lettersIn(other) - lettersIn(one));
    if (largest === undefined) break;
    at = largest;
  }
  return [];
}
