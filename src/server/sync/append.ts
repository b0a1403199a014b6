// Appends changes to a workspace's log. The one place that writes leaves and records.

import { setImmediate } from 'node:timers/promises';
import type { Insertable } from 'kysely';
import { type Body, type Envelope, normaliseText, recordKey } from '../../domain/index.ts';
import {
  type Frontier,
  leafTextHash,
  leafTextOf,
  type PushResult,
  rankOf,
  tick,
  utf8,
} from '../../ledger/index.ts';
import { type Commit, type Database, type Query, type Tx, together } from '../database.ts';
import { erase, erasedQuery, isErasable, type Target } from '../erasure/erased.ts';
import { nodeHasher } from '../hasher.ts';
import { frontierBytes } from '../log/frontier.ts';
import { frontierOrBuilt, growTree } from '../log/grow.ts';
import { RecentTree } from '../log/recent.ts';
import { prepared } from '../prepared.ts';
import type { Assessed } from './assess.ts';
import { DeviceOwners } from './device-owners.ts';
import { Folding } from './folding.ts';
import { KnownLeaves } from './known.ts';
import { insertLeaves, type LeafRow } from './rows.ts';
import { setOnceProblem } from './set-once.ts';
import type { DeviceKey } from './signed.ts';

export type Appended = { results: PushResult[]; size: number };

/** A device's signature over its change `n`, and by the chain over the ones from `from` on. */
export type BatchSignature = { device: string; from: number; n: number; signature: Uint8Array };

/** A change that the log does not have yet is not covered by the batch's signature. */
export class Uncovered extends Error {}

/** The workspace's tree as it stands, and what its checkpoints begin with (see `originOf`). */
export type Grown = { size: number; frontier: Frontier; origin: string | null };

/**
 * Changes after which PostgreSQL is given what there is to write: it writes while the next ones are
 * folded. With fewer, more statements would cost more than that saves.
 */
const AT_ONCE = 150;

/** What was there when the workspace's row was taken. */
type Held = {
  seq: number;
  clock: string;
  frontier: Frontier;
  origin: string | null;
  known: KnownLeaves;
  fold: Folding;
  owners: DeviceOwners;
  /** record keys */
  erased: Set<string>;
};

/**
 * Appends changes that are no device's push, in a transaction that holds no other row of
 * `workspace`; results are in their order.
 */
export async function append(
  tx: Tx,
  workspace: string,
  changes: Assessed[],
  now: () => number,
): Promise<Appended> {
  const appending = await Appending.begin(tx, workspace, changes, [], now, true);
  const results = await appending.add(changes, null);
  const { size } = await appending.write(new RecentTree());
  return { results, size };
}

/**
 * What a transaction appends to a log, all or nothing. Seqs are gapless and in commit order, since the
 * workspace's row is held from `begin` to the commit; the same lock orders all writing of records
 * and of the tree.
 */
export class Appending {
  readonly #tx: Tx;
  readonly #workspace: string;
  readonly #held: Held;
  /** ms since 1970 */
  readonly #time: number;
  /** That PostgreSQL was not given yet. */
  #leaves: LeafRow[] = [];
  readonly #strays: Insertable<Database['stray_change']>[] = [];
  readonly #signatures: BatchSignature[] = [];
  readonly #erasures: { seq: number; targets: Target[] }[] = [];
  /** Of the leaves whose rows are on their way. */
  readonly #hashes: Uint8Array[] = [];
  readonly #sent: Promise<unknown>[] = [];
  #seq: number;
  #clock: string;

