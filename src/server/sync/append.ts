// Appends changes to a workspace's log. The one place that writes leaves and records.

import type { Insertable } from 'kysely';
import { type Envelope, type Leaf, normaliseText } from '../../domain/index.ts';
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
import { nodeHasher } from '../hasher.ts';
import type { Assessed } from './assess.ts';
import { Folding } from './folding.ts';

export type Appended = { results: PushResult[]; size: number };

/**
 * Stores changes that the log does not have yet and folds them, all or nothing. Results are in the
 * order of `changes`. Seqs are gapless and in commit order, since the workspace's row is held from
 * here to the commit; the same lock orders all writing of records.
 */
export async function append(
  db: Db,
  workspace: string,
  changes: Assessed[],
  now: () => number,
): Promise<Appended> {
  return db.transaction().execute(async (tx) => appendWithin(tx, workspace, changes, now));
}

/** The same inside a transaction of the caller, who must hold no other row of `workspace`. */
export async function appendWithin(
  tx: Tx,
  workspace: string,
  changes: Assessed[],
  now: () => number,
): Promise<Appended> {
  const held = await tx
    .selectFrom('workspace')
    .select(['seq', 'clock'])
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();

  const known = await KnownLeaves.read(tx, workspace, changes);
  const fold = await Folding.begin(tx, workspace, changes);
  const leaves: Insertable<Database['log_leaf']>[] = [];
  const strays: Insertable<Database['stray_change']>[] = [];
  const results = new Map<Assessed, PushResult>();
  let { seq, clock } = held;
  const received = now();

  // A device's later change gets a later arrival, so counters rise with n.
  const inOrder = [...changes].sort((a, b) => a.envelope.n - b.envelope.n);
  for (const change of inOrder) {
    const { envelope, verdict } = change;
    const present = known.of(envelope);
    if (present) {
      results.set(change, present.result);
      if (present.stray) strays.push(strayOf(workspace, change, present.stray));
      continue;
    }
    clock = tick(clock, received);
    const arrival = partsOf(clock);
    const rank = rankOf(envelope.at, arrival.ms, arrival.counter);
    const leaf: Leaf = { ...envelope, received: new Date(received).toISOString(), rank };
    const problem = verdict.fold ? null : verdict.reason;
    leaves.push({
      workspace_id: workspace,
      seq: seq++,
      id: envelope.id,
      device: envelope.device,
      n: envelope.n,
      author: envelope.author,
      kind: envelope.kind,
      record: envelope.record,
      rank,
      received: new Date(received),
      leaf: leafBytes(leaf),
      body: bytesOf(change.body),
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
    known.add(envelope, rank, problem);
  }

  await insertAll(tx, 'log_leaf', leaves);
  if (strays.length > 0) {
    await tx
      .insertInto('stray_change')
      .values(strays)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await fold.write();
  if (leaves.length > 0) {
    await tx.updateTable('workspace').set({ seq, clock }).where('id', '=', workspace).execute();
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

/** Multi-row VALUES in slices: PostgreSQL takes 65,535 parameters in a statement. */
async function insertAll(tx: Tx, table: 'log_leaf', rows: Insertable<Database['log_leaf']>[]) {
  for (let from = 0; from < rows.length; from += 1_000) {
    await tx
      .insertInto(table)
      .values(rows.slice(from, from + 1_000))
      .execute();
  }
}

/** Canonical where it can be; half characters have no canonical form and are kept escaped. */
function bytesOf(body: unknown): Uint8Array {
  try {
    return canonicalBytes(body);
  } catch {
    return Buffer.from(JSON.stringify(body));
  }
}

function strayOf(
  workspace: string,
  change: Assessed,
  problem: string,
): Insertable<Database['stray_change']> {
  return {
    workspace_id: workspace,
    id: change.envelope.id,
    envelope_hash: envelopeHash(nodeHasher, change.envelope),
    device: change.envelope.device,
    envelope: canonicalBytes(change.envelope),
    body: bytesOf(change.body),
    salt: normaliseText(change.salt),
    problem,
  };
}

type Known = { result: PushResult; stray?: string };

const ID_TAKEN = 'Another change with this id is stored already. Both are kept.';

/** Leaves that share an id, or a device's number, with what is pushed. */
class KnownLeaves {
  readonly #byId = new Map<string, { hash: string; rank: string; problem: string | null }>();
  readonly #byNumber = new Map<string, string>();

  static async read(tx: Tx, workspace: string, changes: Assessed[]): Promise<KnownLeaves> {
    const known = new KnownLeaves();
    if (changes.length === 0) return known;
    const ids = changes.map(({ envelope }) => envelope.id);
    const device = changes[0]?.envelope.device ?? '';
    const numbers = changes.map(({ envelope }) => envelope.n);
    const rows = await tx
      .selectFrom('log_leaf')
      .select(['leaf', 'problem'])
      .where('workspace_id', '=', workspace)
      .where((where) =>
        where.or([
          where('id', 'in', ids),
          where.and([where('device', '=', device), where('n', 'in', numbers)]),
        ]),
      )
      .execute();
    for (const row of rows) {
      const {
        received: _,
        rank,
        ...envelope
      } = JSON.parse(Buffer.from(row.leaf).toString()) as Leaf;
      known.add(envelope, rank, row.problem);
    }
    return known;
  }

  add(envelope: Envelope, rank: string, problem: string | null) {
    const hash = envelopeHash(nodeHasher, envelope);
    this.#byId.set(envelope.id, { hash, rank, problem });
    this.#byNumber.set(numberOf(envelope), envelope.id);
  }

  of(envelope: Envelope): Known | null {
    const { id } = envelope;
    const same = this.#byId.get(id);
    if (same) {
      if (same.hash !== envelopeHash(nodeHasher, envelope)) return stray(id, ID_TAKEN);
      // Said again as it was said first: an answer may have been lost on its way.
      return same.problem === null
        ? { result: { id, result: 'duplicate', rank: same.rank } }
        : { result: { id, result: 'needs-attention', rank: same.rank, reason: same.problem } };
    }
    if (!this.#byNumber.has(numberOf(envelope))) return null;
    return stray(
      id,
      `Number ${envelope.n} of this device is another change already; a copy of the browser’s profile may be in use. Both are kept: write this one again.`,
    );
  }
}

function stray(id: string, problem: string): Known {
  return { result: { id, result: 'needs-attention', reason: problem }, stray: problem };
}

function numberOf(envelope: Envelope): string {
  return `${envelope.device}/${envelope.n}`;
}
