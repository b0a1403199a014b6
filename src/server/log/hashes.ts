// The tree's hashes as the database has them: leaves are hashed where they lie, roots of full tiles
// are kept with the tiles.
import { sql } from 'kysely';
import {
  type HashReader,
  readerOfTiles,
  TILE_WIDTH,
  type TileId,
  tileWidth,
} from '../../ledger/index.ts';
import type { Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';

/** SHA-256(0x00 ‖ leaf bytes) of the leaves from `from` up to `to` (SPEC 8). */
export async function leafHashes(
  tx: Tx,
  workspace: string,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const rows = await tx
    .selectFrom('log_leaf')
    .select(sql<Buffer>`sha256('\\x00'::bytea || leaf)`.as('hash'))
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', from)
    .where('seq', '<', to)
    .orderBy('seq')
    .execute();
  return rows.map(({ hash }) => hash);
}

/** Reads the roots of a level's full tiles from `from` up to `to`. */
export function tileRoots(level: number) {
  return async (tx: Tx, workspace: string, from: number, to: number): Promise<Uint8Array[]> => {
    const rows = await tx
      .selectFrom('log_tile')
      .select('root')
      .where('workspace_id', '=', workspace)
      .where('level', '=', level)
      .where('idx', '>=', from)
      .where('idx', '<', to)
      .orderBy('idx')
      .execute();
    return rows.map(({ root }) => root);
  };
}

/**
 * The hashes of a tile, end to end: a full one as it is kept, what is still filling worked out.
 * Fewer than its width when the log has not got them.
 */
export async function readTile(tx: Tx, workspace: string, tile: TileId): Promise<Uint8Array> {
  const { level, index, width } = tile;
  if (width === TILE_WIDTH) {
    const row = await tx
      .selectFrom('log_tile')
      .select('hashes')
      .where('workspace_id', '=', workspace)
      .where('level', '=', level)
      .where('idx', '=', index)
      .executeTakeFirst();
    return row?.hashes ?? new Uint8Array(0);
  }
  const start = index * TILE_WIDTH;
  const read = level === 0 ? leafHashes : tileRoots(level - 1);
  return Buffer.concat(await read(tx, workspace, start, start + width));
}

/** Reads hashes for one proof in a tree of `size` leaves. */
export function readerOfLog(tx: Tx, workspace: string, size: number): HashReader {
  return readerOfTiles(nodeHasher, size, (level, index) =>
    readTile(tx, workspace, { level, index, width: tileWidth(size, level, index) }),
  );
}
