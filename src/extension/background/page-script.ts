/** The content script as built, at the extension's root: one self-contained file in every frame, */
export const PAGE_SCRIPT = 'page.js';
/** what it asks for when words are selected, marks are there, or the sidebar opens, */
export const MORE_SCRIPT = 'page-more.js';
/** and the readers of the sites that a page may be of (src/sites/hosts.ts). */
export const sitesScript = (pack: string): string => `sites-${pack}.js`;
