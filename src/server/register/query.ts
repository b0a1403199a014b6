// The register's rows, newest first. What a record lacks (customer, project) is read from the
// interaction it was noticed in.
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Json } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Tx } from '../database.ts';
import type { Viewer } from '../keeping.ts';
import type { Directory } from './directory.ts';
import type { Filters, Place, Shown } from './filters.ts';
import type { Named, Wanted } from './listed.ts';
import type { Listing } from './listing.ts';
import { namedWith, patternOf, wordsIn } from './words.ts';

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

/** Records `r`, and the interactions `i` that they were noticed in, with nothing but the table. */
export function matching(tx: Tx, asker: Viewer, directory: Directory, filters: Filters) {
  const named = conditions(asker, directory, filters);
  for (const word of wordsIn(filters)) {
    const pattern = patternOf(word);
    const { customers, projects } = namedWith(word, directory);
    named.push(sql`(r.words LIKE ${pattern} OR i.words LIKE ${pattern}
      OR ${customerOf} = ANY(${customers}::uuid[]) OR ${projectOf} = ANY(${projects}::uuid[]))`);
  }
  return withInteraction(tx, asker).where((eb) => eb.and(named));
}

function withInteraction(tx: Tx, asker: Viewer) {
  return tx
    .selectFrom('record as r')
    .leftJoin('record as i', (join) =>
      join
        .onRef('i.workspace_id', '=', 'r.workspace_id')
        .on('i.kind', '=', 'interaction')
        .onRef('i.id', '=', 'r.interaction')
        .on('i.deleted', '=', false)
        .on(readable(asker, 'i')),
    );
}

const FOUND = [
  ...(['r.kind', 'r.id', 'r.written', 'r.author', 'r.fields'] as const),
  ...(['i.fields as interaction'] as const),
] as const;

/** Nobody reads on from here to there, and counting a million takes a second. */
const MOST_COUNTED = 10_000;

/** How many rows there are, and whether there are more than were counted. */
export async function countRows(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
): Promise<{ total: number; more: boolean }> {
  const all =
    filters.words === null
      ? tx
          .selectFrom('record as r')
          .where((eb) => eb.and(conditions(asker, directory, filters)))
          .select('r.id')
      : matching(tx, asker, directory, filters).select('r.id');
  const { count } = await tx
    .selectFrom(all.limit(MOST_COUNTED + 1).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return counted(count);
}

function counted(count: number): { total: number; more: boolean } {
  return { total: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED };
}

export type Page = { found: Found[]; total: number; more: boolean };

/** At most `limit` rows after `place`, and how many there are in all. */
export async function findPage(
  tx: Tx,
  asker: Viewer,
  { directory, listing }: { directory: Directory; listing: Listing },
  filters: Filters,
  place: Place | null,
  limit: number,
): Promise<Page> {
  const given = [tx, asker, directory, filters] as const;
  if (isQuick(filters) && !(await listing.isRead(tx, asker.workspace.id))) {
    return { found: await readPage(...given, place, limit), ...(await countRows(...given)) };
  }
  const wanted = wantedBy(asker, directory, filters);
  for (let tries = 1; ; tries += 1) {
    const listed = await listing.of(tx, asker.workspace.id);
    const { found: named, count } = listed.find(wanted, place, limit, MOST_COUNTED + 1);
    const found = await readNamed(tx, asker, named);
    // One that was deleted in this moment is left out of the list in the next.
    if (found.length === named.length || tries === MOST_TRIES) return { found, ...counted(count) };
  }
}

const MOST_TRIES = 3;

/** Whether the table itself answers soon: an index has its order, and it leaves little out. */
function isQuick({ words, author, ...lists }: Filters): boolean {
  const isFew = (['class', 'stage', 'outcome'] as const).some((name) => lists[name].length > 0);
  return words === null && author === null && !isFew;
}

async function readPage(
  tx: Tx,
  asker: Viewer,
  directory: Directory,
  filters: Filters,
  place: Place | null,
  limit: number,
): Promise<Found[]> {
  return matching(tx, asker, directory, filters)
    .where(
      place === null
        ? sql<boolean>`true`
        : sql<boolean>`(r.written, r.id) < (${place.written}, ${place.id}::uuid)`,
    )
    .select(FOUND)
    .orderBy('r.written', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
}

/** These, in this order, as far as they are still there for the asker. */
async function readNamed(tx: Tx, asker: Viewer, named: readonly Named[]): Promise<Found[]> {
  if (named.length === 0) return [];
  const rows = await withInteraction(tx, asker)
    .select(FOUND)
    .where('r.workspace_id', '=', asker.workspace.id)
    .where(
      sql<boolean>`(r.kind, r.id) IN (SELECT * FROM unnest(${named.map(({ kind }) => kind)}::text[],
        ${named.map(({ id }) => id)}::uuid[]))`,
    )
    .where(sql<boolean>`NOT r.deleted`)
    .where(sql<boolean>`${readable(asker, 'r')}`)
    .execute();
  const byName = new Map(rows.map((row) => [`${row.kind}/${row.id}`, row]));
  return named.flatMap(({ kind, id }) => byName.get(`${kind}/${id}`) ?? []);
}

function wantedBy(asker: Viewer, directory: Directory, filters: Filters): Wanted {
  const { customers, projects } = directory;
  const { customer, project, author, from, before } = filters;
  const kinds = new Set<string | null>(filters.kinds.map(shownAs));
  const isIn = (list: readonly string[], value: string | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  return {
    ...{ from, before, reads: readsOf(asker) },
    fits: ({ shown, ...traits }) =>
      shown !== null &&
      (kinds.size === 0 || kinds.has(shown)) &&
      (author === null || traits.author === author) &&
      (['class', 'stage', 'outcome'] as const).every((name) => isIn(filters[name], traits[name])),
    customers: customer === null ? null : customers.setOf(customer),
    projects: project === null ? null : projects.setOf(project),
    words: wordsIn(filters).map((word) => ({ word, ...namedWith(word, directory) })),
  };
}

function readsOf({ member }: Viewer): Wanted['reads'] {
  if (readsAll(member.role)) return () => true;
  return ({ visibility, author }) => visibility === 'workspace' || author === member.id;
}

/** How many rows of the register each customer has, by the id the rows name. */
export async function countByCustomer(
  tx: Tx,
  asker: Viewer,
  listing: Listing,
): Promise<Map<string, number>> {
  const listed = await listing.of(tx, asker.workspace.id);
  return listed.countByCustomer({ reads: readsOf(asker), fits: ({ shown }) => shown !== null });
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
