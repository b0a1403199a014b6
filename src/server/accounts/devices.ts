// Devices sign in with tokens of ours: stored hashed, revocable one by one.
import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { Membership } from './members.ts';
import { newToken, tokenHash } from './secrets.ts';

export type DeviceInfo = { id: string; name: string };

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
