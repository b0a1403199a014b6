import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CheckedTiles,
  checkTiles,
  consistencyProof,
  hashAt,
  inclusionProof,
  parseTilePath,
  readerOfTiles,
  TILE_WIDTH,
  type Tile,
  tilePath,
  tileRoot,
  tilesFor,
  tileWidth,
  toHex,
  utf8,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';
import { NaiveTree } from './naive-tree.ts';

const LEAVES = Array.from({ length: 65_900 }, (_, index) => utf8(`leaf ${index}`));
const naive = new NaiveTree(LEAVES);
const SIZES = [1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 1_000, 65_535, 65_536, 65_537, 65_800];

const tileOf = async (level: number, index: number, width: number) =>
  naive.tile(level, index, width);
const filled = (ids: ReturnType<typeof tilesFor>): Tile[] =>
  ids.map((id) => ({ ...id, hashes: naive.tile(id.level, id.index, id.width) }));
const check = (size: number, tiles: Tile[], root = naive.root(size)): CheckedTiles =>
  checkTiles(hasher, { size, root }, tiles);

const SPEC = readFileSync(new URL('../../src/ledger/SPEC.md', import.meta.url), 'utf8');

describe('SPEC 9.4: the names of tiles', () => {
  test('the worked example of this document', () => {
    const rows = [...SPEC.matchAll(/^ {4}level (\d+) index (\d+) width (\d+) +(tile\/\S+)$/gm)];
    expect(rows.length).toBeGreaterThan(4);
    for (const [, level, index, width, path = ''] of rows) {
      const tile = { level: Number(level), index: Number(index), width: Number(width) };
      expect(tilePath(tile.level, tile.index, tile.width)).toBe(path);
      expect(parseTilePath(path)).toEqual(tile);
    }
  });

  test('every tile there can be is named and read again', () => {
    const tile = fc.record({
      level: fc.nat(6),
      index: fc.oneof(fc.nat(2_000), fc.maxSafeNat()),
      width: fc.integer({ min: 1, max: TILE_WIDTH }),
    });
    fc.assert(
      fc.property(tile, ({ level, index, width }) => {
        expect(parseTilePath(tilePath(level, index, width))).toEqual({ level, index, width });
      }),
    );
  });

  test.each([
    '',
    'tile/0',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/001/067',
    'tile/0/x001/x067',
    'tile/00/001',
    'tile/-1/001',
    'tile/7/001',
    'tile/x/001',
    'tile/0/001.p/0',
    'tile/0/001.p/00',
    'tile/0/001.p/01',
    'tile/0/001.p/256',
    'tile/0/001.p/999',
    'tile/0/001.p',
    'tile/0/001.p/',
    'tile/0/001/',
    '/tile/0/001',
    'tile/0/001\n',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/entries/001',
  ])('no tile: %j', (path) => {
    expect(parseTilePath(path)).toBeNull();
  });

  test('a text that is read is the one that is written', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^tile\/\d\/(x\d{3}\/){0,2}\d{1,4}(\.p\/\d{1,3})?$/),
        (path) => {
          const tile = parseTilePath(path);
          if (tile) expect(tilePath(tile.level, tile.index, tile.width)).toBe(path);
        },
      ),
    );
  });
});

describe('SPEC 9.5: what is in them', () => {
  test('as many hashes as the size has, and no tile before its first', () => {
    expect(tileWidth(0, 0, 0)).toBe(0);
    expect(tileWidth(255, 0, 0)).toBe(255);
    expect(tileWidth(256, 0, 0)).toBe(256);
    expect(tileWidth(256, 0, 1)).toBe(0);
    expect(tileWidth(255, 1, 0)).toBe(0);
    expect(tileWidth(70_000, 0, 273)).toBe(112);
    expect(tileWidth(70_000, 1, 1)).toBe(17);
    expect(tileWidth(70_000, 2, 0)).toBe(1);
    expect(tileWidth(2 ** 53 - 1, 6, 0)).toBe(31);
  });

  test('proofs that are read out of tiles are the naive ones', async () => {
    for (const size of SIZES) {
      const read = readerOfTiles(hasher, size, tileOf);
      for (const at of fc.sample(fc.nat(size - 1), { seed: size, numRuns: 4 })) {
        const proof = await inclusionProof(hasher, at, size, read);
        expect(Buffer.concat(proof)).toEqual(Buffer.concat(naive.path(at, size)));
        const earlier = await consistencyProof(hasher, at + 1, size, read);
        expect(Buffer.concat(earlier)).toEqual(Buffer.concat(naive.consistency(at + 1, size)));
      }
    }
  });

  test('a tile is asked for once, and one without its hashes is no answer', async () => {
    const asked: string[] = [];
    const read = readerOfTiles(hasher, 300, async (level, index, width) => {
      asked.push(tilePath(level, index, width));
      return naive.tile(level, index, width);
    });
    await inclusionProof(hasher, 7, 300, read);
    expect(asked.sort()).toEqual(['tile/0/000', 'tile/0/001.p/44']);
    for (const hashes of [new Uint8Array(0), new Uint8Array(255 * 32), new Uint8Array(257 * 32)]) {
      const short = readerOfTiles(hasher, 300, async () => hashes);
      await expect(short(0, 0)).rejects.toThrow(RangeError);
    }
    await expect(read(9, 0)).rejects.toThrow(RangeError);
    await expect(read(0, 300)).rejects.toThrow(RangeError);
  });

  test('the root over a tile is the one of its leaves', () => {
    for (const width of [1, 2, 4, 128, 256]) {
      expect(toHex(tileRoot(hasher, naive.tile(0, 1, width)))).toBe(
        toHex(naive.root(256 + width, 256)),
      );
    }
    expect(() => tileRoot(hasher, new Uint8Array(33))).toThrow(RangeError);
  });
});

