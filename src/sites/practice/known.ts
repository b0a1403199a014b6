import type { Known } from '../later.ts';
import { selectors } from './selectors.ts';

/** How a page is known to be of this site. */
export const known: Known<keyof typeof selectors> = {
  name: 'practice',
  selectors,

  // Counted, not looked at: to touch the root element costs sixty KB of a page's memory.
  matches: (doc, hooks) => doc.querySelectorAll(hooks.page).length > 0,
};
