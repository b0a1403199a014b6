import type { Known } from '../later.ts';
import { webAddress } from '../reading.ts';

/** What a page of this site is known by; every page gets this, and only its own pages the rest. */
export const knownBy = {
  /** Any page of the program for people who are signed in. */
  page: 'body[id^="comp-"] #rt-header-container',
} as const;

/** How a page is known to be of this site. */
export const known: Known<keyof typeof knownBy> = {
  name: 'request-tracker',
  selectors: knownBy,

  matches: (doc, hooks) => doc.querySelectorAll(hooks.page).length > 0 && webAddress(doc) !== '',
};
