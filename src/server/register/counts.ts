// How many rows each customer has, as the filter bar says it beside their names.
import { type Counting, keepCounting } from '../counting.ts';
import type { Db } from '../database.ts';
import type { Directories } from './directory.ts';
import { readFilters } from './filters.ts';
import { countByCustomer } from './query.ts';

/** In a large workspace they may be a little old: nobody decides by them, and all of it is counted. */
export function keepCounts(db: Db, directories: Directories): Counting<Map<string, number>> {
  const filters = readFilters({});
  if (filters === null) throw new Error('no filters are well-formed');
  return keepCounting(db, {
    ...{ kinds: ['expectation', 'commitment', 'note', 'interaction'], now: Date.now },
    async count(tx, viewer) {
      return countByCustomer(tx, viewer, await directories.of(tx, viewer), filters);
    },
  });
}
