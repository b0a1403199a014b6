// What the log has already of the changes that are pushed: the same ones, sent again because an
// answer was lost, and others under their id or their number.
import { sql } from 'kysely';
import type { Envelope, Leaf } from '../../domain/index.ts';
import { envelopeHash, type PushResult } from '../../ledger/index.ts';
import { anyOf, binaryArray } from '../arrays.ts';
import type { Query, Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import { prepared } from '../prepared.ts';
import type { Assessed } from './assess.ts';

/** `stray`: why it is kept beside the log. */
export type Known = { result: PushResult; stray?: string };

type Stored = { envelope: Envelope; hash: string; rank: string; problem: string | null };

type LeafRow = { leaf: Uint8Array; problem: string | null };

type Pushed = Pick<Assessed, 'envelope' | 'hash'>;

/**
 * Numbers that a range may name besides those asked about. Who leaves gaps in a chain could have all of
 * a log read otherwise.
 */
const MOST_SPARE = 1_000;

const ID_TAKEN = 'Another change with this id is stored already. Both are kept.';

export class KnownLeaves {
  readonly #byId = new Map<string, Stored>();
  /** device → n → the envelope's hash */
  readonly #byNumber = new Map<string, Map<number, string>>();
  /** From this number on a copy of the pushing device has gone another way. */
  #forkedAt = Number.POSITIVE_INFINITY;

  /**
   * Asks for what the log has of each device under their numbers, and if `byId` also under their ids.
   * That costs as much as writing them, and finds more only where copies of a profile are in use: who
   * leaves it out asks again where an id was taken (`isIdTaken`). Whoever asks holds the workspace's row.
   */
  static queries(
    tx: Tx,
    workspace: string,
    changes: readonly Assessed[],
    byId: boolean,
  ): Query<LeafRow>[] {
    const leaves = () =>
      tx.selectFrom('log_leaf').select(['leaf', 'problem']).where('workspace_id', '=', workspace);
    const devices = Map.groupBy(changes, deviceOf);
    const queries: Query<LeafRow>[] = [...devices].map(([device, own]) => {
      const numbers = own.map(numberOf);
      const [least, most] = [numbers.reduce(smaller) - 1, numbers.reduce(larger)];
      const theirs = leaves().where('device', '=', device);
      if (most - least > MOST_SPARE + numbers.length) {
        const named = binaryArray('bigint', [...numbers, ...numbers.map((n) => n - 1)]);
        return prepared(theirs.where('n', '=', sql<number>`any(${named}::bigint[])`));
      }
      // A chain has no gaps, so a range names its numbers, with the change before them.
      return prepared(theirs.where('n', '>=', least).where('n', '<=', most));
    });
    if (byId) {
      queries.push(leaves().where('id', '=', anyOf(changes.map(({ envelope }) => envelope.id))));
    }
    return queries;
  }

  static of(rows: readonly LeafRow[]): KnownLeaves {
    const known = new KnownLeaves();
    for (const { leaf, problem } of rows) {
      const { received: _, rank, ...envelope } = JSON.parse(textOf(leaf)) as Leaf;
      known.add({ envelope, hash: envelopeHash(nodeHasher, envelope) }, rank, problem);
    }
    return known;
  }

  /** What is asked about from here on was pushed together, by one device. */
  beginPush() {
    this.#forkedAt = Number.POSITIVE_INFINITY;
  }

  add({ envelope, hash }: Pushed, rank: string, problem: string | null) {
    this.#byId.set(envelope.id, { envelope, hash, rank, problem });
    const own = this.#byNumber.get(envelope.device);
    if (own) own.set(envelope.n, hash);
    else this.#byNumber.set(envelope.device, new Map([[envelope.n, hash]]));
  }

  /** What is answered to a change that the log has, or cannot have any more; null: it is new. */
  of({ envelope, hash }: Pushed): Known | null {
    const { id, n } = envelope;
    const same = this.#byId.get(id);
    if (same?.hash === hash) {
      // Said again as it was said first: an answer may have been lost on its way.
      return same.problem === null
        ? { result: { id, result: 'duplicate', rank: same.rank } }
        : { result: { id, result: 'needs-attention', rank: same.rank, reason: same.problem } };
    }
    // Before what its number says: all that the other copy has sent is settled in one answer, or the
    // device would have to begin anew for each of them.
    if (same && isSealedAnew(same.envelope, envelope)) {
      this.#forkedAt = Math.min(this.#forkedAt, n + 1);
      return { result: { id, result: 'duplicate', rank: same.rank, elsewhere: true } };
    }
    if (this.#isForked(envelope)) {
      // What comes after it hangs on it: the device goes on as another one from here (SPEC 4.4).
      this.#forkedAt = Math.min(this.#forkedAt, n);
      return { result: { id, result: 'number-taken', reason: numberTaken(n) } };
    }
    if (same) {
      return { result: { id, result: 'needs-attention', reason: ID_TAKEN }, stray: ID_TAKEN };
    }
    return null;
  }

  #isForked(envelope: Envelope): boolean {
    if (envelope.n >= this.#forkedAt) return true;
    const own = this.#byNumber.get(envelope.device);
    if (own?.has(envelope.n)) return true;
    const before = own?.get(envelope.n - 1);
    return before !== undefined && before !== envelope.prevHash;
  }
}

/** Whether a change could not be stored since the log has its id already. */
export function isIdTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  // Citus adds the number of the part of the table.
  return code === '23505' && String(constraint).startsWith('log_leaf_workspace_id_id_key');
}

/**
 * Two copies of a profile went on as devices of their own, and both sealed what waited in it: one
 * change, by one person. The second is not stored, so what hangs on it goes out again (SPEC 4.4).
 */
function isSealedAnew(a: Envelope, b: Envelope): boolean {
  return (
    a.device !== b.device && a.author === b.author && a.kind === b.kind && a.record === b.record
  );
}

function numberTaken(n: number): string {
  return `Number ${n} of this browser was used for another change: a copy of its profile is in use. This one goes out again under a name of its own.`;
}

function deviceOf({ envelope }: Pushed): string {
  return envelope.device;
}

function numberOf({ envelope }: Pushed): number {
  return envelope.n;
}

function smaller(a: number, b: number): number {
  return Math.min(a, b);
}

function larger(a: number, b: number): number {
  return Math.max(a, b);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
