// The Merkle tree of RFC 6962, 2.1 (SPEC 8). A tree of n leaves is the perfect subtrees that n is
// the sum of, largest first: 11 leaves are 8 + 2 + 1. Their roots are all that appending needs.
import { passingUtf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';

export const HASH_BYTES = 32;

/** Roots of the perfect subtrees, largest first: as many as the size has binary ones. */
export type Frontier = Uint8Array[];

// Written anew for each hash: a hasher keeps nothing of what it is given.
const pair = new Uint8Array(1 + 2 * HASH_BYTES).fill(0x01, 0, 1);
// Leaves are about 500 bytes; a longer one gets bytes of its own.
const short = new Uint8Array(2_048);

/** SHA-256(0x00 ‖ leaf bytes): no leaf can be taken for a node. */
export function leafHash(hasher: Hasher, leafBytes: Uint8Array): Uint8Array {
  const length = 1 + leafBytes.length;
  const bytes = length <= short.length ? short.subarray(0, length) : new Uint8Array(length);
  bytes.set(leafBytes, 1);
  return hasher.sha256(bytes);
}

/** The same of a leaf that is text. */
export function leafTextHash(hasher: Hasher, leaf: string): Uint8Array {
  const bytes = passingUtf8(leaf, 1);
  bytes[0] = 0x00;
  return hasher.sha256(bytes);
}

/** SHA-256(0x01 ‖ left ‖ right). Throws a RangeError when one of them is no hash. */
export function nodeHash(hasher: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) {
    throw new RangeError('a node is made of two hashes');
  }
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hasher.sha256(pair);
}

/** SHA-256 of nothing: the root of a tree without leaves. */
export function emptyRoot(hasher: Hasher): Uint8Array {
  return hasher.sha256(new Uint8Array(0));
}

/** The tree after `leafHashes` are appended. What comes in is not changed. */
export function extend(
  hasher: Hasher,
  size: number,
  frontier: Frontier,
  leafHashes: Iterable<Uint8Array>,
): { size: number; frontier: Frontier } {
  requireSize(size);
  if (frontier.length !== onesOf(size)) {
    throw new RangeError('the frontier is not one of this size');
  }
  const roots = [...frontier];
  let count = size;
  for (const leaf of leafHashes) {
    let root = leaf;
    // Each binary one at the end of the size is a subtree as large as the one carried.
    for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = roots.pop();
      if (left === undefined) throw new Error('as many roots as binary ones');
      root = nodeHash(hasher, left, root);
    }
    roots.push(root);
    count += 1;
  }
  return { size: count, frontier: roots };
}

/** Binary ones of a size. */
function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** The root of the tree whose perfect subtrees these are. */
export function rootOf(hasher: Hasher, frontier: Frontier): Uint8Array {
  const last = frontier.at(-1);
  if (last === undefined) return emptyRoot(hasher);
  return frontier.slice(0, -1).reduceRight((right, left) => nodeHash(hasher, left, right), last);
}

/** A perfect subtree: the leaves from index × 2^level on, 2^level of them. */
export type Subtree = { level: number; index: number };

/**
 * The perfect subtrees that hold `count` leaves from `start` on, largest first. `start` must be a
 * multiple of the largest one, as it is for whatever RFC 6962 splits off.
 */
export function subtreesOf(count: number, start = 0): Subtree[] {
  requireSize(count);
  requireSize(start);
  const subtrees: Subtree[] = [];
  let from = start;
  let left = count;
  while (left > 0) {
    const level = Math.floor(Math.log2(left));
    // Rounding takes log2 of sizes just below a large power of two up to it.
    const exact = 2 ** level > left ? level - 1 : level;
    subtrees.push({ level: exact, index: from / 2 ** exact });
    from += 2 ** exact;
    left -= 2 ** exact;
  }
  return subtrees;
}

/** Throws a RangeError on what cannot be a number of leaves. */
export function requireSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError('no number of leaves');
}

/** Not in constant time: hashes of a log are no secrets. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
