/** The content script as built: one self-contained file at the extension's root. */
export const PAGE_SCRIPT = 'page.js';
