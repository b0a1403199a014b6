import type { Site } from './site.ts';

/** How a site is known, without the reader, which is in a pack of its own. */
export type Known<Name extends string = string> = Pick<
  Site<Name>,
  'name' | 'selectors' | 'matches'
>;

/** A site that is only known here: whoever reads the page fetches its pack first. */
export function later<Name extends string>(known: Known<Name>, pack: string): Site<Name> {
  const { name, selectors, matches } = known;
  return { name, selectors, matches, pack, read: readNothing };
}

function readNothing(): null {
  return null;
}
