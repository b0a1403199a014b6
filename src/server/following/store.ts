// Which customers a member follows (SPEC 12.3). Private to the member: never in the log, and shown to
// nobody else.

import type { Following } from '../../ledger/index.ts';
import { type Tx, together } from '../database.ts';
import { prepared } from '../prepared.ts';

/** Who never said anything follows everybody. */
export async function readFollowing(tx: Tx, workspace: string, member: string): Promise<Following> {
  const query = tx
    .selectFrom('follow')
    .select(['mode', 'customers'])
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member);
  const [[row]] = await together(tx, [prepared(query)]);
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
