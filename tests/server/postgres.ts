// A real PostgreSQL for the tests of one file, and a fresh database for each test.
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { layoutOf } from '../../src/server/citus.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { type Cluster, startCluster } from '../../src/server/postgres/cluster.ts';
import { holdStatementsTo } from './every-statement.ts';

const TEMPLATE = 'template_unsaid';
const OWNER = 'unsaid_owner';

export type TestPostgres = {
  /** Connection string of an empty database, as superuser. */
  emptyDatabase(): Promise<string>;
  /** Connection string of a new, migrated database, as superuser: no walls hold. */
  database(): Promise<string>;
};

/** The same database as its owner sees it, who is no superuser: behind walls. */
export function asOwner(url: string): string {
  const owner = new URL(url);
  owner.username = OWNER;
  return owner.href;
}

export function usePostgres(): TestPostgres {
  let folder = '';
  let cluster: Cluster | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'unsaid-test-'));
    await chmod(folder, 0o711); // as root, PostgreSQL runs under another account
    cluster = await startCluster({
      dir: path.join(folder, 'postgres'),
      password: 'test',
      settings: ['fsync=off', 'synchronous_commit=off', 'max_connections=60'],
    });
    const template = await cluster.database(TEMPLATE);
    await withClient(template, async (client) => {
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD 'test'`);
      await client.query(`ALTER DATABASE ${TEMPLATE} OWNER TO ${OWNER}`);
    });
    await withClient(asOwner(template), async (client) => {
      await migrate(client, await readMigrations());
      holdStatementsTo((await layoutOf(client)).distributed);
    });
  }, 60_000);

  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const running = () => {
    if (!cluster) throw new Error('PostgreSQL starts before the first test, not earlier');
    return cluster;
  };

  return {
    async emptyDatabase() {
      const name = `empty_${randomUUID()}`;
      const url = await running().database(name);
      await withClient(url, (client) => client.query(`ALTER DATABASE "${name}" OWNER TO ${OWNER}`));
      return url;
    },
    async database() {
      const name = `test_${randomUUID()}`;
      await withClient(await running().database('postgres'), (client) =>
        client.query(`CREATE DATABASE "${name}" TEMPLATE ${TEMPLATE} OWNER ${OWNER}`),
      );
      return running().database(name);
    },
  };
}

export async function withClient<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
