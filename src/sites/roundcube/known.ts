import type { Known } from '../later.ts';
import { selectors } from './selectors.ts';

/** How a page is known to be of this site. */
export const known: Known<keyof typeof selectors> = {
  name: 'roundcube',
  selectors,

  matches(doc, hooks) {
    const has = (css: string) => doc.querySelectorAll(css).length > 0;
    return has(hooks.page) && (has(hooks.body) || has(hooks.list));
  },
};
