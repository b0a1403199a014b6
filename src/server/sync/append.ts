// Appends changes to a workspace's log. The one place that writes leaves and records.

import type { Insertable } from 'kysely';
import { type Body, normaliseText, recordKey } from '../../domain/index.ts';
import {
  canonicalBytes,
  leafBytes,
  leafHash,
  type PushResult,
  partsOf,
  rankOf,
  tick,
} from '../../ledger/index.ts';
import type { Database, Tx } from '../database.ts';
import { erase, erasedAmong, isErasable, type Target } from '../erasure/erased.ts';
import { nodeHasher } from '../hasher.ts';
import { frontierBytes } from '../log/frontier.ts';
import { frontierOrBuilt, growTree } from '../log/grow.ts';
import type { Assessed } from './assess.ts';
import { DeviceOwners } from './device-owners.ts';
import { Folding } from './folding.ts';
import { KnownLeaves } from './known.ts';
import { insertLeaves, type LeafRow } from './rows.ts';

export type Appended = { results: PushResult[]; size: number };

/** A device's signature over its change `n`, and by the chain over the ones from `from` on. */
export type BatchSignature = { device: string; from: number; n: number; signature: Uint8Array };

/** A change that the log does not have yet is not covered by the batch's signature. */
export class Uncovered extends Error {}

/**
 * Stores changes that the log does not have yet and folds them, all or nothing with the rest of the
 * transaction, which must hold no other row of `workspace`. Results are in the order of `changes`.
 * Seqs are gapless and in commit order, since the workspace's row is held from here to the commit;
 * the same lock orders all writing of records and of the tree. Rejects with Uncovered when
 * `signature` leaves a new change out.
 */
export async function append(
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
  const owners = await DeviceOwners.read(tx, workspace, changes);
  const envelopes = changes.map(({ envelope }) => envelope);
  const erased = await erasedAmong(tx, workspace, envelopes);
  const erasures: { seq: number; targets: Target[] }[] = [];
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
    const isErased = erased.has(recordKey(envelope.kind, envelope.record));
    const present = known.of(change);
    if (present) {
      if (isErased && present.result.result === 'duplicate') present.result.result = 'erased';
      results.set(change, present.result);
      // Its body would outlive the record it is about.
      if (present.stray && !isErased) strays.push(strayOf(workspace, change, present.stray));
      continue;
    }
    if (signature && (envelope.n < signature.from || envelope.n > signature.n)) {
      throw new Uncovered();
    }
    clock = tick(clock, time);
    const arrival = partsOf(clock);
    const rank = rankOf(envelope.at, arrival.ms, arrival.counter);
    const problem = verdict.fold ? owners.problemOf(change, fold) : verdict.reason;
    const folds = problem === null && !isErased;
    if (folds && verdict.fold && envelope.kind === 'erasure') {
      const targets = targetsOf(verdict.body);
      for (const { kind, id } of targets) erased.add(recordKey(kind, id));
      erasures.push({ seq, targets });
    }
    leaves.push({
      seq: seq++,
      envelope,
      rank,
      received,
      leaf: leafBytes({ ...envelope, received, rank }),
      body: isErased ? null : change.bodyBytes,
      salt: isErased ? null : normaliseText(change.salt),
      folded: folds && verdict.fold,
      problem: isErased ? null : problem,
      reveals: folds && fold.apply(change, rank),
    });
    results.set(change, resultOf(envelope.id, rank, isErased, problem));
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
    for (const { seq, targets } of erasures) await erase(tx, workspace, seq, targets);
    await tx
      .updateTable('workspace')
      .set({ seq, clock, frontier: frontierBytes(frontier) })
      .where('id', '=', workspace)
      .execute();
    if (signature) {
      await tx
        .insertInto('log_signature')
        .values({
          workspace_id: workspace,
          device: signature.device,
          n: signature.n,
          signature: signature.signature,
        })
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

function resultOf(id: string, rank: string, isErased: boolean, problem: string | null): PushResult {
  if (isErased) return { id, result: 'erased', rank };
  if (problem === null) return { id, result: 'accepted', rank };
  return { id, result: 'needs-attention', rank, reason: problem };
}

/** What an erasure names. Its body was checked against its kind's schema. */
function targetsOf({ targets }: Body): Target[] {
  const named = Array.isArray(targets) ? (targets as Target[]) : [];
  return named.filter(({ kind }) => isErasable(kind));
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
