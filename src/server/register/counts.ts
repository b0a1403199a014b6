// How many rows each customer has, as the filter bar says it beside their names.
import { readsAll } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from './directory.ts';
import type { Filters } from './filters.ts';
import { countByCustomer } from './query.ts';

/** Counting that takes longer than this is not done again at once. */
const SLOW_MS = 500;
const HOLDS_MS = 60_000;
const MOST_KEPT = 16;

type Counts = Map<string, number>;

/** In a large workspace they may be a minute old: nobody decides by them, and all of it is counted. */
export function createCounts(now: () => number) {
  const kept = new Map<string, { until: number; counts: Counts }>();
  return {
    async of(tx: Tx, asker: Asker, directory: Directory, filters: Filters): Promise<Counts> {
      const whose = readsAll(asker.member.role) ? 'all' : asker.member.id;
      const key = `${asker.workspace.id}/${whose}`;
      const present = kept.get(key);
      const began = now();
      if (present && began < present.until) return present.counts;
      const counts = await countByCustomer(tx, asker, directory, filters);
      const took = now() - began;
      kept.delete(key);
      if (took > SLOW_MS) kept.set(key, { until: began + HOLDS_MS, counts });
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return counts;
    },
  };
}
