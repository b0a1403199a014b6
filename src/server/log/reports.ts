// What devices report when they stop pinning (SPEC 11).
import type { LogReport } from '../../ledger/index.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';

/** Shown to admins: the newest. */
const MOST_SHOWN = 200;

export async function keepReport(
  tx: Tx,
  from: { workspace: string; device: string; member: string },
  { found, pinned, told, seq }: LogReport,
): Promise<void> {
  await tx
    .insertInto('log_report')
    .values({
      workspace_id: from.workspace,
      id: freshId(),
      device: from.device,
      member: from.member,
      found,
      pinned,
      told,
      seq: seq ?? null,
    })
    .execute();
}

export async function reportsOf(tx: Tx, workspace: string) {
  return tx
    .selectFrom('log_report')
    .select(['id', 'device', 'member', 'found', 'pinned', 'told', 'seq', 'received'])
    .where('workspace_id', '=', workspace)
    .orderBy('received', 'desc')
    .limit(MOST_SHOWN)
    .execute();
}
