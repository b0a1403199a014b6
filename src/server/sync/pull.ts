// Leaves on their way to a device: a page from its cursor on, or a customer's from the start.
import { sql } from 'kysely';
import type { Body } from '../../domain/index.ts';
import type { Following, PulledChange } from '../../ledger/index.ts';
import type { Member } from '../accounts/members.ts';
import type { Tx } from '../database.ts';
import { cameIntoView } from '../following/came-into-view.ts';
import { type Customers, createCustomers } from '../following/customers.ts';
import { leavesAbout, leavesIn, recordsAbout, type View, viewOf } from '../following/view.ts';

/** Bodies in one answer, so that neither side holds more than it can. */
const MOST_BYTES = 8_000_000;
/** Leaves that are read at once, each with a body of so many bytes at most. */
const FEW = 64;
const SHORT = 65_536;
/** Leaves looked at for one answer, of which the member may see few. */
const MOST_LOOKED_AT = 10_000;

export type Pulled = { changes: PulledChange[]; cursor: number; more: boolean };
/** A pull tells whose records the member wants as well. */
export type PulledPage = Pulled & { said: Following };

/**
 * The leaves from `cursor` on that are in the member's view, at most `limit`, and the earlier leaves,
 * which the cursor has passed, of records that came into view with them (SPEC 12). Needs a
 * transaction with one snapshot (repeatable read). `upTo`: leaves of the tree that the answer proves, where
 * it is not the whole log.
 */
export async function pull(
  tx: Tx,
  workspace: string,
  member: Member,
  cursor: number,
  limit: number,
  customers: Customers = createCustomers(),
  upTo: number | null = null,
): Promise<PulledPage> {
  // Most members want everything: what came since is asked for along with whether they do.
  const all = { member, followed: null };
  const [size, view, guessed] = await Promise.all([
    upTo ?? sizeOf(tx, workspace),
    viewOf(tx, workspace, member, customers),
    upTo === null ? null : fewIn(tx, workspace, all, cursor, upTo, limit),
  ]);
  const until = Math.min(size, cursor + MOST_LOOKED_AT);
  const few =
    view.followed === null && upTo !== null
      ? guessed
      : await fewIn(tx, workspace, view, cursor, until, limit);
  const { page, end } = few ? { page: few, end: until } : await pageIn();
  const earlier = await earlierOf(page);
  return {
    changes: [...earlier, ...page].map(pulled),
    cursor: Math.max(cursor, end),
    more: end < size,
    said: view.said,
  };

  async function pageIn(): Promise<{ page: LeafRow[]; end: number }> {
    const sizes = await leavesIn(tx, workspace, view)
      .select(SIZES)
      .where('l.seq', '>=', cursor)
      .where('l.seq', '<', until)
      .orderBy('l.seq')
      .limit(limit + 1)
      .execute();
    const { seqs, end } = pageOf(sizes, limit, until);
    return { page: await leavesAt(tx, workspace, seqs), end };
  }

  async function earlierOf(rows: LeafRow[]): Promise<LeafRow[]> {
    const leaves = rows.map((row) => ({ ...row, body: bodyOf(row) }));
    const records = await cameIntoView(tx, workspace, view, customers, leaves, cursor);
    if (records.length === 0) return [];
    const passed = await leavesIn(tx, workspace, view)
      .select('l.seq')
      .where('l.seq', '<', cursor)
      .where(sql<boolean>`l.record = ANY(${records}::uuid[])`)
      .orderBy('l.seq')
      .execute();
    return leavesAt(
      tx,
      workspace,
      passed.map(({ seq }) => seq),
    );
  }
}

/**
 * The leaves from `cursor` on of a customer's records, and of all customers that are read as one with
 * it, as far as the member may read them (SPEC 12.5). The same snapshot is needed.
 */
