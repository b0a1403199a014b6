// Ids that whoever writes made up, so that sending it twice writes it once.
import type { Id } from '../domain/index.ts';
import type { Membership } from './accounts/members.ts';
import type { Tx } from './database.ts';

/** Whether this id is another record's, or an erased one's. */
export async function isTaken(
  tx: Tx,
  by: Pick<Membership, 'workspace'>,
  record: Id,
): Promise<boolean> {
  const taken = await tx
    .selectFrom('log_leaf')
    .select('seq')
    .where('workspace_id', '=', by.workspace.id)
    .where('record', '=', record)
    .limit(1)
    .executeTakeFirst();
  const erased = await tx
    .selectFrom('erased')
    .select('seq')
    .where('workspace_id', '=', by.workspace.id)
    .where('record', '=', record)
    .limit(1)
    .executeTakeFirst();
  return taken !== undefined || erased !== undefined;
}
