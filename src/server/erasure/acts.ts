// Erasing is a change like any other: an `erasure`, written from the console (SPEC 14.1). What it does
// to the log is done where changes are appended.
import type { Membership } from '../accounts/members.ts';
import { membershipById } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import type { Target } from './erased.ts';

/** Targets of one change, as its schema has it. */
export const MOST_TARGETS = 10_000;

export type Cause = 'request' | 'retention';

/** Returns the workspace's new number of leaves. */
export async function writeErasure(
  tx: Tx,
  by: Membership,
  targets: readonly Target[],
  reason: string,
  cause: Cause,
): Promise<number> {
  const drafts = [];
  for (let from = 0; from < targets.length; from += MOST_TARGETS) {
    const some = targets.slice(from, from + MOST_TARGETS).map(({ kind, id }) => ({ kind, id }));
    const body = { targets: some, reason, cause };
    drafts.push({ id: freshId(), kind: 'erasure', record: freshId(), body });
  }
  return writeFromConsole(tx, by, drafts);
}

/** An active admin of the workspace, the longest there: in whose name the server itself erases. */
export async function adminOf(tx: Tx, workspace: string): Promise<Membership | null> {
  const row = await tx
    .selectFrom('member')
    .select('id')
    .where('organizationId', '=', workspace)
    .where('role', '=', 'admin')
    .where('deactivatedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .executeTakeFirst();
  return row ? membershipById(tx, workspace, row.id) : null;
}
