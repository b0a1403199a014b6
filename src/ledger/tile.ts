// The tree's hashes in tiles of 256, as https://c2sp.org/tlog-tiles names them (SPEC 9). The tile at
// (level, index) holds the roots of the perfect subtrees of 256^level leaves from 256 × index on;
// a full one never changes, so devices keep it.
import type { Hasher } from './hasher.ts';
import type { HashReader } from './proof.ts';
import { extend, HASH_BYTES, requireSize, rootOf, sameHash } from './tree.ts';

export const TILE_WIDTH = 256;
/** Levels of a tree within a tile. */
const TILE_HEIGHT = 8;
/** Sizes are below 2^53. */
const HIGHEST_LEVEL = 6;

/** `width`: hashes it holds, 1 to 256; as a tree grows, its last tile of each level widens. */
export type TileId = { level: number; index: number; width: number };

/** A tile with its hashes, one after the other: `width` × 32 bytes. */
export type Tile = TileId & { hashes: Uint8Array };

/** "tile/0/x001/067", and "tile/0/x001/067.p/8" for one of 8 hashes. */
export function tilePath(level: number, index: number, width: number = TILE_WIDTH): string {
  const digits = String(index);
  const groups = digits
    .padStart(Math.ceil(digits.length / 3) * 3, '0')
    .replace(/\d{3}(?=\d)/g, 'x$&/');
  return `tile/${level}/${groups}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** null unless `path` is exactly what tilePath writes: no tile has two addresses. */
export function parseTilePath(path: string): TileId | null {
  const [, level = '', groups = '', partial] =
    /^tile\/(\d)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const tile = {
    level: Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  if (!isTile(tile)) return null;
  return tilePath(tile.level, tile.index, tile.width) === path ? tile : null;
}

function isTile({ level, index, width }: TileId): boolean {
  return (
    isWithin(level, 0, HIGHEST_LEVEL) &&
    isWithin(index, 0, Number.MAX_SAFE_INTEGER) &&
    isWithin(width, 1, TILE_WIDTH)
  );
}

function isWithin(number: number, least: number, most: number): boolean {
  return Number.isSafeInteger(number) && number >= least && number <= most;
}

/** How many hashes of a tile a tree of `size` leaves has: 0 when there is no such tile yet. */
export function tileWidth(size: number, level: number, index: number): number {
  requireSize(size);
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.min(TILE_WIDTH, Math.max(0, hashes - index * TILE_WIDTH));
}

/** The root over hashes that lie one after the other, as they do in a tile. */
export function tileRoot(hasher: Hasher, hashes: Uint8Array): Uint8Array {
  return rootOf(hasher, extend(hasher, 0, [], hashesOf(hashes)).frontier);
}

/**
 * Reads hashes out of the tiles of a tree of `size` leaves. Made for one proof: it asks for a tile
 * once and keeps it. Reading rejects with a RangeError when a tile has not its width of hashes.
 */
export function readerOfTiles(
  hasher: Hasher,
  size: number,
  tile: (level: number, index: number, width: number) => Promise<Uint8Array>,
): HashReader {
  const asked = new Map<string, Promise<Uint8Array>>();
  const read = (level: number, index: number): Promise<Uint8Array> => {
    const width = tileWidth(size, level, index);
    const path = tilePath(level, index, width);
    const present = asked.get(path) ?? tile(level, index, width);
    asked.set(path, present);
    return present;
  };
  return async (level, index) => {
    const within = level % TILE_HEIGHT;
    const first = index * 2 ** within;
    const tileLevel = (level - within) / TILE_HEIGHT;
    const tileIndex = Math.floor(first / TILE_WIDTH);
    const hashes = await read(tileLevel, tileIndex);
    const start = (first % TILE_WIDTH) * HASH_BYTES;
    const end = start + 2 ** within * HASH_BYTES;
    const width = tileWidth(size, tileLevel, tileIndex);
    if (hashes.length !== width * HASH_BYTES || end > hashes.length) {
      throw new RangeError('a tile without the hashes it should have');
    }
    return tileRoot(hasher, hashes.subarray(start, end));
  };
}

/**
 * The tiles that authenticate these leaves against the root of a tree of `size` leaves: theirs, the
 * ones above them, and the last one of each level, which together give the root. Lowest level
 * first. A RangeError when a leaf is not in the tree.
 */
export function tilesFor(size: number, leafIndexes: Iterable<number>): TileId[] {
  const needed = new Map<string, TileId>();
  const need = (level: number, index: number): boolean => {
    const width = tileWidth(size, level, index);
    const path = tilePath(level, index, width);
    if (needed.has(path)) return false;
    needed.set(path, { level, index, width });
    return width === TILE_WIDTH;
  };
  for (const { level, index, width } of lastTiles(size)) {
    if (width > 0) need(level, index);
  }
  for (const leaf of leafIndexes) {
    requireSize(leaf);
    if (leaf >= size) throw new RangeError('no such leaf in the tree');
    let level = 0;
    let index = Math.floor(leaf / TILE_WIDTH);
    while (need(level, index)) {
      level += 1;
      index = Math.floor(index / TILE_WIDTH);
    }
  }
  return [...needed.values()].sort((a, b) => a.level - b.level || a.index - b.index);
}

export type CheckedTiles =
  | { ok: true; tiles: Tile[] }
  /** `tile` is not the one of its place in a tree of this size, is not there, or holds other hashes. */
  | { ok: false; why: 'malformed' | 'missing' | 'wrong-hashes'; tile: TileId }
  /** Each fits the others; the root is not the one of the checkpoint. */
  | { ok: false; why: 'wrong-root' };

/**
 * Tiles whose hashes are proven by the root: all of `tiles`, or what is wrong with the first that
 * does not fit. `tiles` holds what tilesFor() names, from the server or kept.
 */
export function checkTiles(
  hasher: Hasher,
  { size, root }: { size: number; root: Uint8Array },
  tiles: readonly Tile[],
): CheckedTiles {
  const given = new Map<string, Tile>();
  for (const tile of tiles) {
    const { level, index, width, hashes } = tile;
    if (
      !isTile(tile) ||
      width !== tileWidth(size, level, index) ||
      hashes.length !== width * HASH_BYTES
    ) {
      return { ok: false, why: 'malformed', tile: { level, index, width } };
    }
    given.set(tilePath(level, index, width), tile);
  }
  const frontier: Uint8Array[] = [];
  for (const last of lastTiles(size).filter(({ width }) => width > 0)) {
    const tile = given.get(tilePath(last.level, last.index, last.width));
    if (tile === undefined) return { ok: false, why: 'missing', tile: last };
    frontier.push(...extend(hasher, 0, [], hashesOf(tile.hashes)).frontier);
  }
  if (!sameHash(rootOf(hasher, frontier), root)) return { ok: false, why: 'wrong-root' };
  // Full ones are proven by their hash in the tile above: from the top, each by a proven one.
  for (const { level, index, width, hashes } of [...given.values()].sort(
    (a, b) => b.level - a.level,
  )) {
    if (width < TILE_WIDTH) continue;
    const place = { level: level + 1, index: Math.floor(index / TILE_WIDTH) };
    const above = given.get(
      tilePath(place.level, place.index, tileWidth(size, place.level, place.index)),
    );
    if (above === undefined) {
      return {
        ok: false,
        why: 'missing',
        tile: { ...place, width: tileWidth(size, place.level, place.index) },
      };
    }
    if (!sameHash(hashAt(above.hashes, index % TILE_WIDTH), tileRoot(hasher, hashes))) {
      return { ok: false, why: 'wrong-hashes', tile: { level, index, width } };
    }
  }
  return { ok: true, tiles: [...given.values()] };
}

/** The hash at `at` of hashes that lie one after the other. */
export function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}

/** The last tile of each level, highest first: the only ones that may not be full. Width 0: none. */
function lastTiles(size: number): TileId[] {
  requireSize(size);
  const tiles: TileId[] = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level += 1) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    tiles.unshift({ level, index, width: tileWidth(size, level, index) });
  }
  return tiles;
}

function* hashesOf(hashes: Uint8Array): Iterable<Uint8Array> {
  if (hashes.length % HASH_BYTES !== 0) throw new RangeError('not a row of hashes');
  for (let at = 0; at < hashes.length / HASH_BYTES; at += 1) yield hashAt(hashes, at);
}
