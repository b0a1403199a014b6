// Exports that take their time, as rows: asked for, claimed by one server process, kept for a while.
//
//   waiting → running → done | failed
//      └─────────┴────→ cancelled
//
// A running one is its process's for as long as the lease is renewed; then it is anybody's again.
import { sql } from 'kysely';
import type { Asker } from '../accounts/asker.ts';
import type { Tables, Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import type { ExportWish } from './wish.ts';

export type StoredJob = Omit<Tables['export_job'], 'wish'> & { wish: ExportWish };

/** How many of a member may wait. */
export const MOST_WAITING = 5;
/** Begun so often and never ended: not begun again. */
export const MOST_TRIES = 3;
const SHOWN = 100;
const KEPT_DAYS = 7;
const LEASE_SECONDS = 30;

export const NEVER_ENDED =
  'This was begun three times and did not come to its end. Ask for it again later.';
export const ERASED_SINCE =
  'Something was erased after this file was made, so it was thrown away. Make it again.';
export const GONE = 'The file is not on the server any more. Make it again.';

/** The new job's id; null where too many wait. */
export async function addJob(tx: Tx, asker: Asker, wish: ExportWish): Promise<string | null> {
  const { waiting } = await tx
    .selectFrom('export_job')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('workspace_id', '=', asker.workspace.id)
    .where('member_id', '=', asker.member.id)
    .where('schedule_id', 'is', null)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  if (waiting >= MOST_WAITING) return null;
  const { workspace, member } = asker;
  const by = { workspace: workspace.id, member: member.id, role: member.role };
  return insertJob(tx, by, wish, null);
}

export async function insertJob(
  tx: Tx,
  by: { workspace: string; member: string; role: string },
  wish: ExportWish,
  schedule: string | null,
): Promise<string> {
  const id = freshId();
  await tx
    .insertInto('export_job')
    .values({
      ...{ workspace_id: by.workspace, id, member_id: by.member, role: by.role },
      ...{ schedule_id: schedule, wish: JSON.stringify(wish), state: 'waiting' },
      created_at: new Date(),
    })
    .execute();
  return id;
}

/** A member's own, newest first; what schedules made of theirs is not among them. */
export function readJobs(tx: Tx, workspace: string, member: string): Promise<StoredJob[]> {
  return tx
    .selectFrom('export_job')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('schedule_id', 'is', null)
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
}

export async function readJob(tx: Tx, workspace: string, id: string): Promise<StoredJob | null> {
  const row = await tx
    .selectFrom('export_job')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The oldest one that nobody works at is this process's from now on. */
export async function claimJob(
  tx: Tx,
  workspace: string,
  runner: string,
): Promise<StoredJob | null> {
  const next = await tx
    .selectFrom('export_job')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where(({ eb, or, and }) =>
      or([
        eb('state', '=', 'waiting'),
        and([eb('state', '=', 'running'), eb('lease_until', '<', sql<Date>`now()`)]),
      ]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!next) return null;
  const { seq } = await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const claimed = await tx
    .updateTable('export_job')
    .set((eb) => ({
      ...{ state: 'running', runner, size: seq, row_count: 0, row_total: null, byte_count: 0 },
      ...{ started_at: new Date(), lease_until: lease(), tries: eb('tries', '+', 1) },
    }))
    .where('workspace_id', '=', workspace)
    .where('id', '=', next.id)
    .returningAll()
    .executeTakeFirst();
  return claimed ?? null;
}

export type Progress = { rows: number; of: number | null; bytes: number };

/** Renews the lease; false where the job is this process's no more: cancelled, or taken over. */
export async function tellProgress(
  tx: Tx,
  job: StoredJob,
  { rows, of, bytes }: Progress,
): Promise<boolean> {
  const told = await ownRow(tx, job)
    .set({ row_count: rows, row_total: of, byte_count: bytes, lease_until: lease() })
    .executeTakeFirst();
  return told.numUpdatedRows > 0n;
}

/** What it became; false as in `tellProgress`. */
export async function settleJob(
  tx: Tx,
  job: StoredJob,
  result: Partial<Omit<StoredJob, 'workspace_id' | 'id' | 'wish'>>,
): Promise<boolean> {
  const settled = await ownRow(tx, job)
    .set({ ...result, runner: null, lease_until: null })
    .executeTakeFirst();
  return settled.numUpdatedRows > 0n;
}

function ownRow(tx: Tx, job: StoredJob) {
  return tx
    .updateTable('export_job')
    .where('workspace_id', '=', job.workspace_id)
    .where('id', '=', job.id)
    .where('runner', '=', job.runner)
    .where('state', '=', 'running');
}

/** Whether anything was erased since the job was begun. */
export async function erasedSince(
  tx: Tx,
  job: Pick<StoredJob, 'workspace_id' | 'size'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('erased')
    .select('seq')
    .where('workspace_id', '=', job.workspace_id)
    .where('seq', '>=', job.size ?? 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** One that waits or runs ends here; false where it has ended already. */
export async function cancelJob(tx: Tx, workspace: string, id: string): Promise<boolean> {
  const cancelled = await tx
    .updateTable('export_job')
    .set({ state: 'cancelled', runner: null, lease_until: null, ended_at: new Date() })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  return cancelled.numUpdatedRows > 0n;
}

export async function removeJob(tx: Tx, workspace: string, id: string): Promise<void> {
  await tx
    .deleteFrom('export_job')
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .where('state', 'not in', ['waiting', 'running'])
    .execute();
}

/** The only process of this database has just started: whatever runs is left over. */
export async function releaseAll(tx: Tx, workspace: string): Promise<void> {
  await tx
    .updateTable('export_job')
    .set({ lease_until: sql<Date>`now() - interval '1 second'` })
    .where('workspace_id', '=', workspace)
    .where('state', '=', 'running')
    .execute();
}

/** Until when a file is kept that is done at this moment. */
export function keptUntil(from: Date): Date {
  return new Date(from.getTime() + KEPT_DAYS * 24 * 60 * 60 * 1000);
}

function lease() {
  return sql<Date>`now() + make_interval(secs => ${sql.lit(LEASE_SECONDS)})`;
}
