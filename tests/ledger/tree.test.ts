import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyProof,
  emptyRoot,
  extend,
  type Frontier,
  fromHex,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  toHex,
  utf8,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';
import { NaiveTree } from './naive-tree.ts';

const leafOf = (index: number) => utf8(`leaf ${index}`);
const LEAVES = Array.from({ length: 65_538 }, (_, index) => leafOf(index));
const HASHES = LEAVES.map((leaf) => leafHash(hasher, leaf));
const naive = new NaiveTree(LEAVES);
const read = (level: number, index: number) =>
  naive.root((index + 1) * 2 ** level, index * 2 ** level);

const SMALL = Array.from({ length: 301 }, (_, size) => size);
const EDGES = [511, 512, 513, 767, 768, 769, 1023, 1024, 1025, 4095, 4096, 4097];
const LARGE = [65_535, 65_536, 65_537];

// The tree of eight leaves that implementations of Certificate Transparency are tested with.
const PUBLISHED = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(fromHex);
const PUBLISHED_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const same = (a: Uint8Array[], b: Uint8Array[]) =>
  Buffer.compare(Buffer.concat(a), Buffer.concat(b)) === 0 && a.length === b.length;

const hex = (hashes: Uint8Array[]) => hashes.map((hash) => toHex(hash));

describe('SPEC 8: the tree', () => {
  test('8.2, 8.3 the published tree of eight leaves', () => {
    let tree: { size: number; frontier: Frontier } = { size: 0, frontier: [] };
    expect(toHex(emptyRoot(hasher))).toBe(PUBLISHED_ROOTS[0]);
    for (const [at, leaf] of PUBLISHED.entries()) {
      expect(toHex(rootOf(hasher, tree.frontier))).toBe(PUBLISHED_ROOTS[at]);
      tree = extend(hasher, tree.size, tree.frontier, [leafHash(hasher, leaf)]);
    }
    expect(toHex(rootOf(hasher, tree.frontier))).toBe(PUBLISHED_ROOTS[8]);
  });

  test('8.1 a leaf is hashed with 0x00 before it, whatever its length; a node with 0x01', () => {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 500, 2_047, 2_048, 2_049, 10_000]) {
      const leaf = new Uint8Array(length).fill(7);
      expect(leafHash(hasher, leaf)).toEqual(hasher.sha256(Uint8Array.of(0, ...leaf)));
    }
    const [left, right] = [hasher.sha256(utf8('l')), hasher.sha256(utf8('r'))];
    expect(nodeHash(hasher, left, right)).toEqual(
      hasher.sha256(Uint8Array.of(1, ...left, ...right)),
    );
    expect(() => nodeHash(hasher, left, right.subarray(1))).toThrow(RangeError);
  });

  test('8.3, 8.4 appended one by one and then in batches, the root is the naive one at every size', () => {
    let tree: { size: number; frontier: Frontier } = { size: 0, frontier: [] };
    for (const size of [...SMALL, ...EDGES, ...LARGE]) {
      tree = extend(hasher, tree.size, tree.frontier, HASHES.slice(tree.size, size));
      expect(tree.size).toBe(size);
      expect(toHex(rootOf(hasher, tree.frontier))).toBe(toHex(naive.root(size)));
      expect(tree.frontier).toHaveLength(size.toString(2).replaceAll('0', '').length);
    }
  });

  test('8.4 batches of any sizes come to the same tree, and what came in is left as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600), { maxLength: 5 }), (batches) => {
        let tree: { size: number; frontier: Frontier } = { size: 0, frontier: [] };
        for (const many of batches) {
          const before = hex(tree.frontier);
          const hashes = HASHES.slice(tree.size, tree.size + many);
          const next = extend(hasher, tree.size, tree.frontier, hashes);
          expect(hex(tree.frontier)).toEqual(before);
          tree = next;
        }
        expect(toHex(rootOf(hasher, tree.frontier))).toBe(toHex(naive.root(tree.size)));
      }),
      { numRuns: 50 },
    );
  });

  test('8.4 a frontier of another size, and a size that is none, are refused', () => {
    expect(() => extend(hasher, 2, [], [])).toThrow(RangeError);
    expect(() => extend(hasher, 0, [HASHES[0] as Uint8Array], [])).toThrow(RangeError);
    for (const size of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => extend(hasher, size, [], [])).toThrow(RangeError);
    }
  });

  test('8.4 sizes past 32 bits are appended to like others', () => {
    for (const size of [2 ** 32 - 1, 2 ** 40 + 2 ** 33 + 1, 2 ** 53 - 3]) {
      const ones = [...size.toString(2)].filter((digit) => digit === '1').length;
      const frontier = HASHES.slice(0, ones);
      const next = extend(hasher, size, frontier, [HASHES[100] as Uint8Array]);
      const carried = /1*$/.exec(size.toString(2))?.[0].length ?? 0;
      expect(next.size).toBe(size + 1);
      expect(next.frontier).toHaveLength(ones - carried + 1);
      expect(next.frontier.slice(0, ones - carried)).toEqual(frontier.slice(0, ones - carried));
    }
  });
});

