// Which records are one: two devices that both create Acme need no coordination.
import type { Id } from './id.ts';
import { isWeakKey } from './message-key.ts';

/** What identity needs of a customer, contact, project or interaction. */
export type Identified = {
  id: Id;
  identifiers?: { [key: string]: boolean | null } | undefined;
  mergedInto?: Id | null | undefined;
  deleted?: boolean | undefined;
};

/**
 * id → canonical id, for records of one kind. Records that share a strong identifier, or are merged
 * by hand, are one. Canonical is the lowest id that is not itself merged into another of its set;
 * where merges form a cycle, the lowest id. A merge into an unknown record is left dangling.
 */
export function canonicalIds(records: Iterable<Identified>): Map<Id, Id> {
  const parent = new Map<Id, Id>();
  const merged = new Set<Id>();
  const all = [...records].filter((record) => record.deleted !== true);
  for (const record of all) parent.set(record.id, record.id);

  const root = (start: Id): Id => {
    let node = start;
    for (;;) {
      const up = parent.get(node) ?? node;
      if (up === node) return node;
      const above = parent.get(up) ?? up;
      parent.set(node, above); // path halving keeps long merge chains cheap
      node = above;
    }
  };
  const join = (a: Id, b: Id) => {
    const [x, y] = [root(a), root(b)];
    if (x !== y) parent.set(x < y ? y : x, x < y ? x : y);
  };

  const holder = new Map<string, Id>();
  for (const record of all) {
    for (const [key, on] of Object.entries(record.identifiers ?? {})) {
      if (on !== true || isWeakKey(key)) continue;
      const other = holder.get(key);
      if (other === undefined) holder.set(key, record.id);
      else join(other, record.id);
    }
    if (record.mergedInto && record.mergedInto !== record.id && parent.has(record.mergedInto)) {
      join(record.id, record.mergedInto);
      merged.add(record.id);
    }
  }

  const chosen = new Map<Id, Id>();
  for (const { id } of all) {
    const set = root(id);
    const present = chosen.get(set);
    if (present === undefined || preferred(id, present)) chosen.set(set, id);
  }
  return new Map(all.map(({ id }) => [id, chosen.get(root(id)) ?? id]));

  function preferred(a: Id, b: Id): boolean {
    if (merged.has(a) !== merged.has(b)) return !merged.has(a);
    return a < b;
  }
}

/**
 * The fields of a set of records read as one: the canonical record's value first, then the others'
 * by id; sets are united.
 */
export function mergeFields<F extends object>(canonical: Id, members: Map<Id, F>): F {
  const order = [...members.keys()].sort((a, b) =>
    a === canonical ? -1 : b === canonical ? 1 : a < b ? -1 : 1,
  );
  const merged: Record<string, unknown> = {};
  for (const id of order) {
    for (const [field, value] of Object.entries(members.get(id) ?? {})) {
      if (field === 'mergedInto') continue;
      if (field === 'identifiers' || field === 'evidence') {
        merged[field] = { ...(value as object), ...((merged[field] as object) ?? {}) };
      } else if (!(field in merged)) merged[field] = value;
    }
  }
  return merged as F;
}
