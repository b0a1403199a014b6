// Cells of tables about records, as SQL. `r` is the record.
import { type RawBuilder, sql } from 'kysely';
import type { TableInfo } from '../../export/columns.ts';
import type { Identity } from '../register/directory.ts';
import { readable } from '../register/query.ts';
import type { Given } from './source.ts';
import { instantIn, instantOf, type SqlColumn } from './sql-lines.ts';

type Sql = RawBuilder<unknown>;

export const field = (name: string): Sql => sql`r.fields->>${sql.lit(name)}`;
export const numberIn = (name: string): Sql => sql`(r.fields->>${sql.lit(name)})::numeric`;
export const truth = (name: string): Sql => sql`(r.fields->>${sql.lit(name)})::boolean`;
export const instant = (name: string): Sql => instantIn(field(name));
export const written = instantOf(sql`r.written`);

/** Words of the first piece of evidence, by the ids they are kept under. */
export const evidence = sql`jsonb_path_query_first(r.fields, '$.evidence.*')`;

/** http(s) alone: pages of others put addresses into records. */
export function address(url: Sql): Sql {
  return sql`CASE WHEN starts_with(${url}, 'https://') OR starts_with(${url}, 'http://') THEN ${url} END`;
}

/** What a member is called. */
export function memberName({ names }: Given, id: Sql): Sql {
  const filled = [...names].filter(([, name]) => name !== '');
  return sql`${json(filled)} ->> ((${id})::text)`;
}

/**
 * What a customer or project is called. Names of records that are read as one with others are handed
 * over; all others stand in the record itself.
 */
export function nameOf(given: Given, kind: 'customer' | 'project', id: Sql): Sql {
  const { workspace } = given.asker;
  const alias = kind === 'customer' ? 'c' : 'p';
  const own = sql`(SELECT ${sql.ref(`${alias}.fields`)}->>'name' FROM record AS ${sql.ref(alias)}
    WHERE ${sql.ref(`${alias}.workspace_id`)} = ${workspace.id}
      AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND NOT ${sql.ref(`${alias}.deleted`)}
      AND ${sql.ref(`${alias}.id`)} = ${id} AND ${readable(given.asker, alias)})`;
  return orMerged(given, kind, id, own);
}

/**
 * What the directory calls it; the statement is handed the names over. Joined to the records, each
 * row would look for two more by their index, since a hash keeps no order.
 */
export function knownName(identity: Identity<{ name?: string }>, id: Sql): Sql {
  const names: [id: string, name: string][] = [];
  for (const [canonical, { name }] of identity.all()) {
    if (name) for (const one of identity.setOf(canonical)) names.push([one, name]);
  }
  return sql`${json(names)} ->> ((${id})::text)`;
}

/** `own`, or the name that it has as one with others. */
function orMerged({ directory }: Given, kind: 'customer' | 'project', id: Sql, own: Sql): Sql {
  const merged = mergedNames(kind === 'customer' ? directory.customers : directory.projects);
  if (merged.length === 0) return own;
  return sql`coalesce(${json(merged)} ->> ((${id})::text), ${own})`;
}

function mergedNames(identity: Identity<{ name?: string }>): [id: string, name: string][] {
  const merged: [id: string, name: string][] = [];
  for (const [canonical, { name }] of identity.all()) {
    const ids = identity.setOf(canonical);
    if (ids.length > 1 && name) for (const id of ids) merged.push([id, name]);
  }
  return merged;
}

/** What a record of one kind says in one of its fields, by its id. */
export function told({ asker }: Given, kind: string, fieldName: string, id: Sql): Sql {
  return sql`(SELECT o.fields->>${sql.lit(fieldName)} FROM record AS o
    WHERE o.workspace_id = ${asker.workspace.id} AND o.kind = ${sql.lit(kind)} AND NOT o.deleted
      AND o.id = (${id})::uuid)`;
}

function json(entries: readonly (readonly [string, string])[]): Sql {
  return sql`${JSON.stringify(Object.fromEntries(entries))}::jsonb`;
}

/** The chosen columns, each with its cell; a column without one is an error of ours. */
export function columnsOf(
  { key, columns }: TableInfo,
  cells: { readonly [column: string]: Sql },
): SqlColumn[] {
  return columns.map((column) => {
    const cell = cells[column.key];
    if (cell === undefined) throw new Error(`${key}.${column.key} is told by nothing`);
    return { key: column.key, type: column.type, sql: cell };
  });
}
