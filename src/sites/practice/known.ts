import type { Known } from '../later.ts';

/** What a page of this site is known by; every page gets this, and only its own pages the rest. */
export const knownBy = {
  /** Any page of the practice inbox. */
  page: 'html[data-unsaid-practice]',
} as const;

/** How a page is known to be of this site. */
export const known: Known<keyof typeof knownBy> = {
  name: 'practice',
  selectors: knownBy,

  // Counted, not looked at: to touch the root element costs sixty KB of a page's memory.
  matches: (doc, hooks) => doc.querySelectorAll(hooks.page).length > 0,
};
