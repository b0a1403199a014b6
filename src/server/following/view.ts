// What a member's devices get (SPEC 12): which leaves, as the records are read now.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { readsAll } from '../../domain/index.ts';
import type { Following } from '../../ledger/index.ts';
import type { Member } from '../accounts/members.ts';
import type { Database, Tx } from '../database.ts';
import type { Customers } from './customers.ts';
import { readFollowing } from './store.ts';

export type View = {
  member: Member;
  /** As the member said it. */
  said: Following;
  /** The customers as the member chose them, and all that are read as one with them; null: all. */
  followed: {
    chosen: string[];
    withAll: string[];
    /** Ids of the records that somebody pointed the member to, by a mention. */
    shown: string[];
  } | null;
};

/**
 * Kinds that belong to a customer or to nobody in particular. All others are the workspace's: the
 * directory, the codebook, members, devices, erasures, and kinds of a later version.
 */
export const ROUTED = [
  'project',
  'interaction',
  'note',
  'expectation',
  'probe',
  'commitment',
  'perception',
  'audit',
  'review',
  'finding',
  'inquiry',
  'dispute',
  'improvement',
  'comment',
  'mention',
] as const;

/** Fields that address a record to a member. */
const ADDRESSED = ['owner', 'to', 'member', 'auditor', 'reviewer', 'askedBy'] as const;

export async function viewOf(
  tx: Tx,
  workspace: string,
  member: Member,
  customers: Customers,
): Promise<View> {
  const said = await readFollowing(tx, workspace, member.id);
  const { mode, customers: chosen } = said;
  if (mode === 'all') return { member, said, followed: null };
  const sets = await customers.of(tx, workspace);
  const shown = await mentionedTo(tx, workspace, member.id);
  return { member, said, followed: { chosen, withAll: [...sets.withAll(chosen)], shown } };
}

/** What a member was pointed to, in all mentions of them or in these; as ids. */
export async function mentionedTo(
  tx: Tx,
  workspace: string,
  member: string,
  mentions?: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('record')
    .select(sql<string | null>`fields->'subject'->>'id'`.as('subject'))
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'mention')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields->>'member' = ${member}`)
    .$if(mentions !== undefined, (query) => query.where('id', 'in', [...(mentions ?? [])]))
    .execute();
  return [...new Set(rows.flatMap(({ subject }) => subject ?? []))];
}

type Leaves = Database & {
  l: Database['log_leaf'];
  r: { visibility: string | null; author: string | null };
};
type LeavesExpression = ExpressionBuilder<Leaves, 'l' | 'r'>;

/** The leaves in the view, as l, with what their record is now, as r. */
export function leavesIn(tx: Tx, workspace: string, view: Pick<View, 'member' | 'followed'>) {
  return readable(tx, workspace, view.member).$if(view.followed !== null, (query) =>
    query.where((eb) =>
      eb.or([
        eb('l.author', '=', view.member.id),
        eb('r.author', '=', view.member.id),
        eb('l.kind', 'not in', ROUTED),
        aboutOneOf(workspace, view.followed?.withAll ?? []),
        sql<boolean>`l.record = ANY(${view.followed?.shown ?? []}::uuid[])`,
        ...ADDRESSED.map((field) => sql<boolean>`r.fields->>${sql.lit(field)} = ${view.member.id}`),
      ]),
    ),
  );
}

/** The leaves of these customers' records that the member may read, followed or not. */
export function leavesAbout(tx: Tx, workspace: string, member: Member, customers: string[]) {
  return readable(tx, workspace, member)
    .where('l.kind', 'in', ROUTED)
    .where(aboutOneOf(workspace, customers));
}

function readable(tx: Tx, workspace: string, member: Member) {
  return tx
    .selectFrom('log_leaf as l')
    .leftJoin('record as r', (join) =>
      join
        .onRef('r.workspace_id', '=', 'l.workspace_id')
        .onRef('r.kind', '=', 'l.kind')
        .onRef('r.id', '=', 'l.record'),
    )
    .where('l.workspace_id', '=', workspace)
    .where(readableBy(member));
}

/** Own changes always; else what the record is now. One that never folded is its author's alone. */
function readableBy(member: Member) {
  return (eb: LeavesExpression): Expression<SqlBool> =>
    readsAll(member.role)
      ? sql<boolean>`true`
      : eb.or([
          eb('l.author', '=', member.id),
          eb.and([
            eb('l.problem', 'is', null),
            eb.or([eb('r.visibility', '=', 'workspace'), eb('r.author', '=', member.id)]),
          ]),
        ]);
}

/**
 * A record that names no customer is about the customer of the interaction it was noticed in. The
 * workspace by its value: in a subquery a cluster does not find it by the row outside.
 */
function aboutOneOf(workspace: string, customers: string[]): Expression<SqlBool> {
  return sql<boolean>`coalesce(r.customer, (
    SELECT i.customer FROM record AS i
    WHERE i.workspace_id = ${workspace} AND i.kind = 'interaction' AND i.id = r.interaction
  )) = ANY(${customers}::uuid[])`;
}

/** Records of these customers, or noticed in an interaction with them, as ids. */
export async function recordsAbout(
  tx: Tx,
  workspace: string,
  customers: readonly string[],
): Promise<string[]> {
  if (customers.length === 0) return [];
  const named = await tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`customer = ANY(${customers}::uuid[])`)
    .where('kind', 'in', ROUTED)
    .execute();
  const interactions = named.filter(({ kind }) => kind === 'interaction').map(({ id }) => id);
  return [...named.map(({ id }) => id), ...(await noticedIn(tx, workspace, interactions))];
}

/** Records that name no customer of their own and were noticed in one of these interactions. */
export async function noticedIn(
  tx: Tx,
  workspace: string,
  interactions: readonly string[],
): Promise<string[]> {
  if (interactions.length === 0) return [];
  const rows = await tx
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`interaction = ANY(${interactions}::uuid[])`)
    .where('customer', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}
