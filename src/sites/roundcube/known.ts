import type { Known } from '../later.ts';

/** What a page of this site is known by; every page gets these, and only its own pages the rest. */
export const knownBy = {
  /** Any page of the program; its task and action are class names. */
  page: 'body[class*="task-"][class*="action-"]',
  /** All parts of the open mail. */
  body: '#messagebody',
  /** The list of mails. */
  list: '#messagelist',
} as const;

/** How a page is known to be of this site. */
export const known: Known<keyof typeof knownBy> = {
  name: 'roundcube',
  selectors: knownBy,

  matches(doc, hooks) {
    const has = (css: string) => doc.querySelectorAll(css).length > 0;
    return has(hooks.page) && (has(hooks.body) || has(hooks.list));
  },
};
