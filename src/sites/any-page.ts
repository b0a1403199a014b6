import { later } from './later.ts';

/** Stands last in every pack: the reader for any page, which is needed where no other one fits. */
export const anyPage = later(
  { name: 'generic', selectors: {}, matches: () => true },
  'generic-more',
);