  /**
   * Takes the workspace's row, and reads whatever bears on `changes` (all that will be added) and
   * the keys of `devices`: one question, so that nobody waits for more than PostgreSQL's answer.
   * `byId`: see KnownLeaves; without it this may fail with what `isIdTaken` tells.
   */
  static async begin(
    tx: Tx,
    workspace: string,
    changes: readonly Assessed[],
    devices: readonly string[],
    now: () => number,
    byId: boolean,
  ): Promise<Appending> {
    const envelopes = changes.map(envelopeOf);
    const keys = devices.map((record) => ({ kind: 'device', record }));
    const lock = tx
      .selectFrom('workspace')
      .select(['seq', 'clock', 'frontier', 'origin'])
      .where('id', '=', workspace)
      .forUpdate();
    // In this order: each statement sees what was committed when it began, and those behind the
    // first begin once the row is held.
    const [[[held], erased], known, present, owners] = await Promise.all([
      together(tx, [prepared(lock), erasedQuery(tx, workspace, envelopes)]),
      together(tx, KnownLeaves.queries(tx, workspace, changes, byId)),
      together(tx, Folding.queries(tx, workspace, [...envelopes, ...keys])),
      together(tx, DeviceOwners.queries(tx, workspace, changes)),
    ]);
    if (held === undefined) throw new Error('there is no such workspace');
    return new Appending(tx, workspace, now(), {
      ...held,
      frontier: await frontierOrBuilt(tx, workspace, held),
      known: KnownLeaves.of(known.flat()),
      fold: new Folding(present.flat()),
      owners: new DeviceOwners(owners.flat()),
      erased: new Set(erased.map(({ kind, record }) => recordKey(kind, record))),
    });
  }

  private constructor(tx: Tx, workspace: string, now: number, held: Held) {
    this.#tx = tx;
    this.#workspace = workspace;
    this.#time = now;
    this.#held = held;
    this.#seq = held.seq;
    this.#clock = held.clock;
  }

  /** The device's key as the log has it, with what was added so far. It was named to `begin`. */
  keyOf(device: string): DeviceKey {
    const { fold } = this.#held;
    const publicKey = fold.valueOf('device', device, 'publicKey');
    return {
      publicKey: typeof publicKey === 'string' ? publicKey : null,
      revoked: fold.valueOf('device', device, 'revoked') === true,
    };
  }

