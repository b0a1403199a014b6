// Inclusion and consistency proofs (RFC 6962, 2.1.1 and 2.1.2), and their verification as RFC 9162,
// 2.1.3.2 and 2.1.4.2 write it down (SPEC 9). Sizes go past 32 bits, so nothing here shifts bits.
import type { Hasher } from './hasher.ts';
import {
  emptyRoot,
  HASH_BYTES,
  nodeHash,
  requireSize,
  rootOf,
  sameHash,
  subtreesOf,
} from './tree.ts';

/** The root of the perfect subtree of 2^level leaves from index × 2^level on. */
export type HashReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** Hashes from the leaf's neighbour up to the root. A RangeError when there is no such leaf. */
export async function inclusionProof(
  hasher: Hasher,
  index: number,
  size: number,
  read: HashReader,
): Promise<Uint8Array[]> {
  requireSize(size);
  requireSize(index);
  if (index >= size) throw new RangeError('no such leaf in the tree');
  const path: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + largestBelow(end - start);
    const inLeft = index < middle;
    path.push(
      await (inLeft
        ? rangeRoot(hasher, middle, end, read)
        : rangeRoot(hasher, start, middle, read)),
    );
    if (inLeft) end = middle;
    else start = middle;
  }
  return path.reverse();
}

/**
 * What shows that the tree of `to` leaves begins with the one of `from`; empty when `from` is 0 or
 * both are one size. A RangeError when `from` is the larger.
 */
export async function consistencyProof(
  hasher: Hasher,
  from: number,
  to: number,
  read: HashReader,
): Promise<Uint8Array[]> {
  requireSize(from);
  requireSize(to);
  if (from > to) throw new RangeError('a tree does not begin with a larger one');
  if (from === 0 || from === to) return [];
  const path: Uint8Array[] = [];
  let start = 0;
  let end = to;
  while (end !== from) {
    const middle = start + largestBelow(end - start);
    const inLeft = from <= middle;
    path.push(
      await (inLeft
        ? rangeRoot(hasher, middle, end, read)
        : rangeRoot(hasher, start, middle, read)),
    );
    if (inLeft) end = middle;
    else start = middle;
  }
  // The first tree's root itself is known to whoever asks.
  if (start > 0) path.push(await rangeRoot(hasher, start, end, read));
  return path.reverse();
}

/** Whether `proof` leads from the leaf at `index` to the root. False on whatever is malformed. */
export function verifyInclusion(
  hasher: Hasher,
  leafHash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const other of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(hasher, other, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      hash = nodeHash(hasher, hash, other);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

/**
 * Whether the tree of `to` leaves begins with the one of `from`. Every tree begins with the empty
 * one; a tree begins with itself; both without a proof. False on whatever is malformed.
 */
export function verifyConsistency(
  hasher: Hasher,
  from: number,
  fromRoot: Uint8Array,
  to: number,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(from) || !isSize(to) || from > to) return false;
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === 0 && !sameHash(fromRoot, emptyRoot(hasher))) return false;
  if (from === to) return proof.length === 0 && sameHash(fromRoot, toRoot);
  if (from === 0) return proof.length === 0;
  let node = from - 1;
  let last = to - 1;
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // A first tree that is one perfect subtree of the second stands for itself.
  const [first, ...rest] = node === 0 ? [fromRoot, ...proof] : proof;
  if (first === undefined) return false;
  let before = first;
  let after = first;
  for (const other of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = nodeHash(hasher, other, before);
      after = nodeHash(hasher, other, after);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      after = nodeHash(hasher, after, other);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(before, fromRoot) && sameHash(after, toRoot);
}

/** The root over the leaves from `start` up to `end`, of perfect subtrees. */
async function rangeRoot(
  hasher: Hasher,
  start: number,
  end: number,
  read: HashReader,
): Promise<Uint8Array> {
  const roots: Uint8Array[] = [];
  for (const { level, index } of subtreesOf(end - start, start)) {
    roots.push(await read(level, index));
  }
  return rootOf(hasher, roots);
}

/** The largest power of two below `count`: where RFC 6962 splits. */
function largestBelow(count: number): number {
  const largest = 2 ** (subtreesOf(count)[0]?.level ?? 0);
  return largest === count ? largest / 2 : largest;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}
