// Who may be drawn: records of one identity once, by the filter, each with its stratum.
import { sql } from 'kysely';
import type { Member } from '../../audit/index.ts';
import {
  type DrawUnit,
  FILTERS_OF,
  HAPPY_FROM,
  type Id,
  SIZES,
  type Strata,
} from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { isAmong, type Which } from '../in-parts.ts';
import type { Directory, Identity } from '../register/directory.ts';

export type Wanted = {
  unit: DrawUnit;
  filter: { readonly [name: string]: readonly string[] };
  strata: Strata;
};

type Candidate = { id: Id; customer: Id | null; owner: Id | null };
type Asked = { tx: Tx; asker: Asker; directory: Directory };

/** By id. Only managers, admins and auditors ask: they read everything. */
export async function populationOf(asked: Asked, wanted: Wanted): Promise<Member[]> {
  const found = await candidates(asked, wanted);
  const stratum = await strataBy(asked, wanted);
  return found
    .map((one) => ({ id: one.id, stratum: stratum(one) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function candidates(asked: Asked, { unit, filter }: Wanted): Promise<Candidate[]> {
  const { customers, projects } = asked.directory;
  const fits = (name: string, value: string | null | undefined) => {
    const values = filter[name];
    if (values === undefined || values.length === 0) return true;
    return FILTERS_OF[unit].some((one) => one === name) && values.includes(value ?? '');
  };
  const ofCustomer = (customer: string | null) =>
    fits('customer', customer === null ? null : customers.canonicalOf(customer));
  switch (unit) {
    case 'customer':
      return [...customers.all()].map(([id]) => ({ id, customer: id, owner: null }));
    case 'project':
      return [...projects.all()].flatMap(([id, fields]) => {
        const { state, owner, customer } = fields as typeof fields & {
          state?: string;
          owner?: string;
        };
        const isIn = fits('state', state) && fits('owner', owner) && ofCustomer(customer ?? null);
        return isIn ? [{ id, customer: customer ?? null, owner: owner ?? null }] : [];
      });
    case 'call': {
      const rows = await asked.tx
        .selectFrom('record')
        .select(['id', 'customer', sql<string>`fields->>'channel'`.as('channel')])
        .where('workspace_id', '=', asked.asker.workspace.id)
        .where('kind', '=', 'interaction')
        .where('deleted', '=', false)
        .where(sql<boolean>`fields->>'channel' IN ('call', 'meeting', 'visit')`)
        .where(sql<boolean>`NOT (fields ? 'mergedInto')`)
        .execute();
      return rows
        .filter(({ channel, customer }) => fits('channel', channel) && ofCustomer(customer))
        .map(({ id, customer }) => ({ id, customer, owner: null }));
    }
  }
}

/** Names the stratum of each candidate. */
async function strataBy(
  asked: Asked,
  { unit, strata }: Wanted,
): Promise<(one: Candidate) => string> {
  switch (strata) {
    case 'none':
      return () => '';
    case 'owner':
      return ({ owner }) => owner ?? 'nobody';
    case 'satisfaction': {
      const last = lastOf(await perceptionsIn(asked.tx, asked.asker.workspace.id), asked.directory);
      return (one) => {
        const part = satisfactionOf(last, asked.directory, unit, one);
        return part === null ? 'unknown' : part >= HAPPY_FROM ? 'happy' : 'unhappy';
      };
    }
    case 'size': {
      const counts = await recordCounts(asked, unit);
      return ({ id }) => {
        const count = counts.get(id) ?? 0;
        return SIZES.find(([, upTo]) => count < upTo)?.[0] ?? 'large';
      };
    }
  }
}

/** What a customer said of how they see it: 0 worst, 1 best. */
export type Seen = {
  id: Id;
  customer: Id | null;
  project: Id | null;
  part: number;
  /** ms since 1970; not a number where nobody said when. */
  at: number;
  /** Rank by which it was written down. */
  written: string;
};

/** Those that say how much; by default all of a workspace. */
export async function perceptionsIn(
  tx: Tx,
  workspace: string,
  which: Which = { after: null, upTo: null },
): Promise<Seen[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'customer', 'project', 'written'])
    .select([
      sql<unknown>`fields->'score'`.as('score'),
      sql<unknown>`fields->'scaleMin'`.as('scaleMin'),
      sql<unknown>`fields->'scaleMax'`.as('scaleMax'),
      sql<string | null>`fields->>'observedAt'`.as('observedAt'),
    ])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'perception')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields ? 'score'`)
    // What we think they feel is no word of theirs.
    .where(sql<boolean>`fields->>'form' IS DISTINCT FROM 'impression'`)
    .where(isAmong(which))
    .execute();
  return rows.flatMap(({ score, scaleMin, scaleMax, observedAt, ...more }) => {
    const part = partOf(score, scaleMin, scaleMax);
    const at = observedAt === null ? Number.NaN : Date.parse(observedAt);
    return part === null ? [] : [{ ...more, part, at }];
  });
}

export type LastSeen = { byCustomer: ReadonlyMap<Id, number>; byProject: ReadonlyMap<Id, number> };

/** How each customer and project was seen last, by the newest word on it, by canonical ids. */
export function lastOf(seen: Iterable<Seen>, { customers, projects }: Directory): LastSeen {
  const byCustomer = new Map<Id, Seen>();
  const byProject = new Map<Id, Seen>();
  const put = (newest: Map<Id, Seen>, key: Id, one: Seen) => {
    const present = newest.get(key);
    if (present === undefined || isNewer(one, present)) newest.set(key, one);
  };
  for (const one of seen) {
    if (one.customer) put(byCustomer, customers.canonicalOf(one.customer) ?? one.customer, one);
    if (one.project) put(byProject, projects.canonicalOf(one.project) ?? one.project, one);
  }
  const parts = (newest: Map<Id, Seen>) => new Map([...newest].map(([id, { part }]) => [id, part]));
  return { byCustomer: parts(byCustomer), byProject: parts(byProject) };
}

/** Of two at one time the one written later. */
function isNewer(a: Seen, b: Seen): boolean {
  const [x, y] = [a.at || 0, b.at || 0];
  if (x !== y) return x > y;
  if (a.written !== b.written) return a.written > b.written;
  return a.id > b.id;
}

/** Of a project what was said of it, else what its customer said last; null: nobody knows. */
export function satisfactionOf(
  { byCustomer, byProject }: LastSeen,
  { customers, projects }: Directory,
  unit: DrawUnit,
  { id, customer }: { id: Id; customer: Id | null },
): number | null {
  const of = (identity: Identity<object>, one: Id) => identity.canonicalOf(one) ?? one;
  const own = unit === 'project' ? byProject.get(of(projects, id)) : undefined;
  return own ?? (customer === null ? null : (byCustomer.get(of(customers, customer)) ?? null));
}

function partOf(score: unknown, least: unknown, most: unknown): number | null {
  const [worst, best] = [least ?? 0, most ?? 10];
  if (typeof score !== 'number' || typeof worst !== 'number' || typeof best !== 'number')
    return null;
  return best === worst ? null : (score - worst) / (best - worst);
}

async function recordCounts(asked: Asked, unit: DrawUnit): Promise<Map<Id, number>> {
  const { tx, asker, directory } = asked;
  const column = unit === 'call' ? 'interaction' : unit;
  const rows = await tx
    .selectFrom('record')
    .select([column, (eb) => eb.fn.countAll<number>().as('count')])
    .where('workspace_id', '=', asker.workspace.id)
    .where('deleted', '=', false)
    .where(column, 'is not', null)
    .groupBy(column)
    .execute();
  const counts = new Map<Id, number>();
  for (const row of rows) {
    const raw = (row as Record<string, unknown>)[column] as Id;
    const identity = unit === 'project' ? directory.projects : directory.customers;
    const id = unit === 'call' ? raw : (identity.canonicalOf(raw) ?? raw);
    counts.set(id, (counts.get(id) ?? 0) + Number(row.count));
  }
  return counts;
}