export async function backfill(
  tx: Tx,
  workspace: string,
  member: Member,
  customer: string,
  cursor: number,
  limit: number,
  customers: Customers,
): Promise<Pulled> {
  const size = await sizeOf(tx, workspace);
  const set = [...(await customers.of(tx, workspace)).withAll([customer])];
  const records = await recordsAbout(tx, workspace, set);
  const sizes =
    records.length === 0
      ? []
      : await leavesAbout(tx, workspace, member, set)
          .select(SIZES)
          .where(sql<boolean>`l.record = ANY(${records}::uuid[])`)
          .where('l.seq', '>=', cursor)
          .orderBy('l.seq')
          .limit(limit + 1)
          .execute();
  const { seqs, end } = pageOf(sizes, limit, size);
  const page = await leavesAt(tx, workspace, seqs);
  return { changes: page.map(pulled), cursor: Math.max(cursor, end), more: end < size };
}

/** Sizes first: a thousand leaves can be a few KB or a gigabyte. */
const SIZES = [
  'l.seq' as const,
  sql<number>`coalesce(octet_length(l.body), 0)`.as('bytes'),
] as const;

/**
 * The leaves in view from `cursor` up to `end`, where they are few and short: then their sizes need not
 * be known first. null: they are not, or are more than `limit`.
 */
async function fewIn(
  tx: Tx,
  workspace: string,
  view: Pick<View, 'member' | 'followed'>,
  cursor: number,
  end: number,
  limit: number,
): Promise<LeafRow[] | null> {
  if (end - cursor > Math.min(FEW, limit)) return null;
  const query = leavesIn(tx, workspace, view)
    .select(['l.seq', 'l.kind', 'l.record', 'l.leaf', 'l.salt', 'l.problem', 'l.reveals'])
    .select(
      sql<Uint8Array | null>`CASE WHEN octet_length(l.body) <= ${SHORT} THEN l.body END`.as('body'),
    )
    .select(sql<boolean>`coalesce(octet_length(l.body) > ${SHORT}, false)`.as('long'))
    .where('l.seq', '>=', cursor)
    .where('l.seq', '<', end)
    .orderBy('l.seq');
  // Not prepared, as nothing is that reads the log: a plan from when it was short reads all of it.
  const rows = await query.execute();
  return rows.some(({ long }) => long) ? null : rows;
}

/** What fits into one answer, a leaf at least, and the seq to go on from; `limit + 1` are given. */
function pageOf(
  sizes: readonly { seq: number; bytes: number }[],
  limit: number,
  end: number,
): { seqs: number[]; end: number } {
  const seqs: number[] = [];
  let bytes = 0;
  for (const one of sizes) {
    bytes += one.bytes;
    if (seqs.length > 0 && (seqs.length >= limit || bytes > MOST_BYTES)) {
      return { seqs, end: one.seq };
    }
    seqs.push(one.seq);
  }
  return { seqs, end };
}

async function sizeOf(tx: Tx, workspace: string): Promise<number> {
  const { seq } = await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  return seq;
}

type LeafRow = {
  seq: number;
  kind: string;
  record: string;
  leaf: Uint8Array;
  salt: string | null;
  body: Uint8Array | null;
  problem: string | null;
  reveals: boolean;
};

/** `seqs` in their order: the caller has seen that they may be read. */
async function leavesAt(tx: Tx, workspace: string, seqs: number[]): Promise<LeafRow[]> {
  if (seqs.length === 0) return [];
  return tx
    .selectFrom('log_leaf')
    .select(['seq', 'kind', 'record', 'leaf', 'salt', 'body', 'problem', 'reveals'])
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`seq = ANY(${seqs}::bigint[])`)
    .orderBy('seq')
    .execute();
}

/** The device judges again: a body with a problem goes with it, an erased one is null (SPEC 12.6). */
function pulled(row: LeafRow): PulledChange {
  return {
    seq: row.seq,
    leaf: JSON.parse(text(row.leaf)),
    salt: row.salt,
    body: bodyOf(row),
    ...(row.problem === null ? {} : { problem: row.problem }),
  };
}

/** What was pushed as a body and is no object cannot be sent as one; its leaf and problem tell of it. */
function bodyOf(row: LeafRow): Body | null {
  if (row.body === null) return null;
  const body: unknown = JSON.parse(text(row.body));
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : null;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
