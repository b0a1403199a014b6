// Improvements as records of kind "improvement" (domain/improvements.ts): read with what is late
// first, written through the console's device.
import { type SqlBool, sql } from 'kysely';
import { type Improvement, improvementOf, type Late, lateness } from '../../domain/improvements.ts';
import type { Fields, Id, Json } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import { msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';

/** `late`: to be done, to be looked at, or in need of another try by now; `waiting`: open or done. */
export const SHOWN_STATES = [
  ...(['waiting', 'late', 'open', 'done'] as const),
  ...(['effective', 'not-effective', 'dropped', 'all'] as const),
] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

export type Wanted = {
  state: ShownState;
  /** ISO 8601 date where the asker is. */
  today: string;
  /** A member, or nobody yet. */
  owner: Id | 'nobody' | null;
  project: Id | null;
  customer: Id | null;
  review: Id | null;
  finding: Id | null;
  session: Id | null;
  skip: number;
  limit: number;
};

/** One with what the list needs besides. */
export type Found = Improvement & {
  author: Id;
  /** When it was written down, ms since 1970. */
  written: number;
  /** Names its newest change. */
  seen: string;
  late: Late | null;
  /** Something was tried after it. */
  followed: boolean;
};

const field = (name: string) => sql<string | null>`fields->>${sql.lit(name)}`;

// As improvementState reads it.
const isChecked = sql<boolean>`(fields->>'state' = 'done' AND fields ? 'checkedAt'
  AND fields ? 'effective')`;
const isOpen = sql<boolean>`(coalesce(fields->>'state', 'open') = 'open')`;
const isDone = sql<boolean>`(fields->>'state' = 'done' AND NOT ${isChecked})`;
const helped = sql<boolean>`(${isChecked} AND fields->>'effective' = 'true')`;
const didNotHelp = sql<boolean>`(${isChecked} AND fields->>'effective' = 'false')`;

/** Uncorrelated, so that it is read once and not for each row. */
function isFollowed(workspace: string) {
  return sql<boolean>`(id::text IN (
    SELECT later.fields->>'follows' FROM record later
    WHERE later.workspace_id = ${workspace} AND later.kind = 'improvement'
      AND NOT later.deleted AND later.fields ? 'follows'))`;
}

// As lateness reads it.
function isLate(workspace: string, today: string) {
  return sql<boolean>`((${isOpen} AND fields->>'due' < ${today})
    OR (${isDone} AND fields->>'checkOn' < ${today})
    OR (${didNotHelp} AND NOT ${isFollowed(workspace)}))`;
}

function stateIs(state: ShownState, workspace: string, today: string) {
  switch (state) {
    case 'late':
      return isLate(workspace, today);
    case 'waiting':
      return sql<SqlBool>`(${isOpen} OR ${isDone} OR ${isLate(workspace, today)})`;
    case 'open':
      return isOpen;
    case 'done':
      return isDone;
    case 'effective':
      return helped;
    case 'not-effective':
      return didNotHelp;
    case 'dropped':
      return sql<SqlBool>`fields->>'state' = 'dropped'`;
    case 'all':
      return sql<SqlBool>`true`;
  }
}

/** Annotators see what is theirs: what they own and what they wrote down. */
function readable(tx: Tx, { workspace, member }: Asker) {
  return tx
    .selectFrom('record')
    .where('workspace_id', '=', workspace.id)
    .where('kind', '=', 'improvement')
    .$if(!readsAll(member.role), (query) =>
      query.where(
        sql<SqlBool>`(author = ${member.id}
          OR (visibility = 'workspace' AND fields->>'owner' = ${member.id}))`,
      ),
    );
}

function those(tx: Tx, asker: Asker, wanted: Wanted) {
  const { owner, project, customer } = wanted;
  let query = readable(tx, asker).where('deleted', '=', false);
  if (owner === 'nobody') query = query.where(sql<SqlBool>`NOT fields ? 'owner'`);
  else if (owner !== null) query = query.where(field('owner'), '=', owner);
  if (project !== null) query = query.where('project', '=', project);
  if (customer !== null) query = query.where('customer', '=', customer);
  for (const name of ['review', 'finding', 'session'] as const) {
    if (wanted[name] !== null) query = query.where(field(name), '=', wanted[name]);
  }
  return query;
}

const COLUMNS = ['id', 'author', 'written', 'updated', 'fields'] as const;
type Row = {
  id: Id;
  author: Id;
  written: string;
  updated: string;
  fields: { [field: string]: Json };
  followed: boolean;
};

function read({ id, author, written, updated, fields, followed }: Row, today: string): Found {
  const improvement = improvementOf(id, fields as Fields<'improvement'>);
  return {
    ...improvement,
    ...{ author, written: msOf(written), seen: updated, followed },
    late: lateness(improvement, today, followed),
  };
}

/**
 * What is late first, the latest one before; then what waits, by the day it waits for; then the rest,
 * the newest first. Of a session: in the order in which it was said.
 */
export async function readImprovements(tx: Tx, asker: Asker, wanted: Wanted): Promise<Found[]> {
  const { state, today, session, skip, limit } = wanted;
  const { id: workspace } = asker.workspace;
  const waitsFor = sql<string | null>`CASE WHEN ${isOpen} THEN fields->>'due'
    WHEN ${isDone} THEN fields->>'checkOn' END`;
  const group = sql<number>`CASE WHEN ${isLate(workspace, today)} THEN 0
    WHEN ${isOpen} OR ${isDone} THEN 1 ELSE 2 END`;
  const rows = await those(tx, asker, wanted)
    .select(COLUMNS)
    .select(isFollowed(workspace).as('followed'))
    .where(stateIs(state, workspace, today))
    .$if(session === null, (query) =>
      query.orderBy(group).orderBy(sql`${waitsFor} ASC NULLS LAST`).orderBy('id', 'desc'),
    )
    .$if(session !== null, (query) => query.orderBy('id'))
    .offset(skip)
    .limit(limit)
    .execute();
  return rows.map((row) => read(row, today));
}

export type ImprovementCounts = { [state in ShownState]: number };

/** How many there are in each state, of all that fit otherwise. */
export async function countImprovements(
  tx: Tx,
  asker: Asker,
  wanted: Wanted,
): Promise<ImprovementCounts> {
  const count = (state: ShownState) =>
    sql<number>`count(*) FILTER (WHERE ${stateIs(state, asker.workspace.id, wanted.today)})::int`;
  return those(tx, asker, wanted)
    .select(SHOWN_STATES.map((state) => count(state).as(state)))
    .executeTakeFirstOrThrow() as Promise<ImprovementCounts>;
}

/** One, taken back or not; null: there is none, or it is not the asker's to see. */
export async function readImprovement(
  tx: Tx,
  asker: Asker,
  id: Id,
  today: string,
): Promise<Found | null> {
  const row = await readable(tx, asker)
    .select(COLUMNS)
    .select(isFollowed(asker.workspace.id).as('followed'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : read(row, today);
}

/** What was tried after this one did not help, oldest first. */
export async function readFollowing(tx: Tx, asker: Asker, id: Id, today: string): Promise<Found[]> {
  const rows = await readable(tx, asker)
    .select(COLUMNS)
    .select(isFollowed(asker.workspace.id).as('followed'))
    .where('deleted', '=', false)
    .where(field('follows'), '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => read(row, today));
}

/** By the member; the workspace's new number of leaves. */
export function writeImprovement(
  tx: Tx,
  asker: Asker,
  record: Id,
  body: { [field: string]: Json },
): Promise<number> {
  return writeFromConsole(tx, asker, [{ id: freshId(), kind: 'improvement', record, body }]);
}

/** What is read from here on holds until it is written: two who act come one after the other. */
export async function lockWorkspace(tx: Tx, workspace: string): Promise<void> {
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
}
