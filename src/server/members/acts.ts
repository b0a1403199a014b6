// What an admin does to members and devices. Each act is a change in the ledger as well, in the same
// transaction: who did it, and when, is part of the history (SPEC 13).
import type { Body, Id, RecordState } from '../../domain/index.ts';
import type { Role } from '../../domain/permissions.ts';
import { revokeDevice } from '../accounts/devices.ts';
import type { Membership } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

export type MemberChange = { role?: Role | undefined; active?: boolean | undefined };

export type Done = { ok: true; size: number } | { ok: false; problem: 'unknown' | 'last-admin' };

/**
 * Changes a member's role, or lets them in no more, or again. Refused where no active admin would be
 * left: there would be nobody to undo it.
 */
export async function changeMember(
  tx: Tx,
  admin: Membership,
  id: string,
  { role, active }: MemberChange,
): Promise<Done> {
  const workspace = admin.workspace.id;
  // Two admins who demote each other come one after the other.
  const size = await holdWorkspace(tx, workspace);
  const members = await tx
    .selectFrom('member')
    .select(['id', 'role', 'deactivatedAt'])
    .where('organizationId', '=', workspace)
    .execute();
  const present = members.find((one) => one.id === id);
  if (!present) return { ok: false, problem: 'unknown' };
  const next = {
    role: role ?? present.role,
    active: active ?? present.deactivatedAt === null,
  };
  const admins = members.filter(
    (one) => one.id !== id && one.role === 'admin' && one.deactivatedAt === null,
  );
  if (admins.length === 0 && !(next.role === 'admin' && next.active)) {
    return { ok: false, problem: 'last-admin' };
  }
  const body: Body = {};
  if (next.role !== present.role) body.role = next.role;
  if (next.active !== (present.deactivatedAt === null)) body.deactivated = !next.active;
  if (Object.keys(body).length === 0) return { ok: true, size };
  await tx
    .updateTable('member')
    .set({ role: next.role, deactivatedAt: next.active ? null : new Date() })
    .where('organizationId', '=', workspace)
    .where('id', '=', id)
    .execute();
  return { ok: true, size: await record(tx, admin, 'member', id, body) };
}

/**
 * Takes a device's token away and says so in the ledger; what it has not sent stays on it. `owner`
 * narrows to one member's devices.
 */
export async function revoke(
  tx: Tx,
  by: Membership,
  device: string,
  owner: string | null,
): Promise<Done> {
  const size = await holdWorkspace(tx, by.workspace.id);
  const before = await tx
    .selectFrom('device')
    .select('revoked_at')
    .where('workspace_id', '=', by.workspace.id)
    .where('id', '=', device)
    .where('kind', '=', 'browser')
    .executeTakeFirst();
  if (!before || !(await revokeDevice(tx, by.workspace.id, device, owner))) {
    return { ok: false, problem: 'unknown' };
  }
  if (before.revoked_at) return { ok: true, size };
  return { ok: true, size: await record(tx, by, 'device', device, { revoked: true }) };
}

/** A revoked device that its member connects again is no longer revoked in the ledger either. */
export async function letInAgain(tx: Tx, by: Membership, device: string): Promise<void> {
  const row = await tx
    .selectFrom('record')
    .select('fields')
    .where('workspace_id', '=', by.workspace.id)
    .where('kind', '=', 'device')
    .where('id', '=', device)
    .executeTakeFirst();
  if (row?.fields.revoked === true) await record(tx, by, 'device', device, { revoked: false });
}

/** Writes a change of a record, naming the values it takes the place of. */
async function record(
  tx: Tx,
  by: Membership,
  kind: 'member' | 'device',
  id: Id,
  body: Body,
): Promise<number> {
  const row = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', by.workspace.id)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  const base = basesOf(row && stateOf(row), Object.keys(body));
  return writeFromConsole(tx, by, [{ id: freshId(), kind, record: id, base, body }]);
}

function basesOf(state: RecordState | undefined, fields: string[]): { [path: string]: Id } {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const change = state?.registers[field]?.change;
      return change === undefined ? [] : [[field, change]];
    }),
  );
}

async function holdWorkspace(tx: Tx, workspace: string): Promise<number> {
  const { seq } = await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return seq;
}
