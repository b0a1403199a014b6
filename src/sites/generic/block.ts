// Which part of a page its main text is in, with the header above it: not the navigation, not the
// column with the list. Pages are read again with every change, so little is looked at twice.

import { all, holds, isElement, isShown, kidsIn, kidsOf, matches, nameOf, textOf } from './dom.ts';
import type { Look } from './look.ts';

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
const DEEPEST = 60;
// A part with more parts than this is text.
const MOST_KIDS = 200;
// What text is laid out in; other elements are text.
const LAID_OUT = /^(div|section|main|article|form|center|table|tbody|tr|td|[a-z]\w*-[\w-]*)$/;

/** The block with the main text; the body where no part stands out, null where there is no text. */
export function mainBlock({ body }: Document, look: Look): Block | null {
  const { hooks } = look;
  if (!isElement(body)) return null;
  const roots = look.rootsIn(body);
  const measure = measureOf(body, roots, look);
  const total = measure(body);
  if (total === 0) return null;
  let best: Element | null = null;
  let most = total * SMALLEST_SHARE;
  for (const block of [body, ...roots].flatMap((root) => all(root, hooks.main))) {
    const count = measure(block);
    if (count <= most || isBeside(block, look) || !isShown(block)) continue;
    best = block;
    most = count;
  }
  return inwards(best ?? body, measure, look);
}

function measureOf(body: Element, roots: ShadowRoot[], { hooks, letters }: Look): Measure {
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

function isBeside(element: Element, { hooks }: Look): boolean {
  return matches(element, `:is(${hooks.beside}), :is(${hooks.beside}) *`);
}

// Inwards, as long as nothing is left behind that a message's header could be in. The innermost
// block that left something behind is the one.
function inwards(from: Element, measure: Measure, look: Look): Block {
  const { hooks } = look;
  const heads = `${hooks.heading}, ${hooks.mail}, ${hooks.date}`;
  const hasHead = (kid: Element) =>
    matches(kid, heads) ||
    [kid, ...look.rootsIn(kid)].some(
      (root) =>
        all(root, heads).some((head) => !isBeside(head, look)) ||
        (textOf(root).includes('@') && all(root, hooks.beside).length === 0),
    );
  const sum = (kids: Element[]) => kids.reduce((count, kid) => count + measure(kid), 0);
  let block = from;
  let best: Block = { element: from, lists: [] };
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    if (kidsIn(block) > MOST_KIDS) break;
    const kids = kidsOf(block).filter((kid) => !matches(kid, hooks.unread) && measure(kid) > 0);
    const shown = kids.filter((kid) => !matches(kid, hooks.beside) && isShown(kid));
    const lists = shown.length === 1 ? [] : shown.filter(look.isList);
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
  if (best.lists.length === 0 && look.isList(block)) best.lists.push(block);
  return best;
}
