// Looking through open shadow roots. Some organisations' pages have none, in others each component
// has one: both look alike from here.

import { textOf } from '../text-of.ts';

// A record's page has a few thousand elements in a few hundred components.
const MOST_TREES = 3_000;
const MOST_ELEMENTS = 60_000;

/** The tree of `root` and all open shadow trees below it, `root` first; not all of a vast page. */
export function treesIn(root: ParentNode): ParentNode[] {
  const trees: ParentNode[] = [root];
  if (root instanceof Element && root.shadowRoot) trees.push(root.shadowRoot);
  let seen = 0;
  for (let at = 0; at < trees.length && seen < MOST_ELEMENTS; at += 1) {
    const elements = trees[at]?.querySelectorAll('*') ?? [];
    seen += elements.length;
    for (let place = 0; place < elements.length && trees.length < MOST_TREES; place += 1) {
      const element = elements[place];
      // Only custom elements matter here, and asking the others costs most of the time.
      if (element?.localName.includes('-') && element.shadowRoot) trees.push(element.shadowRoot);
    }
  }
  return trees;
}

/** What matches in any of the trees: in each in its order, one tree after the other. */
export function findIn(trees: readonly ParentNode[], css: string): Element[] {
  return trees.flatMap((tree) => [...tree.querySelectorAll(css)]);
}

// Forms in mails answer with their inputs (<input name="closest">), hence the prototypes' methods.
export const { closest, matches } = Element.prototype;
const { getRootNode } = Node.prototype;

/** The nearest match among the element and what it stands in, beyond its shadow root as well. */
export function closestDeep(element: Element | null, css: string): Element | null {
  for (let at = element; at !== null; at = hostOf(at)) {
    const found = closest.call(at, css);
    if (found !== null) return found;
  }
  return null;
}

/** Whether an element stands in one that matches; matching itself does not count. */
export function isInside(element: Element, css: string): boolean {
  return matches.call(element, `:is(${css}) *`) || closestDeep(hostOf(element), css) !== null;
}

function hostOf(element: Element): Element | null {
  const root = getRootNode.call(element);
  return root instanceof ShadowRoot ? root.host : null;
}

/**
 * Where the words of a mail stand: the element itself, or the body of a frame in it that belongs to
 * the page. null where a frame is closed to us or nothing has arrived yet.
 */
export function wordsIn(element: Element): Element | null {
  const frames = findIn(treesIn(element), 'iframe');
  for (const frame of frames) {
    const body = (frame as HTMLIFrameElement).contentDocument?.body;
    if (body?.textContent?.trim()) return body;
  }
  return frames.length === 0 && textOf(element) !== '' ? element : null;
}
