// A workspace's log as the offline verification reads it, out of the database.
import {
  type Audited,
  auditLog,
  checkpointText,
  type Finding,
  fromBase64,
  type LogRow,
  rootOf,
  signNote,
  TILE_WIDTH,
} from '../../ledger/index.ts';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import type { LogKey } from '../log-key.ts';
import { frontierOf } from './frontier.ts';
import { readTile } from './hashes.ts';
import type { Largest } from './largest.ts';
import { originOf } from './origin.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

const AT_ONCE = 1_000;

/**
 * Verifies the workspace's log as one snapshot: against itself, against what the server remembers to
 * have signed, and against what devices reported to have pinned.
 */
export function auditWorkspace(
  db: Db,
  workspace: string,
  key: LogKey,
  largest: Pick<Largest, 'of'>,
  tell: (finding: Finding) => void,
): Promise<Audited> {
  return inWorkspace(
    db,
    workspace,
    async (tx) => {
      const row = await tx
        .selectFrom('workspace')
        .select(['seq', 'frontier', 'origin'])
        .where('id', '=', workspace)
        .executeTakeFirstOrThrow();
      const origin = originOf(key, workspace, row);
      const root = rootOf(nodeHasher, frontierOf(row.frontier ?? new Uint8Array(0)));
      const log = {
        workspace,
        rows: rowsOf(tx, workspace),
        tile: async (level: number, index: number) => {
          const hashes = await readTile(tx, workspace, { level, index, width: TILE_WIDTH });
          return hashes.length === 0 ? null : hashes;
        },
        kept: { size: row.seq, root },
        checkpoint: null,
        pinned: [
          ...(await remembered(workspace, origin, key, largest)),
          ...(await reported(tx, workspace)),
        ],
        key,
      };
      return auditLog(nodeHasher, verifyEd25519, log, tell);
    },
    { snapshot: true },
  );
}

async function* rowsOf(tx: Tx, workspace: string): AsyncIterable<LogRow> {
  for (let last = -1; ; ) {
    const rows = await tx
      .selectFrom('log_leaf as l')
      .leftJoin('log_signature as s', (join) =>
        join
          .onRef('s.workspace_id', '=', 'l.workspace_id')
          .onRef('s.device', '=', 'l.device')
          .onRef('s.n', '=', 'l.n'),
      )
      .select(['l.seq', 'l.leaf', 'l.body', 'l.salt', 'l.folded', 's.signature'])
      .where('l.workspace_id', '=', workspace)
      .where('l.seq', '>', last)
      .orderBy('l.seq')
      .limit(AT_ONCE)
      .execute();
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < AT_ONCE) return;
    last = end.seq;
  }
}

/** What the server signed, as far as it remembers: signed again, since only the size and root are kept. */
async function remembered(
  workspace: string,
  origin: string,
  key: LogKey,
  largest: Pick<Largest, 'of'>,
): Promise<string[]> {
  const seen = largest.of(workspace);
  const root = seen?.origin === origin ? fromBase64(seen.root) : null;
  if (!seen || root === null) return [];
  return [await signNote(checkpointText({ origin, size: seen.size, root }), key)];
}

/** Of devices' reports, what they had pinned. */
async function reported(tx: Tx, workspace: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('log_report')
    .select('pinned')
    .where('workspace_id', '=', workspace)
    .orderBy('received')
    .execute();
  return [...new Set(rows.flatMap(({ pinned }) => (pinned === null ? [] : [pinned])))];
}
