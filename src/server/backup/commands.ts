// What the `unsaid` command does besides serving: backup, restore, erasing again, retention.
import path from 'node:path';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openDatabase, openPool } from '../database.ts';
import { openErasureList, workspacesOf } from '../erasure/list.ts';
import { createCustomers } from '../following/customers.ts';
import { freshId } from '../ids.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { startCluster } from '../postgres/cluster.ts';
import { runningCluster } from '../postgres/leftover.ts';
import { runRetention } from '../retention/run.ts';
import { databasePassword, openDataDir } from '../secrets-store.ts';
import { openStorage, type Storage } from '../storage.ts';
import { backUp, type Manifest, readManifest, restore } from './backup.ts';

/** Backs the database up, also while a server works on it. */
export async function backupCommand(config: Config, dir: string, log: Logger): Promise<Manifest> {
  const dataDir = await openDataDir(config.dataDir);
  const storage =
    (await besideServer(config, dataDir, log)) ??
    (await openStorage(config, dataDir, await readMigrations(), log));
  try {
    return await withConnection(storage.pool, (client) =>
      backUp(client, path.resolve(dir), Date.now()),
    );
  } finally {
    await storage.close();
  }
}

/** Restores into an empty database, brings it up to date, and erases again what was erased since. */
export async function restoreCommand(config: Config, dir: string, log: Logger) {
  const from = path.resolve(dir);
  const { migrations: count } = await readManifest(from);
  const all = await readMigrations();
  if (count > all.length) {
    throw new Error('This backup belongs to a newer Unsaid. Restore it with that version.');
  }
  const dataDir = await openDataDir(config.dataDir);
  const storage = await openStorage(config, dataDir, all.slice(0, count), log);
  try {
    const manifest = await withConnection(storage.pool, async (client) => {
      const restored = await restore(client, from, freshId);
      await migrate(client, all);
      return restored;
    });
    const erasures = await openErasureList(dataDir);
    const erased = await erasures.apply(storage.db);
    await erasures.keep(storage.db);
    return { manifest, erased };
  } finally {
    await storage.close();
  }
}

/** Erases again what the list in the data folder has and the database has not. */
export async function erasuresCommand(config: Config, log: Logger): Promise<number> {
  const dataDir = await openDataDir(config.dataDir);
  const storage = await openStorage(config, dataDir, await readMigrations(), log);
  try {
    const erasures = await openErasureList(dataDir);
    const erased = await erasures.apply(storage.db);
    await erasures.keep(storage.db);
    return erased;
  } finally {
    await storage.close();
  }
}

/** A retention run now, for every workspace; a line of words for each kind. */
export async function retentionCommand(
  config: Config,
  dryRun: boolean,
  log: Logger,
): Promise<string[]> {
  const dataDir = await openDataDir(config.dataDir);
  const storage = await openStorage(config, dataDir, await readMigrations(), log);
  try {
    const lines: string[] = [];
    for (const workspace of await workspacesOf(storage.db)) {
      const { counts, refused } = await runRetention(
        storage.db,
        workspace,
        createCustomers(),
        Date.now(),
        dryRun,
      );
      if (refused !== null) lines.push(`${workspace}: ${refused}`);
      for (const [kind, { due, held }] of Object.entries(counts)) {
        lines.push(`${workspace} ${kind}: ${due} ${dryRun ? 'due' : 'erased'}, ${held} held`);
      }
    }
    if (!dryRun) await (await openErasureList(dataDir)).keep(storage.db);
    return lines;
  } finally {
    await storage.close();
  }
}

/** A connection to the server's own PostgreSQL while that runs; null when it does not. */
export async function besideServer(
  config: Config,
  dataDir: string,
  log: Logger,
): Promise<Storage | null> {
  if (config.databaseUrl !== undefined) return null;
  const dir = path.join(dataDir, 'postgres');
  const password = await databasePassword(dataDir);
  if (!(await runningCluster(dir, 'unsaid', password))) return null;
  // It runs already: this only finds out its address, and it is not ours to stop.
  const url = await (await startCluster({ dir, password })).database('unsaid');
  const pool = openPool(url, (error) => log.warn({ error }, 'database connection lost'));
  const db = openDatabase(pool);
  return { pool, db, close: () => db.destroy() };
}

async function withConnection<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
