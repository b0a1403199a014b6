// All records of a kind, some thousands at a time: nobody else is kept waiting while they are parsed.
import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../domain/index.ts';
import type { Tx } from './database.ts';

/** These records; or those whose ids come after one (null: all before), up to another (null: all after). */
export type Which =
  | { readonly some: readonly Id[] }
  | { readonly after: Id | null; readonly upTo: Id | null };

const AT_ONCE = 5_000;

/** Ranges of ids that together are all of a kind. */
export async function partsOf(tx: Tx, workspace: string, kind: string): Promise<Which[]> {
  const numbered = tx
    .selectFrom('record')
    .select(['id', sql<number>`row_number() OVER (ORDER BY id)`.as('n')])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind);
  const ends = await tx
    .selectFrom(numbered.as('numbered'))
    .select('id')
    .where(sql<boolean>`n % ${sql.lit(AT_ONCE)} = 0`)
    .orderBy('id')
    .execute();
  const ids = [null, ...ends.map(({ id }) => id), null];
  return ids.slice(1).map((upTo, at) => ({ after: ids[at] ?? null, upTo }));
}

/** Whether the record of this row is among them. */
export function isAmong(which: Which, id = 'id'): RawBuilder<boolean> {
  const column = sql.ref(id);
  if ('some' in which) return sql<boolean>`${column} = ANY(${[...which.some]}::uuid[])`;
  const { after, upTo } = which;
  const from = after === null ? sql`true` : sql`${column} > ${after}::uuid`;
  return sql<boolean>`(${from} AND ${upTo === null ? sql`true` : sql`${column} <= ${upTo}::uuid`})`;
}
