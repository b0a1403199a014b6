// The leaves of one record, as the log hashes them, for whoever may read the record: with these and
// proofs a browser sees for itself that they are in the log.
import { toBase64 } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { findRecord } from '../register/query.ts';

/** Changes of a record that are handed out at once; hardly one has as many. */
const MOST = 200;

/** `body` and `salt` are null where it was erased, or is not part of the record. */
export type LeafShown = { seq: number; leaf: string; body: string | null; salt: string | null };

/** Oldest first; null when there is no such record, or it is not for the asker. */
export async function leavesOfRecord(
  tx: Tx,
  asker: Asker,
  kind: string,
  record: string,
): Promise<LeafShown[] | null> {
  if ((await findRecord(tx, asker, kind, record)) === null) return null;
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['seq', 'leaf', 'body', 'salt', 'problem'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('record', '=', record)
    .where('kind', '=', kind)
    .orderBy('seq')
    .limit(MOST)
    .execute();
  return rows.map(({ seq, leaf, body, salt, problem }) => {
    const whole = body !== null && problem === null;
    return {
      ...{ seq, leaf: toBase64(leaf) },
      ...{ body: whole ? toBase64(body) : null, salt: whole ? salt : null },
    };
  });
}
