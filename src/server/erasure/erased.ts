// What erasure does to the database (SPEC 14). Called by whoever appends, in the same transaction.

import { isErasable, recordKey } from '../../domain/index.ts';
import { anyOf } from '../arrays.ts';
import { type Query, type Tx, together } from '../database.ts';
import { prepared } from '../prepared.ts';

export { isErasable };

export type Target = { kind: string; id: string };

type Erased = { kind: string; record: string };

/** Asks which of these records were erased. */
export function erasedQuery(
  tx: Tx,
  workspace: string,
  records: readonly { record: string }[],
): Query<Erased> {
  return prepared(
    tx
      .selectFrom('erased')
      .select(['kind', 'record'])
      .where('workspace_id', '=', workspace)
      .where('record', '=', anyOf(records.map(recordOf))),
  );
}

function recordOf({ record }: { record: string }): string {
  return record;
}

/** Which of these records were erased, as record keys. */
export async function erasedAmong(
  tx: Tx,
  workspace: string,
  records: readonly Erased[],
): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const [rows] = await together(tx, [erasedQuery(tx, workspace, records)]);
  return new Set(rows.map(({ kind, record }) => recordKey(kind, record)));
}

/**
 * Takes the bodies and salts of all changes of the targets out of the log, and the folded records
 * with them; their envelopes stay. `seq` is the leaf of the erasure change. Targets that may not be
 * erased are passed over; records that nobody has heard of yet are erased before they come.
 */
export async function erase(
  tx: Tx,
  workspace: string,
  seq: number,
  targets: readonly Target[],
): Promise<void> {
  for (const [kind, ids] of byKind(targets)) {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      await eraseSome(tx, workspace, seq, kind, ids.slice(from, from + AT_ONCE));
    }
  }
}

/** Ids in one statement. */
const AT_ONCE = 2_000;

async function eraseSome(tx: Tx, workspace: string, seq: number, kind: string, ids: string[]) {
  await tx
    .insertInto('erased')
    .values(ids.map((record) => ({ workspace_id: workspace, record, kind, seq })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .updateTable('log_leaf')
    // What was wrong with a body can quote it.
    .set({ body: null, salt: null, problem: null, folded: false, reveals: false })
    .where('workspace_id', '=', workspace)
    .where('record', 'in', ids)
    .where('kind', '=', kind)
    .execute();
  await tx
    .deleteFrom('record')
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind)
    .where('id', 'in', ids)
    .execute();
  await eraseStrays(tx, workspace, kind, new Set(ids));
}

/** Strays are few, and what they are about stands in their envelopes only. */
async function eraseStrays(tx: Tx, workspace: string, kind: string, ids: Set<string>) {
  const strays = await tx
    .selectFrom('stray_change')
    .select(['id', 'envelope_hash', 'envelope'])
    .where('workspace_id', '=', workspace)
    .execute();
  for (const { id, envelope_hash: hash, envelope } of strays) {
    const about = JSON.parse(Buffer.from(envelope).toString('utf8')) as {
      kind: string;
      record: string;
    };
    if (about.kind !== kind || !ids.has(about.record)) continue;
    await tx
      .deleteFrom('stray_change')
      .where('workspace_id', '=', workspace)
      .where('id', '=', id)
      .where('envelope_hash', '=', hash)
      .execute();
  }
}

function byKind(targets: readonly Target[]): Map<string, string[]> {
  const kinds = new Map<string, Set<string>>();
  for (const { kind, id } of targets) {
    if (!isErasable(kind)) continue;
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(id));
  }
  return new Map([...kinds].map(([kind, ids]) => [kind, [...ids]]));
}