  /**
   * Adds what was pushed together and is not in the log yet, and folds it. Results are in the order
   * of `changes`. Throws Uncovered when `signature` leaves a new change out; then nothing of this
   * may be written. Not to be called again before it is done.
   */
  async add(changes: readonly Assessed[], signature: BatchSignature | null): Promise<PushResult[]> {
    const { known, fold, owners, erased } = this.#held;
    const results = new Map<Assessed, PushResult>();
    const before = this.#seq;
    const received = new Date(this.#time).toISOString();
    known.beginPush();

    // A device's later change gets a later arrival, so counters rise with n.
    const inOrder = [...changes].sort(byNumber);
    for (const change of inOrder) {
      const { envelope, verdict } = change;
      const isErased = erased.size > 0 && erased.has(recordKey(envelope.kind, envelope.record));
      const present = known.of(change);
      if (present) {
        if (isErased && present.result.result === 'duplicate') present.result.result = 'erased';
        results.set(change, present.result);
        // Its body would outlive the record it is about.
        if (present.stray && !isErased) this.#addStray(change, present.stray);
        continue;
      }
      if (signature && (envelope.n < signature.from || envelope.n > signature.n)) {
        throw new Uncovered();
      }
      this.#clock = tick(this.#clock, this.#time);
      const rank = rankOf(envelope.at, this.#clock);
      const problem = verdict.fold
        ? (owners.problemOf(change, fold) ?? setOnceProblem(change, fold))
        : verdict.reason;
      const folds = problem === null && !isErased;
      if (folds && verdict.fold && envelope.kind === 'erasure') {
        const targets = targetsOf(verdict.body);
        for (const { kind, id } of targets) erased.add(recordKey(kind, id));
        this.#erasures.push({ seq: this.#seq, targets });
      }
      this.#leaves.push({
        seq: this.#seq++,
        envelope,
        leaf: leafTextOf(change.text, received, rank),
        body: isErased ? null : change.bodyText,
        salt: isErased ? null : normaliseText(change.salt),
        folded: folds && verdict.fold,
        problem: isErased ? null : problem,
        reveals: folds && fold.apply(change, rank),
      });
      results.set(change, resultOf(envelope.id, rank, isErased, problem));
      known.add(change, rank, problem);
      if (this.#leaves.length >= AT_ONCE) await this.#sendLeaves();
    }

    if (signature && this.#seq > before) this.#signatures.push(signature);
    const told: PushResult[] = [];
    for (const change of changes) {
      const result = results.get(change);
      if (!result) throw new Error('each change has its result');
      told.push(result);
    }
    return told;
  }

  /**
   * Writes what was added, with `commit` also the commit, and returns the tree. `recent` is what the
   * caller has seen of the tree before, and learns of it once this is committed.
   */
  async write(recent: RecentTree, commit?: Commit): Promise<Grown> {
    try {
      return await this.#write(recent, commit);
    } catch (error) {
      // What failed first is the one to know: those behind it only say that something did.
      await Promise.all(this.#sent);
      throw error;
    }
  }

  async #write(recent: RecentTree, commit?: Commit): Promise<Grown> {
    const { seq: size, frontier, origin, fold } = this.#held;
    await this.#sendLeaves();
    for (const records of fold.writes(this.#tx, this.#workspace, AT_ONCE))
      await this.#send(records);
    const hashes = this.#hashes;
    const grown = await growTree(this.#tx, this.#workspace, { size, frontier }, hashes, recent);
    const rest: Query[] = [
      ...grown.writes,
      ...this.#moveWorkspace(grown.frontier),
      ...this.#keepSignatures(),
      ...this.#keepStrays(),
    ];
    if (this.#erasures.length > 0) {
      // What is erased has to be there first.
      await this.#send(rest.splice(0));
      for (const { seq, targets } of this.#erasures) {
        await erase(this.#tx, this.#workspace, seq, targets);
      }
    }
    const last = commit ? commit(...rest) : together(this.#tx, rest);
    await Promise.all([...this.#sent, last]);
    if (commit) recent.grew({ size, frontier }, hashes, grown.frontier);
    return { size: this.#seq, frontier: grown.frontier, origin };
  }

  /** Their hashes are taken while PostgreSQL writes them. */
  async #sendLeaves(): Promise<void> {
    const some = this.#leaves;
    this.#leaves = [];
    await this.#send(insertLeaves(this.#tx, this.#workspace, some));
    for (const { leaf } of some) this.#hashes.push(leafTextHash(nodeHasher, leaf));
  }

  /** Hands these to PostgreSQL, and waits for no answer: that is for `write`. */
  async #send(queries: Query[]): Promise<void> {
    if (queries.length === 0) return;
    const sent = together(this.#tx, queries);
    sent.catch(() => undefined);
    this.#sent.push(sent);
    // Not sooner does it reach the network.
    await setImmediate();
  }

  #moveWorkspace(frontier: Frontier): Query[] {
    if (this.#seq === this.#held.seq) return [];
    return [
      prepared(
        this.#tx
          .updateTable('workspace')
          .set({ seq: this.#seq, clock: this.#clock, frontier: frontierBytes(frontier) })
          .where('id', '=', this.#workspace),
      ),
    ];
  }

  #keepSignatures(): Query[] {
    if (this.#signatures.length === 0) return [];
    return [
      prepared(
        this.#tx
          .insertInto('log_signature')
          .values(
            this.#signatures.map(({ device, n, signature }) => ({
              workspace_id: this.#workspace,
              device,
              n,
              signature,
            })),
          )
          .onConflict((conflict) => conflict.doNothing()),
      ),
    ];
  }

  #addStray(change: Assessed, problem: string) {
    this.#strays.push({
      workspace_id: this.#workspace,
      id: change.envelope.id,
      envelope_hash: change.hash,
      device: change.envelope.device,
      envelope: utf8(change.text),
      body: utf8(change.bodyText),
      salt: normaliseText(change.salt),
      problem,
    });
  }

  #keepStrays(): Query[] {
    if (this.#strays.length === 0) return [];
    return [
      this.#tx
        .insertInto('stray_change')
        .values(this.#strays)
        .onConflict((conflict) => conflict.doNothing()),
    ];
  }
}

// Functions of their own, where an arrow in each push would be compiled again for each.
function envelopeOf({ envelope }: Assessed): Envelope {
  return envelope;
}

function byNumber(a: Assessed, b: Assessed): number {
  return a.envelope.n - b.envelope.n;
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
