// The register's rows, newest first. What a record lacks (customer, project) is read from the
// interaction it was noticed in.
import { type Expression, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Json } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Tables, Tx } from '../database.ts';
import type { Viewer } from '../keeping.ts';
import type { Directory } from './directory.ts';
import type { Filters, Place, Shown } from './filters.ts';
import {
  type Among,
  amongWords,
  hasWordsIndex,
  isIndexed,
  meantBy,
  patternOf,
  wordsCounted,
  wordsIn,
} from './words.ts';

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

/** How the column `shown` names what the register lists (0015_console.sql). */
function shownAs(kind: Shown): string {
  return SHOWN_KINDS.includes(kind) && kind !== 'note' ? kind : `note/${kind}`;
}

/** Notes by their label, interactions only where somebody logged them. */
function ofKinds(kinds: Shown[]): Expression<SqlBool> {
  if (kinds.length === 0) return sql`r.shown IS NOT NULL`;
  return sql`(r.shown IS NOT NULL AND r.shown IN (${sql.join(kinds.map(shownAs))}))`;
}

/** `alias` is ours, never a visitor's. */
export function readable(asker: Viewer, alias: 'r' | 'i' | 'c' | 'p'): Expression<SqlBool> {
  if (readsAll(asker.member.role)) return sql`true`;
  const at = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`(${at('visibility')} = 'workspace' OR ${at('author')} = ${asker.member.id})`;
}

/**
 * About one of these, by itself or by the interaction that it was noticed in. Said so that an index
 * of each finds them: there may be a million others.
 */
function of(asker: Viewer, column: 'customer' | 'project', ids: string[]): Expression<SqlBool> {
  const [own, within] = [sql.ref(`r.${column}`), sql.ref(`i.${column}`)];
  const wanted = sql`ARRAY[${sql.join(ids)}]::uuid[]`;
  return sql`(${own} = ANY (${wanted}) OR (${own} IS NULL AND r.interaction = ANY (ARRAY(
    SELECT i.id FROM record AS i
    WHERE i.workspace_id = ${asker.workspace.id} AND i.kind = 'interaction' AND NOT i.deleted
      AND ${within} = ANY (${wanted}) AND ${readable(asker, 'i')}))))`;
}

type Row = Selectable<Tables['record']>;

/** Records `r`: all, or as few as are known to have all that fit. */
function source(asker: Viewer, among: RawBuilder<boolean> | null) {
  if (among === null) return sql<Row>`record`.as('r');
  // OFFSET 0: else they are looked for among all, the newest first.
  return sql<Row>`(SELECT r.* FROM record AS r WHERE r.workspace_id = ${asker.workspace.id}
    AND r.kind IN (${sql.join(SHOWN_KINDS)}) AND ${among} OFFSET 0)`.as('r');
}

/** What is asked of the record itself. */
function conditions(asker: Viewer, directory: Directory, filters: Filters): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [
    sql`r.workspace_id = ${asker.workspace.id}`,
    sql`NOT r.deleted`,
    readable(asker, 'r'),
    ofKinds(filters.kinds),
  ];
  for (const name of ['class', 'stage', 'outcome'] as const) {
    if (filters[name].length === 0) continue;
    all.push(sql`r.fields->>${sql.lit(name)} IN (${sql.join(filters[name])})`);
  }
  const { customers, projects } = directory;
  if (filters.customer !== null) {
    all.push(of(asker, 'customer', customers.setOf(filters.customer)));
  }
  if (filters.project !== null) all.push(of(asker, 'project', projects.setOf(filters.project)));
  if (filters.author !== null) all.push(sql`r.author = ${filters.author}`);
  if (filters.from !== null) all.push(sql`r.written >= ${filters.from}`);
  if (filters.before !== null) all.push(sql`r.written < ${filters.before}`);
  return all;
}

/** Records `r`, and the interactions `i` that they were noticed in. */
export function matching(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
  among: RawBuilder<boolean> | null = null,
) {
  const named = conditions(asker, directory, filters);
  for (const word of wordsIn(filters)) {
    const { pattern, customers, projects } = meantBy(word, directory);
    named.push(sql`(r.words LIKE ${pattern} OR i.words LIKE ${pattern}
      OR ${customerOf} = ANY(${customers}::uuid[]) OR ${projectOf} = ANY(${projects}::uuid[]))`);
  }
  return tx
    .selectFrom(source(asker, among))
    .leftJoin('record as i', (join) =>
      join
        .onRef('i.workspace_id', '=', 'r.workspace_id')
        .on('i.kind', '=', 'interaction')
        .onRef('i.id', '=', 'r.interaction')
        .on('i.deleted', '=', false)
        .on(readable(asker, 'i')),
    )
    .where((eb) => eb.and(named));
}

