import type { Hooks } from '../site.ts';
import { countOf, type Letters } from './dom.ts';
import type { HeaderLines } from './header-lines.ts';
import type { selectors } from './selectors.ts';

export type Names = keyof typeof selectors;

/** What the whole reader looks with. */
export type Look = {
  hooks: Hooks<Names>;
  letters: Letters;
  /** The shadow roots that an element's text may be in. */
  rootsIn(element: Element): ShadowRoot[];
  /** Whether it is rows of a list, and hardly more. */
  isList(element: Element): boolean;
  /** What the header lines of a mail say that a text begins with; null where it does not. */
  headerLines(text: string): HeaderLines | null;
};

/** Elements with less text may have the rest of it in shadow roots. */
export const HARDLY_ANY = 2_000;

const LONGEST_ROW = 400;
const FEWEST_HANDLES = 4;

/** Whether so much in it can be opened or ticked that it may be a list; without touching the rows. */
export function mayBeList(element: Element, hooks: Hooks<Names>, letters: Letters): boolean {
  const handles = countOf(element, hooks.handle);
  return handles >= FEWEST_HANDLES && letters(element) <= LONGEST_ROW * handles;
}
