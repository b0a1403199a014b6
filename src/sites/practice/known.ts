import type { Known } from '../later.ts';
import { selectors } from './selectors.ts';

/** How a page is known to be of this site. */
export const known: Known<keyof typeof selectors> = {
  name: 'practice',
  selectors,

  matches: (doc, hooks) => doc.querySelector(hooks.page) !== null,
};
