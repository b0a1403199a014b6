// PostgreSQL's idea of how many rows a workspace has, by which it chooses an index. It counts by itself
// when a table has grown by a tenth, within a minute or two; until then a workspace that is new among
// others has one row for it, and any index of the workspace's will do, read from end to end.
import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** Leaves from which on that takes longer than all else of a push. */
export const WORTH_COUNTING = 25_000;

/** Counts anew, by the columns that pushes and pulls find rows by. Takes a part of a second, and holds nobody up. */
export async function countRows(db: Db): Promise<void> {
  await sql`ANALYZE log_leaf (workspace_id, seq, device, n)`.execute(db);
  await sql`ANALYZE record (workspace_id, kind, id)`.execute(db);
}
