import { canonicalIds, type Id, isWeakKey } from '../../domain/index.ts';
import { keyOf, packedRecords } from './blocks.ts';
import { recordIn } from './folding.ts';
import { reading } from './read.ts';
import { readFields } from './records.ts';
import type { StoredRecord, WorkspaceDb } from './schema.ts';

/** Records of one kind that are read as one, by id; the canonical one is named. */
export type IdentitySet = { canonical: Id; members: Map<Id, StoredRecord> };

type Lookup = {
  byKey(kind: string, id: Id): Promise<StoredRecord[]>;
  byIdentifier(identifier: string): Promise<StoredRecord[]>;
  mergedInto(kind: string, id: Id): Promise<StoredRecord[]>;
};

/**
 * Everything that is one with the given records or identifiers, found through the indexes: the
 * cost is that of the set, not of the directory. Empty when nothing is found.
 */
export async function identitySets(
  db: WorkspaceDb,
  kind: 'customer' | 'contact' | 'project' | 'interaction',
  from: { ids?: Id[]; identifiers?: string[] },
): Promise<IdentitySet[]> {
  const lookup = lookupOf(db);
  const members = new Map<Id, StoredRecord>();
  const seen = new Set<string>();
  const take = (records: StoredRecord[]): StoredRecord[] => {
    const fresh: StoredRecord[] = [];
    for (const record of records) {
      // The same record can be kept on this device and be known to the server: one identity.
      if (members.has(record.id) || record.state.registers.deleted?.value === true) continue;
      members.set(record.id, record);
      fresh.push(record);
    }
    return fresh;
  };
  const identifiers = (from.identifiers ?? []).map((identifier) => `${kind}|${identifier}`);
  for (const identifier of identifiers) seen.add(identifier);
  const begun = await Promise.all([
    ...(from.ids ?? []).map((id) => lookup.byKey(kind, id)),
    ...identifiers.map((identifier) => lookup.byIdentifier(identifier)),
  ]);
  // What is one with those found last is looked for at once: a set is a step or two across.
  for (let found = take(begun.flat()); found.length > 0; ) {
    const asked: Promise<StoredRecord[]>[] = [];
    for (const record of found) {
      for (const identifier of record.identifiers) {
        if (seen.has(identifier) || isWeakKey(bareIdentifier(identifier))) continue;
        seen.add(identifier);
        asked.push(lookup.byIdentifier(identifier));
      }
      if (record.mergedInto !== undefined) asked.push(lookup.byKey(kind, record.mergedInto));
      asked.push(lookup.mergedInto(kind, record.id));
    }
    found = take((await Promise.all(asked)).flat());
  }
  return group(members);
}

/** Sets among the records given; used where all of a kind are read anyway. */
export function group(members: Map<Id, StoredRecord>): IdentitySet[] {
  const canonical = canonicalIds(
    [...members.values()].map((record) => {
      const { identifiers, mergedInto, deleted } = readFields<'customer'>(record);
      return { id: record.id, identifiers, mergedInto, deleted };
    }),
  );
  const sets = new Map<Id, IdentitySet>();
  for (const [id, chosen] of canonical) {
    const record = members.get(id);
    if (record === undefined) continue;
    const set = sets.get(chosen) ?? { canonical: chosen, members: new Map() };
    set.members.set(id, record);
    sets.set(chosen, set);
  }
  return [...sets.values()];
}

/** "interaction|mid:x" → "mid:x" */
export function bareIdentifier(identifier: string): string {
  return identifier.slice(identifier.indexOf('|') + 1);
}

/**
 * Records of a kind that have one of these identifiers, by identifier, wherever they are kept; those
 * that nobody has are left out. One transaction: a page of mails asks for a thousand.
 */
export async function holdersOf(
  db: WorkspaceDb,
  kind: string,
  identifiers: Iterable<string>,
): Promise<Map<string, StoredRecord[]>> {
  const tx = reading(db);
  const indexes = [
    tx.objectStore('records').index('identifiers'),
    tx.objectStore('kept').index('identifiers'),
  ];
  const holders = new Map<string, StoredRecord[]>();
  await Promise.all(
    [...new Set(identifiers)].map(async (identifier) => {
      const key = `${kind}|${identifier}`;
      const found = await Promise.all([
        ...indexes.map((index) => index.getAll(key)),
        packedRecords(tx, keyOf.identifier(key)),
      ]);
      const present = found.flat().filter(({ state }) => state.registers.deleted?.value !== true);
      if (present.length > 0) holders.set(identifier, present);
    }),
  );
  return holders;
}

/** All in one transaction: opening one costs as much as reading in it. */
function lookupOf(db: WorkspaceDb): Lookup {
  const tx = reading(db);
  const everywhere = async (
    index: 'identifiers' | 'mergedInto',
    query: IDBValidKey,
    key: string,
  ) => {
    const all = (store: 'records' | 'kept') =>
      tx
        .objectStore(store)
        .index(index)
        .getAll(query as never);
    return (await Promise.all([all('records'), packedRecords(tx, key), all('kept')])).flat();
  };
  return {
    async byKey(kind, id) {
      const [synced, kept] = await Promise.all([
        recordIn(tx, kind, id),
        tx.objectStore('kept').get([kind, id]),
      ]);
      return [synced?.record, kept].filter((record) => record !== undefined);
    },
    byIdentifier: (identifier) => {
      const key = keyOf.identifier(identifier);
      return everywhere('identifiers', identifier, key);
    },
    mergedInto: (kind, id) => everywhere('mergedInto', [kind, id], keyOf.mergedInto(kind, id)),
  };
}