/** At most `limit` rows after `place`. */
export async function findRows(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
  place: Place | null,
  limit: number,
  among: Among | null = null,
): Promise<Found[]> {
  const after = (from: Place | null) =>
    from === null
      ? sql<boolean>`true`
      : sql<boolean>`(r.written, r.id) < (${from.written}, ${from.id}::uuid)`;
  const read = (where: RawBuilder<boolean>, some: RawBuilder<boolean> | null, most: number) =>
    matching(tx, asker, directory, filters, some)
      .where(where)
      .select(['r.kind', 'r.id', 'r.written', 'r.author', 'r.fields', 'i.fields as interaction'])
      .orderBy('r.written', 'desc')
      .orderBy('r.id', 'desc')
      .limit(most)
      .execute();
  if (among !== 'the newest') return read(after(place), among, limit);

  const found: Found[] = [];
  let from = place;
  for (let most = FIRST_LOOKED_AT; most <= MOST_LOOKED_AT; most *= 4) {
    const last = await placeAfter(tx, asker, directory, filters, after(from), most);
    if (last === null) break;
    const span = sql<boolean>`(${after(from)}
      AND (r.written, r.id) >= (${last.written}, ${last.id}::uuid))`;
    found.push(...(await read(sql<boolean>`true`, span, limit - found.length)));
    if (found.length >= limit) return found;
    from = last;
  }
  return [...found, ...(await read(after(from), null, limit - found.length))];
}

/** Rows that words are looked for in: so many first, then four times as many, then all others. */
const FIRST_LOOKED_AT = 4_000;
const MOST_LOOKED_AT = 64_000;

/** Where so many rows end, whatever their words; null: there are fewer. */
async function placeAfter(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
  after: RawBuilder<boolean>,
  rows: number,
): Promise<Place | null> {
  const row = await tx
    .selectFrom(source(asker, null))
    .where((eb) => eb.and([...conditions(asker, directory, filters), after]))
    .select(['r.written', 'r.id'])
    .orderBy('r.written', 'desc')
    .orderBy('r.id', 'desc')
    .offset(rows - 1)
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Nobody reads on from here to there, and counting a million takes a second. */
const MOST_COUNTED = 10_000;

/** How many rows there are, and whether there are more than were counted. */
export async function countRows(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
  among: RawBuilder<boolean> | null = null,
): Promise<{ total: number; more: boolean }> {
  const some =
    filters.words === null
      ? tx
          .selectFrom(source(asker, null))
          .where((eb) => eb.and(conditions(asker, directory, filters)))
          .select('r.id')
          .limit(MOST_COUNTED + 1)
      : matching(tx, asker, directory, filters, among)
          .select('r.id')
          .limit(MOST_COUNTED + 1);
  const { count } = await tx
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { total: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED };
}

/** A page of rows after `place`, and how many there are in all. */
export async function findPage(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
  place: Place | null,
  limit: number,
): Promise<{ found: Found[]; total: number; more: boolean }> {
  const given = [tx, asker, directory, filters] as const;
  if (await areMany(tx, asker, filters)) {
    const found = await findRows(...given, place, limit, 'the newest');
    return { found, total: MOST_COUNTED, more: true };
  }
  const among = await amongWords(tx, asker.workspace.id, directory, filters);
  const found = await findRows(...given, place, limit, among);
  return { found, ...(await countRows(...given, among === 'the newest' ? null : among)) };
}

/** Whether so many have all the words in their own texts that nothing else need be counted. */
async function areMany(tx: Tx, asker: Viewer, filters: Filters): Promise<boolean> {
  const { kinds, customer, project, author, from, before } = filters;
  const others = [customer, project, author, from, before].some((one) => one !== null);
  const lists = [filters.class, filters.stage, filters.outcome].some((list) => list.length > 0);
  const words = wordsIn(filters);
  if (words.length === 0 || others || lists || !words.every(isIndexed)) return false;
  if (!(await hasWordsIndex(tx))) return false;
  const most = MOST_COUNTED + 1;
  const count = await wordsCounted(tx, {
    ...{ patterns: words.map(patternOf), kinds: kinds.length === 0 ? null : kinds.map(shownAs) },
    ...{ reader: readsAll(asker.member.role) ? null : asker.member.id, most },
  });
  return count === most;
}

/** How many rows of the register each customer has, by the id the rows name. */
export async function countByCustomer(
  tx: Tx,
  asker: Viewer,
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
  asker: Viewer,
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
