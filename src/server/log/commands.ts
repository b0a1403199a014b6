// `unsaid log verify` and `unsaid log new-origin`.
import type { Logger } from 'pino';
import type { Finding } from '../../ledger/index.ts';
import { membershipById } from '../accounts/members.ts';
import { besideServer } from '../backup/commands.ts';
import type { Config } from '../config.ts';
import { type Db, inWorkspace } from '../database.ts';
import { presentLogKey } from '../log-key.ts';
import { readMigrations } from '../migrate.ts';
import { openDataDir } from '../secrets-store.ts';
import { openStorage } from '../storage.ts';
import { auditWorkspace } from './audit.ts';
import { beginAnew } from './begin-anew.ts';
import { openLargest } from './largest.ts';

export type WorkspaceFinding = Finding & { workspace: string };

export type Verified = { workspace: string; size: number; sound: boolean };

/** Verifies the logs of all workspaces, also while a server works on them. */
export async function verifyCommand(
  config: Config,
  log: Logger,
  tell: (finding: WorkspaceFinding) => void,
): Promise<Verified[]> {
  const dataDir = await openDataDir(config.dataDir);
  const key = await presentLogKey(config);
  const storage =
    (await besideServer(config, dataDir, log)) ??
    (await openStorage(config, dataDir, await readMigrations(), log));
  try {
    const largest = await openLargest(dataDir, () => undefined);
    const verified: Verified[] = [];
    for (const workspace of await workspacesOf(storage.db)) {
      const { size, sound } = await auditWorkspace(storage.db, workspace, key, largest, (finding) =>
        tell({ workspace, ...finding }),
      );
      verified.push({ workspace, size, sound });
    }
    return verified;
  } finally {
    await storage.close();
  }
}

/** Begins a new origin for every workspace's log; the origins. The server must be stopped, if it runs a PostgreSQL of its own. */
export async function newOriginCommand(config: Config, log: Logger): Promise<string[]> {
  const dataDir = await openDataDir(config.dataDir);
  const key = await presentLogKey(config);
  const storage = await openStorage(config, dataDir, await readMigrations(), log);
  try {
    const largest = await openLargest(dataDir, () => undefined);
    const origins: string[] = [];
    for (const workspace of await workspacesOf(storage.db)) {
      const admin = await adminOf(storage.db, workspace);
      if (admin === null) continue;
      origins.push(
        await inWorkspace(storage.db, workspace, async (tx) => {
          const membership = await membershipById(tx, workspace, admin);
          if (membership === null) throw new Error('the admin is a member of their workspace');
          return beginAnew(tx, membership, key, largest);
        }),
      );
    }
    return origins;
  } finally {
    await storage.close();
  }
}

export async function workspacesOf(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('organization').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

export async function adminOf(db: Db, workspace: string): Promise<string | null> {
  const row = await db
    .selectFrom('member')
    .select('id')
    .where('organizationId', '=', workspace)
    .where('role', '=', 'admin')
    .where('deactivatedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .executeTakeFirst();
  return row?.id ?? null;
}
