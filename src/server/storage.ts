// The database a server works on: its own PostgreSQL, or one given by its address.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Db, hasCitus, openDatabase, openPool } from './database.ts';
import { type Migration, migrate } from './migrate.ts';
import { startCluster } from './postgres/cluster.ts';
import { databasePassword } from './secrets-store.ts';

export type Storage = { pool: pg.Pool; db: Db; close(): Promise<void> };

/** Held by a running server on its own cluster: one server per data folder. */
const OWNER_LOCK = 7_203_114_561;
const OWNER_WAIT_MS = 3_000;

export async function openStorage(
  config: Config,
  dataDir: string,
  migrations: Migration[],
  log: Logger,
): Promise<Storage> {
  if (config.databaseUrl !== undefined) return connect(config.databaseUrl, migrations, log);

  const cluster = await startCluster({
    dir: path.join(dataDir, 'postgres'),
    password: await databasePassword(dataDir),
  });
  let owner: pg.Client | null = null;
  try {
    const url = await cluster.database('unsaid');
    owner = await own(url, dataDir);
    const storage = await connect(url, migrations, log);
    const held = owner;
    return {
      ...storage,
      async close() {
        await storage.close();
        await held.end();
        await cluster.stop();
      },
    };
  } catch (error) {
    if (owner) {
      await owner.end().catch(() => undefined);
      await cluster.stop();
    } else if (!(error instanceof FolderInUse)) await cluster.stop();
    throw error;
  }
}

class FolderInUse extends Error {}

/** A killed server's connection may take a moment to be noticed. */
async function own(url: string, dataDir: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  const limit = Date.now() + OWNER_WAIT_MS;
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS got', [OWNER_LOCK]);
    if (rows[0]?.got === true) return client;
    if (Date.now() > limit) {
      await client.end();
      throw new FolderInUse(`Another Unsaid server is running on ${dataDir}.`);
    }
    await sleep(100);
  }
}

async function connect(url: string, migrations: Migration[], log: Logger): Promise<Storage> {
  const pool = openPool(url, (error) => log.warn({ error }, 'database connection lost'));
  let oneMachine: boolean;
  try {
    const client = await pool.connect();
    try {
      const count = await migrate(client, migrations);
      if (count > 0) log.info({ count }, 'migrated');
      oneMachine = !(await hasCitus(client));
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = openDatabase(pool, { oneMachine });
  return { pool, db, close: () => db.destroy() };
}