async function checkInclusion(index: number, size: number) {
  const proof = await inclusionProof(hasher, index, size, read);
  const wanted = naive.path(index, size);
  expect(same(proof, wanted), `leaf ${index} of ${size}`).toBe(true);
  const leaf = HASHES[index] as Uint8Array;
  expect(verifyInclusion(hasher, leaf, index, size, proof, naive.root(size))).toBe(true);
}

async function checkConsistency(from: number, to: number) {
  const proof = await consistencyProof(hasher, from, to, read);
  const wanted = from === 0 ? [] : naive.consistency(from, to);
  expect(same(proof, wanted), `from ${from} to ${to}`).toBe(true);
  const [fromRoot, toRoot] = [naive.root(from), naive.root(to)];
  expect(verifyConsistency(hasher, from, fromRoot, to, toRoot, proof)).toBe(true);
}

/** Some numbers below `limit`, the first and last among them, others as a seed says. */
function some(limit: number, seed: number, many: number): number[] {
  const picked = fc.sample(fc.nat(limit - 1), { seed, numRuns: many });
  return [...new Set([0, limit - 1, ...picked])];
}

describe('SPEC 9: inclusion', () => {
  test('9.6 every leaf of every tree up to 80 leaves, as the naive one proves it', async () => {
    for (const size of SMALL.slice(1, 81)) {
      for (let index = 0; index < size; index += 1) await checkInclusion(index, size);
    }
  });

  test('9.6 leaves of the other sizes', async () => {
    for (const size of [...SMALL.slice(81), ...EDGES, ...LARGE]) {
      for (const index of some(size, size, 5)) await checkInclusion(index, size);
    }
  });

  test('9.6 the published proof', async () => {
    const published = new NaiveTree(PUBLISHED);
    const proof = await inclusionProof(hasher, 0, 8, (level, index) =>
      published.root((index + 1) * 2 ** level, index * 2 ** level),
    );
    expect(hex(proof)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  test('9.6 there is none of a leaf that is not there', async () => {
    for (const [index, size] of [
      [0, 0],
      [5, 5],
      [-1, 5],
      [0.5, 5],
      [0, 2 ** 53],
    ] as const) {
      await expect(inclusionProof(hasher, index, size, read)).rejects.toThrow(RangeError);
      const hash = HASHES[0] as Uint8Array;
      expect(verifyInclusion(hasher, hash, index, size, [], hash)).toBe(false);
    }
  });
});

describe('SPEC 9: consistency', () => {
  test('9.7 every pair of sizes up to 48, as the naive one proves it', async () => {
    for (const to of SMALL.slice(0, 49)) {
      for (const from of SMALL.slice(0, to + 1)) await checkConsistency(from, to);
    }
  });

  test('9.7 pairs of the other sizes', async () => {
    for (const to of [...SMALL.slice(49), ...EDGES, ...LARGE]) {
      for (const from of [...some(to, to, 4), to, 2 ** Math.floor(Math.log2(to))]) {
        await checkConsistency(from, to);
      }
    }
  });

  test('9.7 the published proof', async () => {
    const published = new NaiveTree(PUBLISHED);
    const proof = await consistencyProof(hasher, 6, 8, (level, index) =>
      published.root((index + 1) * 2 ** level, index * 2 ** level),
    );
    expect(hex(proof)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  test('9.7 from nothing and from the same size there is nothing to prove, and nothing passes but that', async () => {
    const [empty, one, two] = [naive.root(0), naive.root(1), naive.root(2)];
    expect(await consistencyProof(hasher, 0, 2, read)).toEqual([]);
    expect(await consistencyProof(hasher, 2, 2, read)).toEqual([]);
    expect(await consistencyProof(hasher, 0, 0, read)).toEqual([]);
    expect(verifyConsistency(hasher, 0, empty, 0, empty, [])).toBe(true);
    expect(verifyConsistency(hasher, 0, empty, 2, two, [])).toBe(true);
    expect(verifyConsistency(hasher, 0, one, 2, two, [])).toBe(false);
    expect(verifyConsistency(hasher, 0, empty, 2, two, [one])).toBe(false);
    expect(verifyConsistency(hasher, 0, empty, 0, one, [])).toBe(false);
    expect(verifyConsistency(hasher, 2, two, 2, two, [])).toBe(true);
    expect(verifyConsistency(hasher, 2, two, 2, two, [one])).toBe(false);
    expect(verifyConsistency(hasher, 2, two, 2, one, [])).toBe(false);
  });

  test('9.7 a tree does not begin with a larger one', async () => {
    await expect(consistencyProof(hasher, 3, 2, read)).rejects.toThrow(RangeError);
    expect(verifyConsistency(hasher, 3, naive.root(3), 2, naive.root(2), [])).toBe(false);
  });
});

/** Proofs that are not quite `proof`. */
function* spoiled(proof: Uint8Array[], seed: number): Iterable<Uint8Array[]> {
  const other = hasher.sha256(utf8(`no hash of the tree ${seed}`));
  yield [...proof, other];
  yield [other, ...proof];
  if (proof.length === 0) return;
  yield proof.map((hash) => hash.subarray(1));
  yield proof.slice(1);
  yield proof.slice(0, -1);
  yield [];
  yield [...proof, proof[0] as Uint8Array];
  yield [...proof, new Uint8Array(0)];
  for (const at of proof.keys()) {
    const flipped = Uint8Array.from(proof[at] as Uint8Array);
    flipped[seed % 32] = (flipped[seed % 32] as number) ^ (1 << (seed % 8));
    yield proof.with(at, flipped);
    yield proof.toSpliced(at, 0, other);
    yield proof.with(at, new Uint8Array([...(proof[at] as Uint8Array), 0]));
    const next = proof[at + 1];
    if (next) yield proof.with(at, next).with(at + 1, proof[at] as Uint8Array);
  }
}

const sizes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(...EDGES));

describe('SPEC 9.8: malformed proofs are refused', () => {
  test('of a leaf', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(255), async (size, pick, seed) => {
        const index = pick % size;
        const proof = await inclusionProof(hasher, index, size, read);
        const leaf = HASHES[index] as Uint8Array;
        const root = naive.root(size);
        const verify = (
          one: Uint8Array[],
          { at = index, of = size, hash = leaf, to = root }: Partial<Claim> = {},
        ) => verifyInclusion(hasher, hash, at, of, one, to);
        expect(verify(proof)).toBe(true);
        for (const one of spoiled(proof, seed)) expect(verify(one)).toBe(false);
        for (const at of [index - 1, index + 1, index + size, index + 2 ** 32]) {
          expect(verify(proof, { at })).toBe(false);
        }
        const other = HASHES[index + 1] as Uint8Array;
        expect(verify(proof, { hash: other })).toBe(false);
        expect(verify(proof, { hash: LEAVES[index] as Uint8Array })).toBe(false);
        expect(verify(proof, { to: naive.root(size + 1) })).toBe(false);
        expect(verify(proof, { to: root.subarray(1) })).toBe(false);
        // A proof of one size can have the shape of another's; then the root tells them apart.
        for (const of of [size - 1, size + 1, size * 2]) {
          expect(verify(proof, { of, to: naive.root(of) })).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('of an earlier size', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(255), async (to, pick, seed) => {
        const from = 1 + (pick % to);
        const proof = await consistencyProof(hasher, from, to, read);
        const verify = (
          one: Uint8Array[],
          a = from,
          aRoot = naive.root(a),
          b = to,
          bRoot = naive.root(b),
        ) => verifyConsistency(hasher, a, aRoot, b, bRoot, one);
        expect(verify(proof)).toBe(true);
        for (const one of spoiled(proof, seed)) expect(verify(one)).toBe(false);
        expect(verify(proof, from, naive.root(from + 1))).toBe(false);
        expect(verify(proof, from, naive.root(from), to, naive.root(to + 1))).toBe(false);
        expect(verify(proof, from, naive.root(from), to, naive.root(to).subarray(1))).toBe(false);
        for (const a of [from - 1, from + 1]) {
          // From 0 and from the size itself nothing is the proof, as here for other sizes too.
          if (proof.length > 0) expect(verify(proof, a, naive.root(a))).toBe(false);
        }
        if (proof.length > 0) {
          expect(verify(proof, from, naive.root(from), to + 1)).toBe(false);
          expect(verify(proof, from, naive.root(from), to * 2)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('any hashes at all', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const size = fc.oneof(fc.nat(1_000), fc.maxSafeNat(), fc.double());
    fc.assert(
      fc.property(
        size,
        size,
        hash,
        hash,
        fc.array(hash, { maxLength: 60 }),
        (a, b, x, y, proof) => {
          expect(verifyInclusion(hasher, x, a, b, proof, y)).toBe(
            b === 1 && a === 0 && toHex(x) === toHex(y),
          );
          expect(verifyConsistency(hasher, a, x, b, y, [...proof, x])).toBe(false);
        },
      ),
    );
  });
});

type Claim = { at: number; of: number; hash: Uint8Array; to: Uint8Array };
