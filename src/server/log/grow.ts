// The tree grows with the log: in the transaction that appends leaves, by whoever holds the
// workspace's row. Kept are its frontier and the tiles that are full (SPEC 9).
import type { Insertable } from 'kysely';
import { extend, type Frontier, TILE_WIDTH, tileRoot } from '../../ledger/index.ts';
import { type Database, type Db, inWorkspace, type Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import { frontierBytes, frontierOf } from './frontier.ts';
import { leafHashes, tileRoots } from './hashes.ts';

type TileRow = Insertable<Database['log_tile']>;

/** Leaves that are hashed at once when a tree is built from the log. */
const AT_ONCE = 16 * TILE_WIDTH;

/**
 * Stores the tiles that these leaves fill, from `size` on, and returns the frontier after them. The
 * leaves before must be in the log, these need not be yet.
 */
export async function growTree(
  tx: Tx,
  workspace: string,
  size: number,
  frontier: Frontier,
  hashes: Uint8Array[],
): Promise<Frontier> {
  const grown = extend(nodeHasher, size, frontier, hashes);
  const tiles: TileRow[] = [];
  let firstNew = size;
  let added = hashes;
  // What fills a tile of one level is a hash of the level above.
  for (let level = 0; added.length > 0; level++) {
    const filled = await fill(tx, workspace, level, firstNew, added);
    tiles.push(...filled);
    firstNew = Math.floor(firstNew / TILE_WIDTH);
    added = filled.map(({ root }) => root);
  }
  if (tiles.length > 0) await tx.insertInto('log_tile').values(tiles).execute();
  return grown.frontier;
}

/** The tiles of `level` that are full once `added` follow the `count` hashes that it has. */
async function fill(
  tx: Tx,
  workspace: string,
  level: number,
  count: number,
  added: Uint8Array[],
): Promise<TileRow[]> {
  const first = Math.floor(count / TILE_WIDTH);
  const start = first * TILE_WIDTH;
  const after = Math.floor((count + added.length) / TILE_WIDTH);
  if (after === first) return [];
  const before =
    count === start
      ? []
      : await (level === 0 ? leafHashes : tileRoots(level - 1))(tx, workspace, start, count);
  const hashes = [...before, ...added];
  return Array.from({ length: after - first }, (_, at) => {
    const bytes = Buffer.concat(hashes.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH));
    return {
      workspace_id: workspace,
      level,
      idx: first + at,
      hashes: bytes,
      root: tileRoot(nodeHasher, bytes),
    };
  });
}

/**
 * The frontier of the workspace, whose row the caller holds. A workspace from before there was a
 * tree has none: it is built from the leaves, here and once.
 */
export async function frontierOrBuilt(
  tx: Tx,
  workspace: string,
  held: { seq: number; frontier: Uint8Array | null },
): Promise<Frontier> {
  if (held.frontier !== null) return frontierOf(held.frontier);
  let frontier: Frontier = [];
  for (let size = 0; size < held.seq; size += AT_ONCE) {
    const hashes = await leafHashes(tx, workspace, size, Math.min(size + AT_ONCE, held.seq));
    frontier = await growTree(tx, workspace, size, frontier, hashes);
  }
  await tx
    .updateTable('workspace')
    .set({ frontier: frontierBytes(frontier) })
    .where('id', '=', workspace)
    .execute();
  return frontier;
}

/** Builds the trees of workspaces from before there were any. Servers that start together agree. */
export async function buildTrees(db: Db): Promise<void> {
  const workspaces = await db.selectFrom('organization').select('id').execute();
  for (const { id } of workspaces) {
    await inWorkspace(db, id, async (tx) => {
      const held = await tx
        .selectFrom('workspace')
        .select(['seq', 'frontier'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (held) await frontierOrBuilt(tx, id, held);
    });
  }
}
