// How a change is shown to be in the log (SPEC 16.5).
import {
  type Hasher,
  hashAt,
  sameHash,
  TILE_WIDTH,
  tilePath,
  tileWidth,
  verifyInclusion,
} from '../ledger/index.ts';
import { textOf } from './bytes.ts';
import { type Manifest, MOST_PROOFS } from './manifest.ts';
import { parseProof, proofName } from './proof-file.ts';
import type { BundleReading } from './reading.ts';
import { provenTiles } from './tiles.ts';

export type Problem = { words: string; file?: string };

/** What is wrong with the change of this number and leaf hash, or null. */
export type InLog = (seq: number, hash: Uint8Array) => Problem | null | Promise<Problem | null>;

/** A checkpoint, and the note it stands in. */
export type SignedCheckpoint = { origin: string; size: number; root: Uint8Array; note: string };

export async function inLogOf(
  hasher: Hasher,
  manifest: Manifest,
  checkpoint: SignedCheckpoint,
  reading: BundleReading,
): Promise<InLog> {
  const { size } = checkpoint;
  const shown = await howShown(hasher, manifest, checkpoint, reading);
  return (seq, hash) => {
    if (seq < size) return shown(seq, hash);
    return { words: `Change ${seq} is not among the ${size} that the checkpoint is of.` };
  };
}

async function howShown(
  hasher: Hasher,
  manifest: Manifest,
  checkpoint: SignedCheckpoint,
  reading: BundleReading,
): Promise<InLog> {
  if (manifest.files.some(({ name }) => name.startsWith('tile/'))) {
    const tiles = await provenTiles(hasher, checkpoint, manifest, reading);
    return (seq, hash) => inTile(tiles, checkpoint.size, seq, hash);
  }
  // The root over all leaves shows it at the end: each leaf's own proof would hold hashes of the same
  // tree against the same root.
  if (manifest.whole && manifest.changes.all > MOST_PROOFS) return () => null;
  return (seq, hash) => byProof(hasher, checkpoint, reading, seq, hash);
}

function inTile(
  tiles: ReadonlyMap<string, Uint8Array>,
  size: number,
  seq: number,
  hash: Uint8Array,
): Problem | null {
  const index = Math.floor(seq / TILE_WIDTH);
  const tile = tiles.get(tilePath(0, index, tileWidth(size, 0, index)));
  if (tile === undefined) return { words: `No proven tile has the hash of change ${seq}.` };
  if (sameHash(hashAt(tile, seq % TILE_WIDTH), hash)) return null;
  return { words: `The leaf of change ${seq} is not the one in the log.` };
}

async function byProof(
  hasher: Hasher,
  { size, root, note }: SignedCheckpoint,
  reading: BundleReading,
  seq: number,
  hash: Uint8Array,
): Promise<Problem | null> {
  const file = proofName(seq);
  if (!reading.has(file)) return { words: `The proof of change ${seq} is missing.`, file };
  const bytes = await reading.whole(file);
  const proof = parseProof(textOf(bytes ?? new Uint8Array(0)) ?? '');
  if (proof === null) return { words: 'It is no proof as c2sp.org/tlog-proof has them.', file };
  if (proof.index !== seq) {
    return { words: `It is the proof of change ${proof.index}, not of ${seq}.`, file };
  }
  if (proof.checkpoint !== note) {
    return { words: 'It is of another checkpoint than checkpoint.txt.', file };
  }
  if (verifyInclusion(hasher, hash, seq, size, proof.hashes, root)) return null;
  return { words: `The leaf of change ${seq} is not the one in the log, or its proof is wrong.` };
}
