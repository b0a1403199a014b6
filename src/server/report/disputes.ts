import { sql } from 'kysely';
import { type Dispute, disputeOf } from '../../domain/disputes.ts';
import type { Fields, Id } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type { Tx } from '../database.ts';

/** What was said to any of these reviews, the first first. */
export async function disputesOf(
  tx: Tx,
  workspace: string,
  reviews: readonly Id[],
): Promise<Dispute[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'author', 'written', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'dispute')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields->>'review' = ANY(${[...reviews]}::text[])`)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, author, written, fields }) => {
    const origin = { by: author, at: msOf(written) };
    const dispute = disputeOf(id, fields as Fields<'dispute'>, origin);
    return dispute === null ? [] : [dispute];
  });
}
