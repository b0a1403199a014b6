// The register's rows, newest first. What a record lacks (customer, project) is read from the
// interaction it was noticed in.
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Json } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { foldWords } from '../sync/words.ts';
import type { Directory } from './directory.ts';
import type { Filters, Place, Shown } from './filters.ts';

type JsonObject = { [field: string]: Json };

export type Found = {
  kind: string;
  id: string;
  written: string;
  author: string;
  fields: JsonObject;
  /** Fields of the interaction it was noticed in, as far as the asker may read it. */
  interaction: JsonObject | null;
};

const SHOWN_KINDS = ['expectation', 'commitment', 'note', 'interaction'];

const customerOf = sql<string>`coalesce(r.customer, i.customer)`;
const projectOf = sql<string>`coalesce(r.project, i.project)`;

/** Kinds in one condition: notes by their label, interactions only where somebody logged them. */
function ofKinds(kinds: Shown[]): Expression<SqlBool> {
  const logged = sql<boolean>`r.kind <> 'interaction' OR r.fields->>'logged' = 'true'`;
  if (kinds.length === 0) return sql`r.kind IN (${sql.join(SHOWN_KINDS)}) AND (${logged})`;
  const whole = kinds.filter((kind) => SHOWN_KINDS.includes(kind) && kind !== 'note');
  const labels = kinds.filter((kind) => !whole.includes(kind));
  const parts = [
    ...(whole.length > 0 ? [sql`(r.kind IN (${sql.join(whole)}) AND (${logged}))`] : []),
    ...(labels.length > 0
      ? [sql`(r.kind = 'note' AND coalesce(r.fields->>'label', 'note') IN (${sql.join(labels)}))`]
      : []),
  ];
  return sql`(${sql.join(parts, sql` OR `)})`;
}

/** `alias` is ours, never a visitor's. */
export function readable(asker: Asker, alias: 'r' | 'i' | 'c' | 'p'): Expression<SqlBool> {
  if (readsAll(asker.member.role)) return sql`true`;
  const at = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`(${at('visibility')} = 'workspace' OR ${at('author')} = ${asker.member.id})`;
}

/**
 * About one of these, by itself or by the interaction that it was noticed in. Said so that an index
 * of each finds them: there may be a million others.
 */
function of(asker: Asker, column: 'customer' | 'project', ids: string[]): Expression<SqlBool> {
  const [own, within] = [sql.ref(`r.${column}`), sql.ref(`i.${column}`)];
  const wanted = sql`ARRAY[${sql.join(ids)}]::uuid[]`;
  return sql`(${own} = ANY (${wanted}) OR (${own} IS NULL AND r.interaction = ANY (ARRAY(
    SELECT i.id FROM record AS i
    WHERE i.workspace_id = ${asker.workspace.id} AND i.kind = 'interaction' AND NOT i.deleted
      AND ${within} = ANY (${wanted}) AND ${readable(asker, 'i')}))))`;
}

/** Records `r`, and the interactions `i` that they were noticed in. */
export function matching(tx: Tx, asker: Asker, directory: Directory, filters: Filters) {
  let query = tx
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
    .where('r.deleted', '=', false)
    .where(readable(asker, 'r'))
    .where(ofKinds(filters.kinds));
  const field = (name: string) => sql<string>`r.fields->>${sql.lit(name)}`;
  for (const name of ['class', 'stage', 'outcome'] as const) {
    if (filters[name].length > 0) query = query.where(field(name), 'in', filters[name]);
  }
  if (filters.customer !== null) {
    query = query.where(of(asker, 'customer', directory.customers.setOf(filters.customer)));
  }
  if (filters.project !== null) {
    query = query.where(of(asker, 'project', directory.projects.setOf(filters.project)));
  }
  if (filters.author !== null) query = query.where('r.author', '=', filters.author);
  if (filters.from !== null) query = query.where('r.written', '>=', filters.from);
  if (filters.before !== null) query = query.where('r.written', '<', filters.before);
  for (const word of foldWords(filters.words ?? '')
    .split(' ')
    .filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    const named = (identity: Directory['customers']) =>
      [...identity.all()]
        .filter(([, { name }]) => foldWords(name ?? '').includes(word))
        .flatMap(([id]) => identity.setOf(id));
    query = query.where(
      sql<boolean>`(r.words LIKE ${pattern} OR i.words LIKE ${pattern}
        OR ${customerOf} = ANY(${named(directory.customers)}::uuid[])
        OR ${projectOf} = ANY(${named(directory.projects)}::uuid[]))`,
    );
  }
  return query;
}

/** At most `limit` rows after `place`. */
export async function findRows(
  tx: Tx,
  asker: Asker,
  directory: Directory,
  filters: Filters,
  place: Place | null,
  limit: number,
): Promise<Found[]> {
  let query = matching(tx, asker, directory, filters);
  if (place) {
    query = query.where(sql<boolean>`(r.written, r.id) < (${place.written}, ${place.id}::uuid)`);
  }
  return query
    .select(['r.kind', 'r.id', 'r.written', 'r.author', 'r.fields', 'i.fields as interaction'])
    .orderBy('r.written', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
}

/** Nobody reads on from here to there, and counting a million takes a second. */
const MOST_COUNTED = 10_000;

/** How many rows there are, and whether there are more than were counted. */
export async function countRows(
  tx: Tx,
  asker: Asker,
  directory: Directory,
  filters: Filters,
): Promise<{ total: number; more: boolean }> {
  const some = matching(tx, asker, directory, filters)
    .select('r.id')
    .limit(MOST_COUNTED + 1);
  const { count } = await tx
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { total: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED };
}

/** How many rows of the register each customer has, by the id the rows name. */
export async function countByCustomer(
  tx: Tx,
  asker: Asker,
  directory: Directory,
  filters: Filters,
): Promise<Map<string, number>> {
  const rows = await matching(tx, asker, directory, filters)
    .select((eb) => [customerOf.as('customer'), eb.fn.countAll<number>().as('count')])
    .groupBy(customerOf)
    .execute();
  return new Map(rows.flatMap((row) => (row.customer ? [[row.customer, row.count] as const] : [])));
}

/** One record of any kind, or null when there is none the asker may read. */
export async function findRecord(
  tx: Tx,
  asker: Asker,
  kind: string,
  id: string,
): Promise<(Found & { deleted: boolean }) | null> {
  const row = await tx
    .selectFrom('record as r')
    .leftJoin('record as i', (join) =>
      join
        .onRef('i.workspace_id', '=', 'r.workspace_id')
        .on('i.kind', '=', 'interaction')
        .onRef('i.id', '=', 'r.interaction')
        .on(readable(asker, 'i')),
    )
    .select(['r.kind', 'r.id', 'r.written', 'r.author', 'r.fields', 'r.deleted'])
    .select('i.fields as interaction')
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.kind', '=', kind)
    .where('r.id', '=', id)
    .where(readable(asker, 'r'))
    .executeTakeFirst();
  return row ?? null;
}
