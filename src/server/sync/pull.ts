import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { PulledChange } from '../../ledger/index.ts';
import { type Member, readsAll } from '../accounts/members.ts';
import type { Database, Tx } from '../database.ts';

/** Bodies in one answer, so that neither side holds more than it can. */
const MOST_BYTES = 8_000_000;

export type Pulled = { changes: PulledChange[]; cursor: number; more: boolean };

/**
 * The leaves from `cursor` on that the member may read, at most `limit`, and with each leaf that
 * made a record readable for all, the record's earlier leaves, which the cursor may have passed.
 * Needs a transaction with one snapshot (repeatable read).
 */
export async function pull(
  tx: Tx,
  workspace: string,
  member: Member,
  cursor: number,
  limit: number,
): Promise<Pulled> {
  const { seq: size } = await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  // Sizes first: a thousand leaves can be a few KB or a gigabyte.
  const sizes = await readable(tx, workspace, member)
    .select(['l.seq', sql<number>`coalesce(octet_length(l.body), 0)`.as('bytes')])
    .where('l.seq', '>=', cursor)
    .where('l.seq', '<', size)
    .orderBy('l.seq')
    .limit(limit + 1)
    .execute();
  const end = endOfPage(sizes, limit);
  const page = await leaves(tx, workspace, member)
    .where('l.seq', '>=', cursor)
    .where('l.seq', '<', end ?? size)
    .orderBy('l.seq')
    .execute();
  const revealed = page.filter((row) => row.reveals);
  const earlier =
    revealed.length === 0
      ? []
      : await leaves(tx, workspace, member)
          .where('l.seq', '<', cursor)
          .where('l.record', 'in', [...new Set(revealed.map((row) => row.record))])
          .orderBy('l.seq')
          .execute();
  return {
    changes: [...earlier, ...page].map(pulled),
    cursor: end ?? size,
    more: end !== null,
  };
}

/** The seq that the next page begins with, or null when everything fits; a page has at least one. */
function endOfPage(sizes: { seq: number; bytes: number }[], limit: number): number | null {
  let bytes = 0;
  for (const [index, one] of sizes.entries()) {
    bytes += one.bytes;
    if (index > 0 && (index >= limit || bytes > MOST_BYTES)) return one.seq;
  }
  return null;
}

function leaves(tx: Tx, workspace: string, member: Member) {
  return readable(tx, workspace, member).select([
    'l.seq',
    'l.leaf',
    'l.salt',
    'l.body',
    'l.problem',
    'l.reveals',
    'l.record',
  ]);
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

type Leaves = Database & {
  l: Database['log_leaf'];
  r: { visibility: string | null; author: string | null };
};

/** Own changes always; else what the record is now. One that never folded is its author's alone. */
function readableBy(member: Member) {
  return ({ eb }: { eb: ExpressionBuilder<Leaves, 'l' | 'r'> }): Expression<SqlBool> =>
    readsAll(member)
      ? sql<boolean>`true`
      : eb.or([
          eb('l.author', '=', member.id),
          eb.and([
            eb('l.problem', 'is', null),
            eb.or([eb('r.visibility', '=', 'workspace'), eb('r.author', '=', member.id)]),
          ]),
        ]);
}

type LeafRow = {
  seq: number;
  leaf: Uint8Array;
  salt: string | null;
  body: Uint8Array | null;
  problem: string | null;
};

/** A body that could not be folded is of no use to anybody: its author's device has it. */
function pulled(row: LeafRow): PulledChange {
  const useful = row.problem === null && row.body !== null;
  return {
    seq: row.seq,
    leaf: JSON.parse(text(row.leaf)),
    salt: useful ? row.salt : null,
    body: useful && row.body ? JSON.parse(text(row.body)) : null,
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
