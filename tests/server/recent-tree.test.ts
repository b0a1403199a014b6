// The newest leaves in memory, held against proofs of the naive tree.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  consistencyProof,
  extend,
  type Frontier,
  leafHash,
  rootOf,
  verifyConsistency,
} from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { NotRecent, RecentTree } from '../../src/server/log/recent.ts';
import { NaiveTree } from '../ledger/naive-tree.ts';

const leaves = Array.from({ length: 700 }, () => new Uint8Array(randomBytes(40)));
const hashes = leaves.map((leaf) => leafHash(nodeHasher, leaf));
const naive = new NaiveTree(leaves);

function treeAt(size: number): { size: number; frontier: Frontier } {
  return { size, frontier: extend(nodeHasher, 0, [], hashes.slice(0, size)).frontier };
}

/** One that saw the log grow from size to size. */
function seen(...sizes: number[]): RecentTree {
  const recent = new RecentTree();
  for (const [at, to] of sizes.entries()) {
    const from = sizes[at - 1];
    if (from === undefined) continue;
    recent.grew(treeAt(from), hashes.slice(from, to), treeAt(to).frontier);
  }
  return recent;
}

test('proves the tree to whoever pinned one that ended among its leaves', async () => {
  for (const first of [0, 1, 7, 64, 255, 256, 300]) {
    for (const steps of [
      [1, 1, 1],
      [5, 300],
      [44, 212, 100],
    ]) {
      const sizes = [first];
      for (const step of steps) sizes.push((sizes.at(-1) ?? 0) + step);
      const recent = seen(...sizes);
      const to = sizes.at(-1) ?? 0;
      for (let from = first; from <= to; from += 1) {
        const proof = await consistencyProof(nodeHasher, from, to, recent.read);
        expect(
          verifyConsistency(nodeHasher, from, naive.root(from), to, naive.root(to), proof),
        ).toBe(true);
      }
    }
  }
});

test('says so when it does not know enough', async () => {
  const recent = seen(300, 310, 320);
  await expect(consistencyProof(nodeHasher, 100, 320, recent.read)).rejects.toThrow(NotRecent);
  await expect(consistencyProof(nodeHasher, 305, 330, recent.read)).rejects.toThrow(NotRecent);
  expect(() => new RecentTree().read(0, 0)).toThrow(NotRecent);
  expect(recent.leavesOf(treeAt(320), 299)).toBeNull();
  expect(recent.leavesOf(treeAt(319), 305)).toBeNull();
  expect(recent.leavesOf(treeAt(320), 305)).toEqual(hashes.slice(305, 320));
});

test('begins anew with a tree that is not the one seen last', async () => {
  const recent = seen(0, 50, 100);
  // Another server has appended; or somebody has gone back.
  recent.grew(treeAt(130), hashes.slice(130, 140), treeAt(140).frontier);
  expect(() => recent.read(0, 120)).toThrow(NotRecent);
  expect(recent.read(0, 135)).toEqual(hashes[135]);
  const proof = await consistencyProof(nodeHasher, 133, 140, recent.read);
  expect(verifyConsistency(nodeHasher, 133, naive.root(133), 140, naive.root(140), proof)).toBe(
    true,
  );
  recent.grew(treeAt(50), hashes.slice(50, 60), treeAt(60).frontier);
  expect(() => recent.read(0, 135)).toThrow(NotRecent);
  expect(rootOf(nodeHasher, treeAt(60).frontier)).toEqual(Uint8Array.from(naive.root(60)));
});

test('keeps some thousand leaves, not all', () => {
  const recent = new RecentTree();
  let size = 0;
  let frontier: Frontier = [];
  for (let round = 0; round < 12; round += 1) {
    const more = Array.from({ length: 500 }, () => new Uint8Array(randomBytes(32)));
    const grown = extend(nodeHasher, size, frontier, more);
    recent.grew({ size, frontier }, more, grown.frontier);
    ({ size, frontier } = grown);
  }
  expect(recent.leavesOf({ size, frontier }, size - 1_500)).toHaveLength(1_500);
  expect(recent.leavesOf({ size, frontier }, size - 2_600)).toBeNull();
});

test('what is kept of a leaf is its hash, and nothing that lies around it', () => {
  const one = nodeHasher.sha256(new Uint8Array(3));
  expect(one.buffer.byteLength).toBe(32);
  const recent = new RecentTree();
  recent.grew({ size: 0, frontier: [] }, hashes.slice(0, 20), treeAt(20).frontier);
  recent.grew(treeAt(20), hashes.slice(20, 30), treeAt(30).frontier);
  const leaf = recent.read(0, 25) as Uint8Array;
  expect(leaf).toEqual(hashes[25]);
  expect(leaf.buffer.byteLength).toBe(30 * 32);
});
