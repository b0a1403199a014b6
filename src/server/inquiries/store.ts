// Questions to whoever answers for a project, as records of kind "inquiry". They are asked and answered
// here through the console's device, and answered in the extension's inbox too.
import { type SqlBool, sql } from 'kysely';
import type { Fields, Id, Json } from '../../domain/index.ts';
import { type Inquiry, inquiryOf } from '../../domain/inquiries.ts';
import { readsAll } from '../../domain/permissions.ts';
import { msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { isAmong, type Which } from '../in-parts.ts';

export const SHOWN_STATES = ['open', 'overdue', 'answered', 'withdrawn', 'all'] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

export type Wanted = {
  state: ShownState;
  /** ISO date where the asker is: what was due before it is overdue. */
  today: string;
  /** Only those to the asker, or of them. */
  whose: 'to-me' | 'by-me' | 'all';
  review: Id | null;
  project: Id | null;
  /** Those that were asked before this one. */
  before: Id | null;
  limit: number;
};

const COLUMNS = ['id', 'author', 'written', 'fields'] as const;
type Row = { id: Id; author: Id; written: string; fields: { [field: string]: Json } };

function read({ id, author, written, fields }: Row): Inquiry {
  return inquiryOf(id, fields as Fields<'inquiry'>, { by: author, at: msOf(written) });
}

// As inquiryState reads it.
const isAnswered = sql<boolean>`(fields ? 'answeredAt'
  OR coalesce(fields->>'answer', '') ~ '[^[:space:]]')`;
const isWithdrawn = sql<boolean>`(coalesce(fields->>'withdrawn', '') = 'true' OR deleted)`;
const isOpen = sql<boolean>`(NOT ${isAnswered} AND NOT ${isWithdrawn})`;

function stateIs(state: ShownState, today: string) {
  switch (state) {
    case 'open':
      return isOpen;
    case 'overdue':
      return sql<SqlBool>`(${isOpen} AND fields->>'due' < ${today})`;
    case 'answered':
      return isAnswered;
    case 'withdrawn':
      return sql<SqlBool>`(${isWithdrawn} AND NOT ${isAnswered})`;
    case 'all':
      return sql<SqlBool>`true`;
  }
}

function those(tx: Tx, { workspace, member }: Asker, { whose, review, project }: Wanted) {
  const to = sql<SqlBool>`fields->>'to' = ${member.id}`;
  return tx
    .selectFrom('record')
    .where('workspace_id', '=', workspace.id)
    .where('kind', '=', 'inquiry')
    .$if(whose === 'to-me', (query) => query.where(to))
    .$if(whose === 'by-me', (query) => query.where('author', '=', member.id))
    .$if(!readsAll(member.role), (query) =>
      query.where((where) => where.or([to, where('author', '=', member.id)])),
    )
    .$if(review !== null, (query) => query.where(sql<SqlBool>`about = ${review}`))
    .$if(project !== null, (query) => query.where('project', '=', project));
}

/** Newest first. */
export async function readInquiries(tx: Tx, asker: Asker, wanted: Wanted): Promise<Inquiry[]> {
  const { state, today, before, limit } = wanted;
  const rows = await those(tx, asker, wanted)
    .select(COLUMNS)
    .where(stateIs(state, today))
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(read);
}

export type InquiryCounts = { open: number; overdue: number; answered: number };

export async function countInquiries(tx: Tx, asker: Asker, wanted: Wanted): Promise<InquiryCounts> {
  const count = (state: ShownState) =>
    sql<number>`count(*) FILTER (WHERE ${stateIs(state, wanted.today)})::int`;
  return those(tx, asker, wanted)
    .select([count('open').as('open'), count('overdue').as('overdue')])
    .select(count('answered').as('answered'))
    .executeTakeFirstOrThrow();
}

/** null: there is none, or it is between others. */
export async function readInquiry(tx: Tx, asker: Asker, id: Id): Promise<Inquiry | null> {
  const { member, workspace } = asker;
  const row = await tx
    .selectFrom('record')
    .select(COLUMNS)
    .where('workspace_id', '=', workspace.id)
    .where('kind', '=', 'inquiry')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const inquiry = read(row);
  const isTheirs = inquiry.to === member.id || inquiry.by === member.id;
  return isTheirs || readsAll(member.role) ? inquiry : null;
}

/** The requests to read a review, or these of the requests to read any, oldest first. */
export async function readRequests(
  tx: Tx,
  workspace: string,
  which: { readonly review: Id } | Which,
): Promise<Inquiry[]> {
  const rows = await tx
    .selectFrom('record')
    .select(COLUMNS)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'inquiry')
    .where('review' in which ? sql<SqlBool>`about = ${which.review}` : isAmong(which))
    .where(sql<SqlBool>`fields->>'asks' = 'acknowledge'`)
    .orderBy('id')
    .execute();
  return rows.map(read);
}

/** As the change that asks it; what is null is left out. */
export function asked(
  fields: {
    [field in keyof Fields<'inquiry'>]: Fields<'inquiry'>[field] | null;
  },
): Fields<'inquiry'> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** The fields of one of them, by the member; the workspace's new number of leaves. */
export function writeInquiry(
  tx: Tx,
  asker: Asker,
  id: Id,
  fields: Fields<'inquiry'>,
): Promise<number> {
  const body = fields as { [field: string]: Json };
  return writeFromConsole(tx, asker, [{ id: freshId(), kind: 'inquiry', record: id, body }]);
}

/** Whoever answers and whoever takes it back come one after the other. */
export async function lockWorkspace(tx: Tx, workspace: string): Promise<void> {
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
}
