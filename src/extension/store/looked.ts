// What can be said of a pulled row by itself: its leaf's hash, whether its body is the one it was sealed
// with, and how it is stored. In a long pull that is most of what there is to compute, and it is done
// of the next page while the browser writes the one before to the disk.
import { type Envelope, envelope, type Leaf } from '../../domain/index.ts';
import {
  type Hasher,
  leafText,
  leafTextHash,
  type PulledChange,
  parsedLeafText,
} from '../../ledger/index.ts';
import { bodyFits, isUnderstood } from './fits.ts';
import type { StoredChange } from './schema.ts';
import { turn } from './turn.ts';

export type Looked = {
  /** null: it has no canonical form. */
  hash: Uint8Array | null;
  /** As it is stored, folded when its body is the one it was sealed with, and understood. */
  change: StoredChange;
  /** false: there is a body to be folded, and it is not the one that was sealed. */
  fits: boolean;
};

const known = new WeakMap<PulledChange, Looked>();

export function lookedAt(hasher: Hasher, row: PulledChange): Looked {
  const present = known.get(row);
  if (present !== undefined) return present;
  const judgement = judged(hasher, row);
  const looked = { hash: hashOf(hasher, row.leaf, judgement.change), ...judgement };
  known.set(row, looked);
  return looked;
}

/** Rows that are looked at before others get their turn: some milliseconds. */
const AT_A_STRETCH = 200;

/** Looks at these, with turns for others in between. */
export async function lookAhead(hasher: Hasher, rows: readonly PulledChange[]): Promise<void> {
  for (const [at, row] of rows.entries()) {
    if (at % AT_A_STRETCH === 0) await turn();
    lookedAt(hasher, row);
  }
}

function hashOf(
  hasher: Hasher,
  leaf: PulledChange['leaf'],
  { envelope }: StoredChange,
): Uint8Array | null {
  try {
    // Of a later version it is not known what its members hold.
    const text = envelope === null ? leafText(leaf as Leaf) : parsedLeafText(leaf as Leaf);
    return leafTextHash(hasher, text);
  } catch {
    return null;
  }
}

function judged(hasher: Hasher, row: PulledChange): Omit<Looked, 'hash'> {
  const { leaf, salt, body } = row;
  const { received: _received, rank, ...rest } = leaf;
  const stored: StoredChange = {
    ...{ id: leaf.id, kind: leaf.kind, record: leaf.record, author: leaf.author, rank },
    folded: false,
    envelope: isKnownEnvelope(rest) ? rest : null,
    salt,
    base: leaf.base ?? null,
    body: body as StoredChange['body'],
  };
  if (stored.envelope === null) stored.leaf = leaf;
  if (body === null || stored.body === null || row.problem !== undefined) {
    return { change: stored, fits: true };
  }
  if (stored.envelope === null) return { change: { ...stored, unfolded: 1 }, fits: true };
  if (!bodyFits(hasher, stored)) return { change: stored, fits: false };
  const change: StoredChange = isUnderstood(stored)
    ? { ...stored, folded: true }
    : { ...stored, unfolded: 1 };
  return { change, fits: true };
}

/** Its members were checked when the answer was read; a later version has others beside them. */
function isKnownEnvelope(sealed: { v: number }): sealed is Envelope {
  return sealed.v === 1 && Object.keys(sealed).every((name) => Object.hasOwn(envelope.shape, name));
}