describe('SPEC 9.9: leaves are authenticated by tiles', () => {
  test('which ones: theirs, those above, and the last of each level', () => {
    const names = (size: number, leaves: number[]) =>
      tilesFor(size, leaves).map(({ level, index, width }) => tilePath(level, index, width));
    expect(names(0, [])).toEqual([]);
    expect(names(1, [0])).toEqual(['tile/0/000.p/1']);
    expect(names(256, [])).toEqual(['tile/1/000.p/1']);
    expect(names(256, [3, 4])).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(names(70_000, [0, 69_999])).toEqual([
      'tile/0/000',
      'tile/0/273.p/112',
      'tile/1/000',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
    expect(() => tilesFor(5, [5])).toThrow(RangeError);
    expect(() => tilesFor(5, [-1])).toThrow(RangeError);
    // Few of a large log: what a device asks for does not grow with it.
    expect(tilesFor(2 ** 40 + 2 ** 20 + 3, [2 ** 40])).toHaveLength(3 + 2);
  });

  test('at every size the tiles named are enough, and prove the leaves', () => {
    for (const size of [...Array.from({ length: 300 }, (_, at) => at), ...SIZES]) {
      const leaves = size === 0 ? [] : fc.sample(fc.nat(size - 1), { seed: size, numRuns: 3 });
      const checked = check(size, filled(tilesFor(size, leaves)));
      expect(checked, `${size}`).toMatchObject({ ok: true });
      if (!checked.ok) continue;
      for (const leaf of leaves) {
        const index = Math.floor(leaf / TILE_WIDTH);
        const tile = checked.tiles.find((one) => one.level === 0 && one.index === index);
        const hash = hashAt(tile?.hashes ?? new Uint8Array(0), leaf % TILE_WIDTH);
        expect(toHex(hash)).toBe(toHex(naive.root(leaf + 1, leaf)));
      }
    }
  });

  test('a tile that is missing is named', () => {
    for (const size of [5, 300, 65_536, 65_800]) {
      const all = filled(tilesFor(size, [0, size - 1]));
      for (const at of all.keys()) {
        const checked = check(size, all.toSpliced(at, 1));
        const { level, index, width } = all[at] as Tile;
        // A full tile of leaves alone is missed by nobody above it.
        if (level === 0 && width === TILE_WIDTH) expect(checked.ok).toBe(true);
        else expect(checked).toEqual({ ok: false, why: 'missing', tile: { level, index, width } });
      }
    }
  });

  test('one bit in any of them, and it is refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(5, 300, 1_000, 65_536, 65_800),
        fc.nat(),
        fc.nat(),
        (size, which, bit) => {
          const all = filled(tilesFor(size, [0, size - 1]));
          const tile = all[which % all.length] as Tile;
          const hashes = Uint8Array.from(tile.hashes);
          const at = bit % (hashes.length * 8);
          hashes[at >> 3] = (hashes[at >> 3] as number) ^ (1 << (at & 7));
          const { level, index, width } = tile;
          expect(check(size, all.with(which % all.length, { ...tile, hashes }))).toEqual(
            width === TILE_WIDTH
              ? { ok: false, why: 'wrong-hashes', tile: { level, index, width } }
              : { ok: false, why: 'wrong-root' },
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('tiles of another size, another place, another root are refused', () => {
    const all = filled(tilesFor(300, [0]));
    const [first, second] = [all[0] as Tile, all[1] as Tile];
    const malformed = { ok: false, why: 'malformed' };
    expect(check(301, all)).toMatchObject(malformed);
    expect(check(300, [...all, { ...second, width: 43 }])).toMatchObject(malformed);
    expect(check(300, [...all, { ...first, index: 1 }])).toMatchObject(malformed);
    expect(check(300, [...all, { ...first, level: 1 }])).toMatchObject(malformed);
    expect(check(300, [...all, { ...first, index: -1 }])).toMatchObject(malformed);
    expect(check(300, [...all, { ...first, index: 0.5 }])).toMatchObject(malformed);
    expect(check(300, [...all, { ...first, hashes: new Uint8Array(0) }])).toMatchObject(malformed);
    expect(check(300, all, naive.root(299))).toEqual({ ok: false, why: 'wrong-root' });
    expect(check(0, [], naive.root(1))).toEqual({ ok: false, why: 'wrong-root' });
    expect(check(0, all)).toMatchObject(malformed);
    const swapped = [{ ...first, hashes: naive.tile(0, 1, 256) }, ...all.slice(1)];
    expect(check(300, swapped)).toMatchObject({ ok: false, why: 'wrong-hashes' });
  });
});
