// How many rows each customer has, as the filter bar says it beside their names.
import { type Counting, keepCounting } from '../counting.ts';
import type { Db } from '../database.ts';
import { LISTED_KINDS } from './listed.ts';
import type { Listing } from './listing.ts';
import { countByCustomer } from './query.ts';

/** In a large workspace they may be a little old: nobody decides by them, and all of it is counted. */
export function keepCounts(db: Db, listing: Listing): Counting<Map<string, number>> {
  return keepCounting(db, {
    ...{ kinds: LISTED_KINDS, now: Date.now },
    count: (tx, viewer) => countByCustomer(tx, viewer, listing),
  });
}
