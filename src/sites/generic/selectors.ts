// What pages of any kind tend to have.

import type { Count } from '../site.ts';

export const selectors = {
  /** Blocks that may hold the main text. */
  main: 'main, [role="main"], article',
  /** Headings. */
  heading: 'h1, h2',
  /** Addresses. */
  mail: 'a[href^="mailto:" i]',
  /** Dates. */
  date: 'time[datetime]',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  main: 'any',
  heading: 'any',
  mail: 'any',
  date: 'any',
};
