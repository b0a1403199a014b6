// The newest leaves of a workspace's tree, as this process saw them committed. Pushes come from
// devices that have pinned the log as it was a moment ago, so what proves the new tree to them, and
// what fills its last tile, need not be read again.
import {
  extend,
  type Frontier,
  HASH_BYTES,
  type HashReader,
  hashAt,
  nodeHash,
  rootOf,
  sameHash,
  subtreesOf,
} from '../../ledger/index.ts';
import { nodeHasher } from '../hasher.ts';

/** Leaves kept: some tiles, and more than a few pushes at once bring. */
const MOST_LEAVES = 2_048;
/** Subtrees up to this level are worked out from their leaves: to look for each node takes longer. */
const BY_LEAVES = 6;
/** Leaves after which the frontier is kept, to forget those before. */
const STEP = 256;

/**
 * Leaves that came after a tree of `size` leaves with this frontier; their hashes end to end, since an
 * array of its own takes ten times the room of what is in it.
 */
type Grown = { size: number; frontier: Frontier; hashes: Uint8Array };

export class RecentTree {
  #grown: Grown[] = [];
  /** The tree after the last of them; null: nothing was seen yet. */
  #end: { size: number; frontier: Frontier } | null = null;
  /** level/index → root of a perfect subtree, as far as one was asked for: it stays what it is */
  readonly #roots = new Map<string, Uint8Array>();

  /** What was committed. A tree that is not the one seen last is begun with anew. */
  grew(from: { size: number; frontier: Frontier }, hashes: Uint8Array[], frontier: Frontier): void {
    if (!this.#endsWith(from)) {
      this.#grown = [];
      this.#roots.clear();
    }
    const last = this.#grown.at(-1);
    if (last && countOf(last) < STEP) last.hashes = joined([last.hashes, ...hashes]);
    else this.#grown.push({ ...from, hashes: joined(hashes) });
    this.#end = { size: from.size + hashes.length, frontier };
    while (this.#grown.length > 1 && this.#end.size - this.#first > MOST_LEAVES) {
      this.#grown.shift();
    }
    // Of each leaf there is one root, in the end.
    if (this.#roots.size > 2 * MOST_LEAVES) this.#roots.clear();
  }

  /** Hashes of the leaves from `start` up to the end of `tree`; null unless all of them are here. */
  leavesOf(
    tree: { size: number; frontier: Frontier },
    start: number,
  ): readonly Uint8Array[] | null {
    if (!this.#endsWith(tree) || start < this.#first) return null;
    const leaves: Uint8Array[] = [];
    for (let at = start; at < tree.size; at += 1) leaves.push(this.#leaf(at));
    return leaves;
  }

  /**
   * Reads subtrees of the tree seen last. Throws a NotRecent for one that is not known here: those
   * that prove it to whoever pinned a tree that ended among its leaves are.
   */
  readonly read: HashReader = (level, index) => {
    if (level === 0) return this.#leaf(index);
    const key = `${level}/${index}`;
    const known = this.#roots.get(key) ?? this.#rootOf(level, index);
    this.#roots.set(key, known);
    return known;
  };

  #leaf(index: number): Uint8Array {
    const within = this.#grown.findLast(({ size }) => size <= index);
    if (within === undefined || index >= within.size + countOf(within)) {
      return this.#rootBefore(0, index);
    }
    return hashAt(within.hashes, index - within.size);
  }

  #rootOf(level: number, index: number): Uint8Array {
    if ((index + 1) * 2 ** level <= this.#first) return this.#rootBefore(level, index);
    const leaves = level <= BY_LEAVES ? this.#leavesUnder(level, index) : null;
    if (leaves !== null) return rootOf(nodeHasher, extend(nodeHasher, 0, [], leaves).frontier);
    const left = this.read(level - 1, 2 * index) as Uint8Array;
    return nodeHash(nodeHasher, left, this.read(level - 1, 2 * index + 1) as Uint8Array);
  }

  /** null unless they were added together. */
  #leavesUnder(level: number, index: number): Uint8Array[] | null {
    const start = index * 2 ** level;
    const end = start + 2 ** level;
    const within = this.#grown.findLast(({ size }) => size <= start);
    if (within === undefined || end > within.size + countOf(within)) return null;
    const from = start - within.size;
    return Array.from({ length: end - start }, (_, at) => hashAt(within.hashes, from + at));
  }

  /** Before the leaves that are here only the frontier is known. */
  #rootBefore(level: number, index: number): Uint8Array {
    const at = subtreesOf(this.#first).findIndex(
      (one) => one.level === level && one.index === index,
    );
    const root = this.#grown[0]?.frontier[at];
    if (root === undefined) throw new NotRecent();
    return root;
  }

  get #first(): number {
    return this.#grown[0]?.size ?? 0;
  }

  #endsWith({ size, frontier }: { size: number; frontier: Frontier }): boolean {
    const end = this.#end;
    return (
      end !== null &&
      end.size === size &&
      end.frontier.length === frontier.length &&
      end.frontier.every((root, at) => sameHash(root, frontier[at] ?? root.subarray(1)))
    );
  }
}

function countOf({ hashes }: Grown): number {
  return hashes.length / HASH_BYTES;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export class NotRecent extends Error {}
