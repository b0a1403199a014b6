// Which customers a member follows (SPEC 12.3). Private to the member: never in the log, and shown to
// nobody else.

import type { Following } from '../../ledger/index.ts';
import type { Tx } from '../database.ts';

/** Who never said anything follows everybody. */
export async function readFollowing(tx: Tx, workspace: string, member: string): Promise<Following> {
  const row = await tx
    .selectFrom('follow')
    .select(['mode', 'customers'])
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .executeTakeFirst();
  return row ?? { mode: 'all', customers: [] };
}

export async function writeFollowing(
  tx: Tx,
  workspace: string,
  member: string,
  { mode, customers }: Following,
): Promise<void> {
  const said = { mode, customers: [...new Set(customers)].sort() };
  await tx
    .insertInto('follow')
    .values({ workspace_id: workspace, member_id: member, ...said })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(said))
    .execute();
}
