// What is known of each customer, counted by the database as domain/blind-spots.ts counts records.
// Each statement answers for the whole workspace: one row for a customer, or for a contact.
import { type RawBuilder, sql } from 'kysely';
import {
  asCustomers,
  type ContactFacts,
  type CustomerFacts,
  contactsOf,
  type Heard,
  joinFacts,
  noFacts,
  READABLE_PATTERN,
  type Survey,
  thresholdsFrom,
} from '../../domain/blind-spots.ts';
import { canonicalIds, type Fields, type Id, readsAll } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import { type Counting, keepCounting } from '../counting.ts';
import type { Db, Tx } from '../database.ts';
import type { Viewer } from '../keeping.ts';
import { readSetting } from '../settings/store.ts';

type Alias = 'r' | 'i';
export type Facts = Map<Id, { name: string; facts: CustomerFacts }>;

/** What facts are counted from; the days that make somebody new stand in a setting. */
const COUNTED = [
  ...['customer', 'contact', 'interaction', 'probe', 'expectation', 'perception', 'note'],
  'setting',
];
const DAY_MS = 86_400_000;

/** The page asks at each poke. What was new when it was counted is no newer later. */
export function keepBlindSpots(db: Db): Counting<Facts> {
  return keepCounting(db, {
    ...{ kinds: COUNTED, now: Date.now },
    async count(tx, viewer) {
      const { lines } = await readSetting(tx, viewer.workspace.id, 'blind-spots');
      return factsIn(tx, viewer, Date.now() - thresholdsFrom(lines).contact * DAY_MS);
    },
  });
}

/**
 * Facts of every customer that the asker may read, of records that they may read. When people were
 * heard from is told where one of them was written down after `newSince` (ms since 1970) only:
 * nobody else is new.
 */
export async function factsIn(tx: Tx, asker: Viewer, newSince: number): Promise<Facts> {
  const asked = { tx, asker };
  const customers = await directory(asked, 'customer');
  const raw = new Map<Id, CustomerFacts>(
    customers.map(({ id, written }) => [id, noFacts(msOf(written))]),
  );
  const add = (customer: Id | null, facts: Partial<CustomerFacts>) => {
    const present = customer === null ? undefined : raw.get(customer);
    if (customer === null || present === undefined) return;
    raw.set(customer, joinFacts(present, { ...noFacts(present.since), ...facts }));
  };
  for (const { customer, asked: count, last } of await probes(asked)) {
    add(customer, { asked: count, lastAsked: last, lastTalk: last });
  }
  for (const { customer, ...found } of await expectations(asked)) add(customer, found);
  for (const { customer, ...survey } of await surveys(asked)) add(customer, { survey });
  for (const { customer, ...found } of await grievances(asked)) add(customer, found);
  const people = (await directory(asked, 'contact')).map(({ id, fields, written }) => ({
    ...{ id, written: msOf(written) },
    fields: fields as Fields<'contact'>,
  }));
  const named = customers.map(({ id, fields }) => ({ id, fields: fields as Fields<'customer'> }));
  const canonical = canonicalIds(named.map(({ id, fields }) => ({ ...fields, id })));
  const times = await heard(asked, idsOf(canonical, people, newSince));
  for (const [id, contacts] of contactsOf(people, times)) add(id, { contacts });
  return asCustomers(named, raw);
}

type Asked = { tx: Tx; asker: Viewer };

function directory({ tx, asker }: Asked, kind: 'customer' | 'contact') {
  return tx
    .selectFrom('record as r')
    .select(['r.id', 'r.fields', 'r.written'])
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.kind', '=', kind)
    .where('r.deleted', '=', false)
    .where(readable(asker, 'r'))
    .execute();
}

/** Records of a kind, as r, with the interaction that they were noticed in, as i. */
function noticed({ tx, asker }: Asked, kind: 'probe' | 'expectation' | 'perception' | 'note') {
  return tx
    .selectFrom('record as r')
    .leftJoin('record as i', (join) =>
      join
        .onRef('i.workspace_id', '=', 'r.workspace_id')
        .on('i.kind', '=', 'interaction')
        .onRef('i.id', '=', 'r.interaction')
        .on('i.deleted', '=', false)
        .on(readable(asker, 'i')),
    )
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.kind', '=', kind)
    .where('r.deleted', '=', false)
    .where(readable(asker, 'r'));
}

const customer = sql<string | null>`coalesce(r.customer, i.customer)`;

function probes(asked: Asked) {
  const times = noticed(asked, 'probe')
    .where(sql<boolean>`r.fields ? 'askedAt'`)
    .select([customer.as('customer'), moment('r', 'askedAt').as('at')]);
  return asked.tx
    .selectFrom(times.as('t'))
    .where('t.at', 'is not', null)
    .select((eb) => [
      't.customer',
      eb.fn.countAll<number>().as('asked'),
      sql<number>`max(t.at)`.as('last'),
    ])
    .groupBy('t.customer')
    .execute();
}

