// A second implementation of the tree, straight from the recursive definitions of RFC 6962, 2.1: by
// ranges of leaves, no perfect subtrees, no frontier, no tiles. What ours is held against.
import { hash } from 'node:crypto';

const NODE = Buffer.of(0x01);
const LEAF = Buffer.of(0x00);

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  Buffer.from(hash('sha256', Buffer.concat(parts), 'hex'), 'hex');

/** D: the leaves. Roots of ranges are remembered, so that thousands of proofs are affordable. */
export class NaiveTree {
  readonly #leaves: Uint8Array[];
  readonly #roots = new Map<string, Uint8Array>();

  constructor(leaves: Uint8Array[]) {
    this.#leaves = leaves;
  }

  /** MTH(D[start:end]) */
  root(end: number, start = 0): Uint8Array {
    const key = `${start}:${end}`;
    const known = this.#roots.get(key);
    if (known) return known;
    const root = this.#mth(start, end);
    this.#roots.set(key, root);
    return root;
  }

  #mth(start: number, end: number): Uint8Array {
    const n = end - start;
    if (n === 0) return sha256();
    if (n === 1) return sha256(LEAF, this.#leaves[start] ?? NODE);
    const k = split(n);
    return sha256(NODE, this.root(start + k, start), this.root(end, start + k));
  }

  /** PATH(m, D[start:end]) */
  path(m: number, end: number, start = 0): Uint8Array[] {
    const n = end - start;
    if (n === 1) return [];
    const k = split(n);
    return m < k
      ? [...this.path(m, start + k, start), this.root(end, start + k)]
      : [...this.path(m - k, end, start + k), this.root(start + k, start)];
  }

  /** PROOF(m, D[n]) */
  consistency(m: number, n: number): Uint8Array[] {
    return this.#subproof(m, 0, n, true);
  }

  #subproof(m: number, start: number, end: number, whole: boolean): Uint8Array[] {
    const n = end - start;
    if (m === n) return whole ? [] : [this.root(end, start)];
    const k = split(n);
    return m <= k
      ? [...this.#subproof(m, start, start + k, whole), this.root(end, start + k)]
      : [...this.#subproof(m - k, start + k, end, false), this.root(start + k, start)];
  }

  /** The hashes that belong into a tile: roots of 256^level leaves each. */
  tile(level: number, index: number, width: number): Uint8Array {
    const span = 256 ** level;
    const hashes = Array.from({ length: width }, (_, at) => {
      const start = (index * 256 + at) * span;
      return this.root(start + span, start);
    });
    return Uint8Array.from(Buffer.concat(hashes));
  }
}

/** The largest power of two below n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
