// Which customers are read as one, for every workspace that somebody follows customers in.
import { canonicalIds, type Identified } from '../../domain/index.ts';
import type { Tx } from '../database.ts';

/** The sets of customers that are read as one, by any of their ids. */
export type CustomerSets = {
  /** All ids that are read as the same customer as one of `ids`, and `ids` themselves. */
  withAll(ids: Iterable<string>): Set<string>;
};

export type Customers = { of(tx: Tx, workspace: string): Promise<CustomerSets> };

const MOST_KEPT = 64;

/**
 * Reads the sets, and keeps them as long as no customer has changed: a pull must not cost more
 * because the workspace knows more customers.
 */
export function createCustomers(): Customers {
  const kept = new Map<string, { size: number; sets: CustomerSets }>();
  return {
    async of(tx, workspace) {
      const { seq: size, epoch } = await tx
        .selectFrom('workspace')
        .select(['seq', 'epoch'])
        .where('id', '=', workspace)
        .executeTakeFirstOrThrow();
      const key = `${workspace}/${epoch}`;
      const present = kept.get(key);
      const holds = present !== undefined && !(await hasChanged(tx, workspace, present.size));
      const sets = holds ? present.sets : await read(tx, workspace);
      kept.delete(key);
      // A snapshot older than what is kept never takes its place.
      kept.set(key, { size: Math.max(size, present?.size ?? 0), sets });
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return sets;
    },
  };
}

/** Sets of these customers, whoever may read them: only ids leave this file. */
export function setsOf(customers: readonly Identified[]): CustomerSets {
  const canonical = canonicalIds(customers);
  const sets = new Map<string, string[]>();
  for (const [id, name] of canonical) {
    const set = sets.get(name);
    if (set) set.push(id);
    else sets.set(name, [id]);
  }
  return {
    withAll(ids) {
      const all = new Set<string>();
      for (const id of ids) {
        all.add(id);
        for (const other of sets.get(canonical.get(id) ?? '') ?? []) all.add(other);
      }
      return all;
    },
  };
}

async function hasChanged(tx: Tx, workspace: string, since: number): Promise<boolean> {
  const row = await tx
    .selectFrom('log_leaf')
    .select('seq')
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', since)
    .where('kind', 'in', ['customer', 'erasure'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function read(tx: Tx, workspace: string): Promise<CustomerSets> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'customer')
    .where('deleted', '=', false)
    .execute();
  return setsOf(rows.map(({ id, fields }) => ({ ...(fields as Omit<Identified, 'id'>), id })));
}
