import type { Known } from '../later.ts';
import { selectors } from './selectors.ts';

/** How a page is known to be of this site. */
export const known: Known<keyof typeof selectors> = {
  name: 'roundcube',
  selectors,

  matches(doc, hooks) {
    return (
      doc.querySelector(hooks.page) !== null &&
      (doc.querySelector(hooks.body) !== null || doc.querySelector(hooks.list) !== null)
    );
  },
};
