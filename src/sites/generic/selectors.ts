// What pages of any kind tend to have.

import type { Count } from '../reading.ts';

/** Blocks that may hold the main text. */
export const main = 'main, [role="main"], article';

/** Headings. */
export const heading = 'h1, h2';

/** Addresses. */
export const mail = 'a[href^="mailto:" i]';

/** Dates. */
export const date = 'time[datetime]';

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<string, Count> = {
  main: 'any',
  heading: 'any',
  mail: 'any',
  date: 'any',
};
