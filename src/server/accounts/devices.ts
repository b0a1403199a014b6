// Devices sign in with tokens of ours: stored hashed, revocable one by one.
import { sql } from 'kysely';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { type Membership, membershipOf, membershipQuery } from './members.ts';
import { newToken, tokenHash, workspaceOf } from './secrets.ts';

/** How stale `last_seen_at` may be: writing it at each request would cost more than it tells. */
const SEEN_EVERY_MS = 60_000;

export type DeviceInfo = { id: string; name: string };
export type DeviceSession = Membership & { device: string };

/**
 * Gives the member's device a token and returns it. A device that connects again gets a new one and
 * the old one stops working. null: the device is connected as another member.
 */
export async function issueDeviceToken(
  tx: Tx,
  membership: Membership,
  device: DeviceInfo,
): Promise<string | null> {
  const token = newToken(membership.workspace.id);
  const row = await tx
    .insertInto('device')
    .values({
      workspace_id: membership.workspace.id,
      id: device.id,
      member_id: membership.member.id,
      name: device.name,
      token_hash: tokenHash(token),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'id'])
        .doUpdateSet({
          member_id: membership.member.id,
          name: device.name,
          token_hash: tokenHash(token),
          revoked_at: null,
        })
        .where((where) =>
          where.or([
            where('device.member_id', '=', membership.member.id),
            where('device.revoked_at', 'is not', null),
          ]),
        ),
    )
    .returning('id')
    .executeTakeFirst();
  return row ? token : null;
}

/**
 * Whether the device has been heard of, or is another member's. One that was given a token which never
 * came back may not have got it.
 */
export async function isInUse(
  tx: Tx,
  { workspace, member }: Membership,
  device: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('device')
    .select(['member_id', 'last_seen_at'])
    .where('workspace_id', '=', workspace.id)
    .where('id', '=', device)
    .executeTakeFirst();
  return row !== undefined && (row.member_id !== member.id || row.last_seen_at !== null);
}

/** Whether the device is free, disconnected, or the member's own. */
export async function mayConnect(tx: Tx, membership: Membership, device: string): Promise<boolean> {
  const row = await tx
    .selectFrom('device')
    .select(['member_id', 'revoked_at'])
    .where('workspace_id', '=', membership.workspace.id)
    .where('id', '=', device)
    .executeTakeFirst();
  if (!row || row.revoked_at) return true;
  return row.member_id === membership.member.id;
}

export async function deviceByToken(db: Db, token: string): Promise<DeviceSession | null> {
  const workspace = workspaceOf(token);
  if (workspace === null) return null;
  const [row] = await inWorkspace(db, workspace, async (tx, commit) => {
    const device = membershipQuery(tx, workspace)
      .innerJoin('device', 'device.member_id', 'member.id')
      .where('device.workspace_id', '=', workspace)
      .where('device.token_hash', '=', tokenHash(token))
      .where('device.revoked_at', 'is', null)
      .select(['device.id as device', 'device.last_seen_at']);
    // One question: it is asked at every request of every device.
    const [rows] = await commit(device);
    return rows;
  });
  if (!row) return null;
  if (!row.last_seen_at || Date.now() - row.last_seen_at.getTime() > SEEN_EVERY_MS) {
    await inWorkspace(db, workspace, async (tx, commit) => {
      await commit(
        tx
          .updateTable('device')
          .set({ last_seen_at: sql`now()` })
          .where('workspace_id', '=', workspace)
          .where('id', '=', row.device),
      );
    });
  }
  return { ...membershipOf(workspace, row), device: row.device };
}

/** False when there is no such device, or it belongs to another member than `member`. */
export async function revokeDevice(
  tx: Tx,
  workspace: string,
  device: string,
  member: string | null,
): Promise<boolean> {
  let update = tx
    .updateTable('device')
    .set({ revoked_at: sql`coalesce(revoked_at, ${new Date()})`, token_hash: null })
    .where('workspace_id', '=', workspace)
    .where('id', '=', device);
  if (member !== null) update = update.where('member_id', '=', member);
  return (await update.returning('id').executeTakeFirst()) !== undefined;
}
