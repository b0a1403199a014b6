import type { Known } from '../later.ts';
import { webAddress } from '../reading.ts';
import { selectors } from './selectors.ts';

/** How a page is known to be of this site. */
export const known: Known<keyof typeof selectors> = {
  name: 'request-tracker',
  selectors,

  matches: (doc, hooks) => doc.querySelectorAll(hooks.page).length > 0 && webAddress(doc) !== '',
};
