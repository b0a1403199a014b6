// After history was restored on purpose: the log begins anew under another origin, visibly (SPEC 9.16).
import type { Membership } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import type { LogKey } from '../log-key.ts';
import { frontierOrBuilt } from './grow.ts';
import type { Largest } from './largest.ts';
import { nextOrigin, originOf } from './origin.ts';

export const ORIGIN_SETTING = 'log-origin';

/**
 * Begins the workspace's next origin as the admin `membership`, with a change in the log that says so,
 * and a new epoch: devices push again what the restored log has lost. Returns the origin.
 */
export async function beginAnew(
  tx: Tx,
  membership: Membership,
  key: LogKey,
  largest: Pick<Largest, 'of'>,
): Promise<string> {
  const workspace = membership.workspace.id;
  const row = await tx
    .selectFrom('workspace')
    .select(['seq', 'frontier', 'origin'])
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await frontierOrBuilt(tx, workspace, row);
  // What the server remembers may be later than what the restored database says.
  const seen = largest.of(workspace)?.origin;
  const [present, known] = [originOf(key, workspace, row), seen ?? ''].map((origin) =>
    nextOrigin(key, workspace, origin),
  );
  const origin = later(present ?? '', known ?? '');
  await tx
    .updateTable('workspace')
    .set({ origin, epoch: freshId() })
    .where('id', '=', workspace)
    .execute();
  await writeFromConsole(tx, membership, [
    {
      id: freshId(),
      kind: 'setting',
      record: freshId(),
      body: { name: ORIGIN_SETTING, value: origin },
    },
  ]);
  return origin;
}

/** Of two origins of one log, the one begun later. */
function later(a: string, b: string): string {
  const [first, second] = [a, b].map((origin) => Number(origin.slice(origin.lastIndexOf('/') + 1)));
  return (second ?? 0) > (first ?? 0) ? b : a;
}
