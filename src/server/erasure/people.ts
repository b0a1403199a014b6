// Finding the person that an erasure is about: by name or address, among contacts and customers, and
// among those who are known only as somebody's mail (SPEC 14.2).
import { sql } from 'kysely';
import { canonicalIds, domainOf, type Identified } from '../../domain/index.ts';
import type { Tx } from '../database.ts';
import { foldWords } from '../sync/words.ts';

/** Whom the records are about. `ids` are all that are read as one; an address alone has none. */
export type Person = {
  kind: 'contact' | 'customer' | 'address';
  /** The record's canonical id, or the address. */
  id: string;
  name: string;
  ids: string[];
  addresses: string[];
  /** Other names the records have or had. */
  names: string[];
};

const MOST_FOUND = 50;
const MOST_MAILS = 2_000;

type Fields = {
  name?: string;
  identifiers?: { [key: string]: boolean | null };
  mergedInto?: string | null;
};

/** People whose name or address has `text` in it, by name. */
export async function findPeople(tx: Tx, workspace: string, text: string): Promise<Person[]> {
  const wanted = foldWords(text).trim();
  if (wanted.length < 2) return [];
  const has = (one: string) => foldWords(one).includes(wanted);
  const known = [
    ...(await recordsOf(tx, workspace, 'contact')),
    ...(await recordsOf(tx, workspace, 'customer')),
  ];
  const found = known.filter((person) => [...person.names, ...person.addresses].some(has));
  const taken = new Set(known.flatMap(({ addresses }) => addresses));
  const strangers = (await correspondents(tx, workspace, wanted)).filter(
    ({ id, names }) => !taken.has(id) && [id, ...names].some(has),
  );
  return [...found, ...strangers].sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST_FOUND);
}

export async function personOf(
  tx: Tx,
  workspace: string,
  kind: Person['kind'],
  id: string,
): Promise<Person | null> {
  if (kind === 'address') {
    const address = id.toLowerCase();
    const all = await correspondents(tx, workspace, foldWords(address));
    return (
      all.find((one) => one.id === address) ?? {
        ...{ kind, id: address, name: address, ids: [], addresses: [address], names: [] },
      }
    );
  }
  const all = await recordsOf(tx, workspace, kind);
  return all.find(({ ids }) => ids.includes(id)) ?? null;
}

async function recordsOf(
  tx: Tx,
  workspace: string,
  kind: 'contact' | 'customer',
): Promise<Person[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'fields', 'deleted'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
  // Deleted ones hold a person's data as well: each stands for itself.
  const canonical = canonicalIds(
    rows.map(({ id, fields, deleted }) => ({ ...(fields as Omit<Identified, 'id'>), id, deleted })),
  );
  const people = new Map<string, Person>();
  for (const { id, fields } of rows) {
    const { name = '', identifiers = {} } = fields as Fields;
    const key = canonical.get(id) ?? id;
    const person = people.get(key) ?? {
      kind,
      id: key,
      name: '',
      ids: [],
      addresses: [],
      names: [],
    };
    person.ids.push(id);
    if (name !== '' && !person.names.includes(name)) person.names.push(name);
    if (id === key || person.name === '') person.name = name || person.name;
    for (const identifier of Object.keys(identifiers)) {
      const address = /^(?:address|domain):(.+)$/.exec(identifier)?.[1];
      if (address && !person.addresses.includes(address)) person.addresses.push(address);
    }
    people.set(key, person);
  }
  return [...people.values()].map((one) => ({
    ...one,
    name: one.name || (one.addresses[0] ?? ''),
  }));
}

/** Senders of mails with `wanted` in their words, by address. */
async function correspondents(tx: Tx, workspace: string, wanted: string): Promise<Person[]> {
  const rows = await tx
    .selectFrom('record')
    .select(sql<{ name?: string; address?: string } | null>`fields->'sender'`.as('sender'))
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'interaction')
    .where(sql<boolean>`words LIKE ${`%${wanted.replace(/[\\%_]/g, '\\$&')}%`}`)
    .orderBy('written', 'desc')
    .limit(MOST_MAILS)
    .execute();
  const people = new Map<string, Person>();
  for (const { sender } of rows) {
    const address = (sender?.address ?? '').toLowerCase();
    if (domainOf(address) === '') continue;
    const name = sender?.name ?? '';
    const person = people.get(address) ?? {
      ...{ kind: 'address' as const, id: address, name: name || address },
      ...{ ids: [], addresses: [address], names: [] },
    };
    if (name !== '' && !person.names.includes(name)) person.names.push(name);
    people.set(address, person);
  }
  return [...people.values()];
}
