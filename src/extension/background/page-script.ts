/** The content script as built, at the extension's root: one self-contained file in every frame, */
export const PAGE_SCRIPT = 'page.js';
/**
 * what it asks for (`more` when words are selected, marks are there, or the sidebar opens; `never`
 * where there is a never-log list),
 */
export const PARTS = { more: 'page-more.js', never: 'page-never.js' } as const;
/** and the readers of the sites that a page may be of (src/sites/hosts.ts). */
export const sitesScript = (pack: string): string => `sites-${pack}.js`;