function expectations(asked: Asked) {
  const stated = sql`r.fields->>'class' IS NOT DISTINCT FROM 'stated'`;
  const at = sql<number>`coalesce(${moment('i', 'startedAt')}, ${written})`;
  return noticed(asked, 'expectation')
    .where(sql<boolean>`r.fields->>'stage' IS DISTINCT FROM 'refuted'`)
    .select([
      customer.as('customer'),
      sql<number>`count(*) FILTER (WHERE ${stated})`.as('stated'),
      sql<number>`count(*) FILTER (WHERE NOT (${stated}))`.as('unsaid'),
      sql<number | null>`min(${written}) FILTER (WHERE ${stated})`.as('statedSince'),
      sql<number | null>`max(${at})
        FILTER (WHERE i.fields->>'channel' IN ('call', 'meeting', 'visit'))`.as('lastTalk'),
    ])
    .groupBy(customer)
    .execute();
}

async function surveys(asked: Asked): Promise<(Survey & { customer: Id | null })[]> {
  const at = sql<number>`coalesce(${moment('r', 'observedAt')}, ${written})`;
  const number = (field: string) => sql`r.fields->${sql.lit(field)}`;
  const isScale = sql<boolean>`${number('scaleMin')} < ${number('scaleMax')}`;
  const rows = await noticed(asked, 'perception')
    .where(sql<boolean>`r.fields->>'form' = 'survey'`)
    .where(sql<boolean>`r.fields ? 'score' AND r.fields ? 'scaleMin' AND r.fields ? 'scaleMax'`)
    .where(isScale)
    .distinctOn(customer)
    .select([customer.as('customer'), 'r.id', 'r.fields', at.as('at')])
    .orderBy(customer)
    .orderBy(at, 'desc')
    .orderBy('r.id', 'desc')
    .execute();
  return rows.map(({ customer: of, id, fields, at: when }) => {
    const { score = 0, scaleMin = 0, scaleMax = 0 } = fields as Fields<'perception'>;
    return { customer: of, at: when, id, score, scaleMin, scaleMax };
  });
}

function grievances(asked: Asked) {
  return noticed(asked, 'note')
    .where(sql<boolean>`r.fields->>'label' = 'grievance'`)
    .where(sql<boolean>`NOT r.fields ? 'answeredAt' AND NOT r.fields ? 'became'`)
    .where(sql<boolean>`r.fields->>'handled' IS DISTINCT FROM 'true'`)
    .select((eb) => [
      customer.as('customer'),
      eb.fn.countAll<number>().as('grievances'),
      sql<number>`min(${written})`.as('oldestGrievance'),
    ])
    .groupBy(customer)
    .execute();
}

type People = readonly { id: Id; fields: Fields<'contact'>; written: number }[];

/** All records of people of the customers, as they are read, that have somebody new. */
function idsOf(customers: ReadonlyMap<Id, Id>, people: People, newSince: number): Id[] {
  const canonical = canonicalIds(people.map(({ id, fields }) => ({ ...fields, id })));
  const byCustomer = new Map<Id, ContactFacts[]>();
  for (const [customer, contacts] of contactsOf(people, new Map())) {
    const id = customers.get(customer) ?? customer;
    byCustomer.set(id, [...(byCustomer.get(id) ?? []), ...contacts]);
  }
  const wanted = new Set<Id>();
  for (const contacts of byCustomer.values()) {
    if (contacts.length < 2 || contacts.every(({ first }) => first <= newSince)) continue;
    for (const { id } of contacts) wanted.add(id);
  }
  return people.flatMap(({ id }) => (wanted.has(canonical.get(id) ?? id) ? [id] : []));
}

/** The first and the last interaction with each of these contacts. */
async function heard({ tx, asker }: Asked, contacts: readonly Id[]): Promise<Map<Id, Heard>> {
  if (contacts.length === 0) return new Map();
  const contact = sql<string>`r.fields->>'contact'`;
  const times = tx
    .selectFrom('record as r')
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.kind', '=', 'interaction')
    .where('r.deleted', '=', false)
    .where(readable(asker, 'r'))
    .where(sql<boolean>`r.fields ? 'contact' AND ${contact} = ANY(${contacts}::text[])`)
    .select([
      contact.as('contact'),
      sql<number>`coalesce(${moment('r', 'startedAt')}, ${written})`.as('at'),
    ]);
  const rows = await tx
    .selectFrom(times.as('t'))
    .select((eb) => ['t.contact', eb.fn.min('t.at').as('first'), eb.fn.max('t.at').as('last')])
    .groupBy('t.contact')
    .execute();
  return new Map(rows.map((row) => [row.contact, { first: row.first, last: row.last }]));
}

/** `alias` is ours, never a visitor's. */
function readable(asker: Viewer, alias: Alias): RawBuilder<boolean> {
  if (readsAll(asker.member.role)) return sql<boolean>`true`;
  const at = (column: string) => sql.ref(`${alias}.${column}`);
  return sql<boolean>`(${at('visibility')} = 'workspace' OR ${at('author')} = ${asker.member.id})`;
}

/**
 * ms since 1970 of a field with an instant; null where there is none that can be read. Devices write
 * UTC: a pattern is asked of all others only, which costs more than reading the time.
 */
function moment(alias: Alias, field: string): RawBuilder<number | null> {
  const text = sql`(${sql.ref(`${alias}.fields`)}->>${sql.lit(field)})`;
  return sql<number | null>`CASE WHEN ${text} LIKE '%Z' AND ${text} >= '0001'
    OR ${text} ~ ${sql.lit(READABLE_PATTERN)}
    THEN floor(extract(epoch FROM ${text}::timestamptz) * 1000)::bigint END`;
}

/** ms since 1970: the first 48 bits of a rank. */
const written = sql<number>`('x' || left(r.written, 12))::bit(48)::bigint`;
