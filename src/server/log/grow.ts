// The tree grows with the log: in the transaction that appends leaves, by whoever holds the
// workspace's row. Kept are its frontier and the tiles that are full (SPEC 9).
import type { Insertable } from 'kysely';
import { extend, type Frontier, TILE_WIDTH, tileRoot } from '../../ledger/index.ts';
import { type Database, type Db, inWorkspace, type Query, type Tx, together } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import { prepared } from '../prepared.ts';
import { frontierBytes, frontierOf } from './frontier.ts';
import { leafHashes, tileRoots } from './hashes.ts';
import { RecentTree } from './recent.ts';

type TileRow = Insertable<Database['log_tile']>;

/** Leaves that are hashed at once when a tree is built from the log. */
const AT_ONCE = 16 * TILE_WIDTH;

/**
 * The frontier after these leaves, and what stores the tiles that they fill. The leaves before must be
 * in the log, these need not be yet.
 */
export async function growTree(
  tx: Tx,
  workspace: string,
  from: { size: number; frontier: Frontier },
  hashes: Uint8Array[],
  recent = new RecentTree(),
): Promise<{ frontier: Frontier; writes: Query[] }> {
  const grown = extend(nodeHasher, from.size, from.frontier, hashes);
  const tiles: TileRow[] = [];
  let firstNew = from.size;
  let added = hashes;
  // What fills a tile of one level is a hash of the level above.
  for (let level = 0; added.length > 0; level++) {
    const before = async (start: number): Promise<readonly Uint8Array[]> =>
      (level === 0 ? recent.leavesOf(from, start) : null) ??
      (await (level === 0 ? leafHashes : tileRoots(level - 1))(tx, workspace, start, firstNew));
    const filled = await fill(workspace, level, firstNew, added, before);
    tiles.push(...filled);
    firstNew = Math.floor(firstNew / TILE_WIDTH);
    added = filled.map(({ root }) => root);
  }
  const writes = tiles.length > 0 ? [prepared(tx.insertInto('log_tile').values(tiles))] : [];
  return { frontier: grown.frontier, writes };
}

/**
 * The tiles of `level` that are full once `added` follow the `count` hashes that it has; `before`
 * reads those from a place on.
 */
async function fill(
  workspace: string,
  level: number,
  count: number,
  added: Uint8Array[],
  before: (start: number) => Promise<readonly Uint8Array[]>,
): Promise<TileRow[]> {
  const first = Math.floor(count / TILE_WIDTH);
  const start = first * TILE_WIDTH;
  const after = Math.floor((count + added.length) / TILE_WIDTH);
  if (after === first) return [];
  const hashes = [...(count === start ? [] : await before(start)), ...added];
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
    const grown = await growTree(tx, workspace, { size, frontier }, hashes);
    await together(tx, grown.writes);
    frontier = grown.frontier;
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
