// How far each device has heard of the workspace's erasures (SPEC 14.5): its cursor says so, since a
// device moves it in the transaction that takes the change in.
import type { Db, Tx } from '../database.ts';
import { inWorkspace } from '../database.ts';

/** Keeps how many leaves the device says it has. */
export async function noteCursor(
  db: Db,
  workspace: string,
  device: string,
  cursor: number,
): Promise<void> {
  await inWorkspace(db, workspace, async (tx, commit) => {
    await commit(
      tx
        .updateTable('device')
        .set({ cursor })
        .where('workspace_id', '=', workspace)
        .where('id', '=', device)
        .where((where) => where.or([where('cursor', 'is', null), where('cursor', '<>', cursor)])),
    );
  });
}

export type Progress = {
  id: string;
  name: string;
  member: string;
  lastSeen: Date | null;
  /** Leaves it has, null when it has not said so since it was connected. */
  cursor: number | null;
};

/** The connected browsers, those that have the least first. */
export async function progressOf(tx: Tx, workspace: string): Promise<Progress[]> {
  const rows = await tx
    .selectFrom('device')
    .select(['id', 'name', 'member_id as member', 'last_seen_at as lastSeen', 'cursor'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'browser')
    .where('revoked_at', 'is', null)
    .execute();
  return rows.sort((a, b) => (a.cursor ?? -1) - (b.cursor ?? -1) || (a.id < b.id ? -1 : 1));
}
