// `unsaid evidence FILE`: a bundle of a workspace's log, also while a server works on it.
import { access } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Membership } from '../accounts/members.ts';
import { membershipById } from '../accounts/members.ts';
import { besideServer } from '../backup/commands.ts';
import type { Config } from '../config.ts';
import { type Db, inWorkspace } from '../database.ts';
import { createCheckpoints } from '../log/checkpoints.ts';
import { adminOf, workspacesOf } from '../log/commands.ts';
import { openLargest } from '../log/largest.ts';
import { presentLogKey } from '../log-key.ts';
import { readMigrations } from '../migrate.ts';
import { createDirectories } from '../register/directory.ts';
import { openDataDir } from '../secrets-store.ts';
import { openStorage } from '../storage.ts';
import { bundleToFile } from './to-file.ts';
import { type Asked, wishOf } from './wish.ts';

/** Changes in it. @throws an Error in words where it cannot be made; then there is no file. */
export async function evidenceCommand(
  config: Config,
  log: Logger,
  path: string,
  asked: Asked & { workspace: string | null },
): Promise<number> {
  if (await isThere(path)) throw new Error(`${path} is there already.`);
  const dataDir = await openDataDir(config.dataDir);
  const logKey = await presentLogKey(config);
  const largest = await openLargest(dataDir, (error) => log.error({ error }, 'not remembered'));
  const storage =
    (await besideServer(config, dataDir, log)) ??
    (await openStorage(config, dataDir, await readMigrations(), log));
  try {
    const { db } = storage;
    const checkpoints = createCheckpoints(logKey, largest, log);
    const admin = await adminIn(db, await theWorkspace(db, asked.workspace));
    const wish = await inWorkspace(db, admin.workspace.id, async (tx) =>
      wishOf(await createDirectories().of(tx, admin), asked),
    );
    if (!wish.ok) throw new Error(wish.words);
    const made = await bundleToFile({ db, checkpoints, logKey }, admin, wish.wish, path);
    if (!made.ok) throw new Error(made.words);
    return made.changes;
  } finally {
    await largest.close();
    await storage.close();
  }
}

export async function theWorkspace(db: Db, asked: string | null): Promise<string> {
  const all = await workspacesOf(db);
  const [only] = all;
  if (asked !== null && all.includes(asked)) return asked;
  if (asked === null && all.length === 1 && only !== undefined) return only;
  throw new Error(
    `Say which workspace with --workspace: ${all.join(', ') || 'there is none yet'}.`,
  );
}

async function adminIn(db: Db, workspace: string): Promise<Membership> {
  const admin = await adminOf(db, workspace);
  const found =
    admin && (await inWorkspace(db, workspace, (tx) => membershipById(tx, workspace, admin)));
  if (!found) throw new Error('This workspace has no admin in whose name it could be made.');
  return found;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
