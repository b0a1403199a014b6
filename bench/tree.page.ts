// Runs in the browser for tree.bench.ts: leaves of 500 bytes hashed three ways.
import { sha256 } from '@noble/hashes/sha2.js';
import { browserHasher, type Hasher, leafHash, sameHash } from '../src/ledger/index.ts';
import { perSecond } from './rounds.ts';

const LEAF_BYTES = 500;
const noble: Hasher = { ...browserHasher, sha256: (bytes) => sha256(bytes) };

/** Leaves per second, `many` of them. */
const ways = {
  ours: async (many: number) => hashed(browserHasher, many),
  noble: async (many: number) => hashed(noble, many),
  /** All in flight at once, which is its fastest. */
  async webCrypto(many: number): Promise<number> {
    const leaves = leavesOf(many);
    const start = performance.now();
    await Promise.all(leaves.map(digest));
    return (many * 1_000) / (performance.now() - start);
  },
};

function hashed(hasher: Hasher, many: number): number {
  const leaves = leavesOf(many);
  let at = 0;
  return perSecond(many, () => {
    leafHash(hasher, leaves[at++] as Uint8Array);
  });
}

function digest(leaf: Uint8Array): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(1 + leaf.length);
  bytes.set(leaf, 1);
  return crypto.subtle.digest('SHA-256', bytes);
}

function leavesOf(many: number): Uint8Array[] {
  return Array.from({ length: many }, () => crypto.getRandomValues(new Uint8Array(LEAF_BYTES)));
}

/** Rejects when one of the ways hashes otherwise. */
async function agree(): Promise<void> {
  const leaf = crypto.getRandomValues(new Uint8Array(LEAF_BYTES));
  const wanted = new Uint8Array(await digest(leaf));
  for (const hasher of [browserHasher, noble]) {
    if (!sameHash(leafHash(hasher, leaf), wanted)) throw new Error('the hashes differ');
  }
}

Object.assign(globalThis, { ways, agree });
export type Ways = typeof ways;
