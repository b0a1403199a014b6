// What pages of any kind tend to have.

import type { Hook } from '../reading.ts';

export const main = {
  css: 'main, [role="main"], article',
  finds: 'blocks that may hold the main text',
  count: 'any',
} satisfies Hook;

export const heading = { css: 'h1, h2', finds: 'headings', count: 'any' } satisfies Hook;

export const mail = {
  css: 'a[href^="mailto:" i]',
  finds: 'addresses',
  count: 'any',
} satisfies Hook;

export const date = { css: 'time[datetime]', finds: 'dates', count: 'any' } satisfies Hook;
