// Appends changes to a workspace's log. The one place that writes leaves and records.

import type { Insertable } from 'kysely';
import { type Envelope, type Leaf, normaliseText, recordKey } from '../../domain/index.ts';
import {
  canonicalBytes,
  envelopeHash,
  leafBytes,
  type PushResult,
  partsOf,
  rankOf,
  tick,
} from '../../ledger/index.ts';
import type { Database, Db, Tx } from '../database.ts';
import { erase, erasedAmong, type Target } from '../erasure/erased.ts';
import { nodeHasher } from '../hasher.ts';
import type { Assessed } from './assess.ts';
import { Folding } from './folding.ts';

export type Appended = { results: PushResult[]; size: number };

/** A device's signature over the batch: over its change `n`, and by the chain the ones before. */
export type BatchSignature = { device: string; n: number; signature: Uint8Array };

/**
 * Stores changes that the log does not have yet and folds them, all or nothing. Results are in the
 * order of `changes`. Seqs are gapless and in commit order, since the workspace's row is held from
 * here to the commit; the same lock orders all writing of records and of the tree.
 */
export async function append(
  db: Db,
  workspace: string,
  changes: Assessed[],
  now: () => number,
  signature: BatchSignature | null = null,
): Promise<Appended> {
  return inWorkspace(db, workspace, (tx) => appendWithin(tx, workspace, changes, now, signature));
}

/** The same inside a transaction of the caller, who must hold no other row of `workspace`. */
export async function appendWithin(
  tx: Tx,
  workspace: string,
  changes: Assessed[],
  now: () => number,
  signature: BatchSignature | null = null,
): Promise<Appended> {
  const held = await tx
    .selectFrom('workspace')
    .select(['seq', 'clock', 'frontier'])
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();

  const known = await KnownLeaves.read(tx, workspace, changes);
  const fold = await Folding.begin(tx, workspace, changes);
  const leaves: LeafRow[] = [];
  const strays: Insertable<Database['stray_change']>[] = [];
  const results = new Map<Assessed, PushResult>();
  let { seq, clock } = held;
  const time = now();
  const received = new Date(time).toISOString();

  // A device's later change gets a later arrival, so counters rise with n.
  const inOrder = [...changes].sort((a, b) => a.envelope.n - b.envelope.n);
  for (const change of inOrder) {
    const { envelope, verdict } = change;
    const present = known.of(change);
    if (present) {
      results.set(change, present.result);
      if (present.stray) strays.push(strayOf(workspace, change, present.stray));
      continue;
    }
    clock = tick(clock, time);
    const arrival = partsOf(clock);
    const rank = rankOf(envelope.at, arrival.ms, arrival.counter);
    const problem = verdict.fold ? null : verdict.reason;
    leaves.push({
      seq: seq++,
      envelope,
      rank,
      received,
      leaf: leafBytes({ ...envelope, received, rank }),
      body: change.bodyBytes,
      salt: normaliseText(change.salt),
      folded: verdict.fold,
      problem,
      reveals: problem === null && fold.apply(change, rank),
    });
    const result: PushResult =
      problem === null
        ? { id: envelope.id, result: 'accepted', rank }
        : { id: envelope.id, result: 'needs-attention', rank, reason: problem };
    results.set(change, result);
    known.add(change, rank, problem);
  }

  if (leaves.length > 0) {
    const frontier = await growTree(
      tx,
      workspace,
      held.seq,
      await frontierOrBuilt(tx, workspace, held),
      leaves.map(({ leaf }) => leafHash(nodeHasher, leaf)),
    );
    await insertLeaves(tx, workspace, leaves);
    await fold.write();
    await tx
      .updateTable('workspace')
      .set({ seq, clock, frontier: frontierBytes(frontier) })
      .where('id', '=', workspace)
      .execute();
    if (signature) {
      await tx
        .insertInto('log_signature')
        .values({ workspace_id: workspace, ...signature })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
  if (strays.length > 0) {
    await tx
      .insertInto('stray_change')
      .values(strays)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return {
    results: changes.map((change) => {
      const result = results.get(change);
      if (!result) throw new Error('each change has its result');
      return result;
    }),
    size: seq,
  };
}

function strayOf(
  workspace: string,
  change: Assessed,
  problem: string,
): Insertable<Database['stray_change']> {
  return {
    workspace_id: workspace,
    id: change.envelope.id,
    envelope_hash: change.hash,
    device: change.envelope.device,
    envelope: canonicalBytes(change.envelope),
    body: change.bodyBytes,
    salt: normaliseText(change.salt),
    problem,
  };
}
