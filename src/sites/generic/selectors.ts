// What pages of any kind tend to have.

import type { Count } from '../site.ts';

export const selectors = {
  /** Blocks that may hold the main text. */
  main: 'main, [role="main"], article, [role="article"]',
  /** What stands beside the main text. */
  beside:
    'nav, aside, footer, [role="navigation"], [role="complementary"], [role="contentinfo"], [role="banner"], [role="menu"], [role="menubar"], [role="toolbar"], [role="tablist"], [role="tree"], [role="listbox"], [role="grid"], [role="search"], dialog:not([open]), [aria-hidden="true"]',
  /** What is no text that a person reads. */
  unread: 'script, style, template, noscript, textarea, select, [hidden]',
  /** Rows of a list. */
  row: 'tr, li, [role="row"], [role="option"], [role="listitem"], [role="treeitem"]',
  /** What a row of a list has, and a paragraph has not. */
  handle: 'a[href], button, input, time, [role="checkbox"], [tabindex], [aria-selected]',
  /** What somebody else wrote, in a message that answers it. */
  quoted:
    'blockquote, .gmail_quote, .moz-cite-prefix, [type="cite"], .yahoo_quoted, #divRplyFwdMsg',
  /** Headings. */
  heading: 'h1, h2, [role="heading"]',
  /** Addresses. */
  mail: 'a[href^="mailto:" i]',
  /** Names that carry their address in an attribute. */
  titled: '[email*="@"], [data-email*="@"], [data-address*="@"], [title*="@"]',
  /** Frames that may hold what was written, with its header around them. */
  frame: 'iframe',
  /** Dates. */
  date: 'time[datetime]',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  main: 'any',
  beside: 'any',
  unread: 'any',
  row: 'any',
  handle: 'any',
  quoted: 'any',
  heading: 'any',
  mail: 'any',
  titled: 'any',
  frame: 'any',
  date: 'any',
};
