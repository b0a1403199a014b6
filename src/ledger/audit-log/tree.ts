// The leaves as a tree: against the tiles that are kept, and against checkpoints.
import type { Checkpoint } from '../checkpoint.ts';
import type { Hasher } from '../hasher.ts';
import { hashAt, TILE_WIDTH, tilePath, tileRoot } from '../tile.ts';
import { extend, type Frontier, HASH_BYTES, rootOf, sameHash } from '../tree.ts';
import { type Report, wrong } from './finding.ts';

/** A full tile as it is kept; null when there is none. */
export type KeptTile = (level: number, index: number) => Promise<Uint8Array | null>;

/** `what`: what is said of the log when it does not give the checkpoint's root. */
export type Expected = Pick<Checkpoint, 'size' | 'root'> & {
  what: 'root-differs' | 'fork';
  words: string;
};

/** The tile of a level that is filling. */
type Filling = { index: number; hashes: Uint8Array[] };

export class TreeAudit {
  #size = 0;
  #frontier: Frontier = [];
  readonly #levels: Filling[] = [];
  readonly #expected: Expected[];

  readonly #hasher: Hasher;
  readonly #tile: KeptTile;
  readonly #report: Report;

  constructor(hasher: Hasher, tile: KeptTile, expected: readonly Expected[], report: Report) {
    this.#hasher = hasher;
    this.#tile = tile;
    this.#report = report;
    this.#expected = [...expected].sort((a, b) => a.size - b.size);
    this.#compare();
  }

  get size(): number {
    return this.#size;
  }

  root(): Uint8Array {
    return rootOf(this.#hasher, this.#frontier);
  }

  async add(leafHash: Uint8Array): Promise<void> {
    const next = extend(this.#hasher, this.#size, this.#frontier, [leafHash]);
    this.#size = next.size;
    this.#frontier = next.frontier;
    this.#compare();
    await this.#fill(0, leafHash);
  }

  /** What was expected of more leaves than there are. */
  beyond(): Expected[] {
    return this.#expected;
  }

  #compare() {
    for (;;) {
      const next = this.#expected[0];
      if (next?.size !== this.#size) return;
      this.#expected.shift();
      if (!sameHash(next.root, this.root())) this.#report(wrong(next.what, next.words));
    }
  }

  async #fill(level: number, hash: Uint8Array): Promise<void> {
    this.#levels[level] ??= { index: 0, hashes: [] };
    const filling = this.#levels[level];
    filling.hashes.push(hash);
    if (filling.hashes.length < TILE_WIDTH) return;
    const { index, hashes } = filling;
    this.#levels[level] = { index: index + 1, hashes: [] };
    const bytes = joined(hashes);
    const kept = await this.#tile(level, index);
    this.#compareTile(level, index, hashes, kept);
    // Above, a tile is held against the ones kept below it: each change is told once.
    const isWhole = kept?.length === bytes.length;
    await this.#fill(level + 1, tileRoot(this.#hasher, isWhole ? kept : bytes));
  }

  #compareTile(level: number, index: number, hashes: Uint8Array[], kept: Uint8Array | null) {
    const path = tilePath(level, index);
    if (kept?.length !== TILE_WIDTH * HASH_BYTES) {
      const words = kept === null ? 'is missing' : 'is not 256 hashes';
      this.#report(wrong('tile-missing', `The kept tile ${path} ${words}.`));
      return;
    }
    for (const [at, hash] of hashes.entries()) {
      if (sameHash(hash, hashAt(kept, at))) continue;
      if (level === 0) {
        const seq = index * TILE_WIDTH + at;
        const words = `Leaf ${seq} is not the one whose hash was kept in ${path}: one of the two was changed.`;
        this.#report(wrong('leaf-changed', words, { seq }));
      } else {
        const below = tilePath(level - 1, index * TILE_WIDTH + at);
        const words = `The kept tile ${path} does not have the root of ${below}: one of the two was changed.`;
        this.#report(wrong('tile-changed', words));
      }
    }
  }
}

function joined(hashes: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  for (const [at, hash] of hashes.entries()) bytes.set(hash, at * HASH_BYTES);
  return bytes;
}
