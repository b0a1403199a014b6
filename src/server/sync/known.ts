// What the log has already of the changes that are pushed: the same ones, sent again because an
// answer was lost, and others under their id or their number.
import { sql } from 'kysely';
import type { Envelope, Leaf } from '../../domain/index.ts';
import { envelopeHash, type PushResult } from '../../ledger/index.ts';
import type { Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import type { Assessed } from './assess.ts';

/** `stray`: why it is kept beside the log. */
export type Known = { result: PushResult; stray?: string };

type Stored = { envelope: Envelope; hash: string; rank: string; problem: string | null };

type Pushed = Pick<Assessed, 'envelope' | 'hash'>;

const ID_TAKEN = 'Another change with this id is stored already. Both are kept.';

export class KnownLeaves {
  readonly #byId = new Map<string, Stored>();
  /** "device/n" → the envelope's hash */
  readonly #byNumber = new Map<string, string>();
  /** From this number on a copy of the device has gone another way. */
  #forkedAt = Number.POSITIVE_INFINITY;

  /** `changes` are of one device. The caller holds the workspace's row. */
  static async read(tx: Tx, workspace: string, changes: Assessed[]): Promise<KnownLeaves> {
    const known = new KnownLeaves();
    const [first] = changes;
    if (first === undefined) return known;
    const ids = changes.map(({ envelope }) => envelope.id);
    const numbers = changes.map(({ envelope }) => envelope.n);
    const query = tx
      .selectFrom('log_leaf')
      .select(['leaf', 'problem'])
      .where('workspace_id', '=', workspace);
    const rows = [
      ...(await query.where('id', '=', sql<string>`any(${ids}::uuid[])`).execute()),
      // A chain has no gaps, so a range names its numbers, with the change before them.
      ...(await query
        .where('device', '=', first.envelope.device)
        .where('n', '>=', numbers.reduce((least, n) => Math.min(least, n)) - 1)
        .where(
          'n',
          '<=',
          numbers.reduce((most, n) => Math.max(most, n)),
        )
        .execute()),
    ];
    for (const { leaf, problem } of rows) {
      const { received: _, rank, ...envelope } = JSON.parse(textOf(leaf)) as Leaf;
      known.add({ envelope, hash: envelopeHash(nodeHasher, envelope) }, rank, problem);
    }
    return known;
  }

  add({ envelope, hash }: Pushed, rank: string, problem: string | null) {
    this.#byId.set(envelope.id, { envelope, hash, rank, problem });
    this.#byNumber.set(numberOf(envelope, envelope.n), hash);
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
    if (this.#isForked(envelope)) {
      // What comes after it hangs on it: the device goes on as another one from here (SPEC 4.4).
      this.#forkedAt = Math.min(this.#forkedAt, n);
      return { result: { id, result: 'number-taken', reason: numberTaken(n) } };
    }
    if (same && isSealedAnew(same.envelope, envelope)) {
      this.#forkedAt = Math.min(this.#forkedAt, n + 1);
      return { result: { id, result: 'duplicate', rank: same.rank } };
    }
    if (same) {
      return { result: { id, result: 'needs-attention', reason: ID_TAKEN }, stray: ID_TAKEN };
    }
    return null;
  }

  #isForked(envelope: Envelope): boolean {
    if (envelope.n >= this.#forkedAt) return true;
    if (this.#byNumber.has(numberOf(envelope, envelope.n))) return true;
    const before = this.#byNumber.get(numberOf(envelope, envelope.n - 1));
    return before !== undefined && before !== envelope.prevHash;
  }
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

function numberOf({ device }: Envelope, n: number): string {
  return `${device}/${n}`;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
