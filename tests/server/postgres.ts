// A real PostgreSQL, and a fresh database for each test.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Distributed, layoutOf } from '../../src/server/citus.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import type { Cluster } from '../../src/server/postgres/cluster.ts';
import { holdStatementsTo } from './every-statement.ts';
import { sharedCluster, startTestCluster } from './shared-postgres.ts';

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

/**
 * `own`: a PostgreSQL of this file's own, for tests that change what all its databases have in common,
 * as roles.
 */
export function usePostgres({ own = false } = {}): TestPostgres {
  let folder = '';
  let cluster: Cluster | null = null;
  let admin: pg.Client | null = null;
  const made: string[] = [];

  beforeAll(async () => {
    if (own) {
      folder = await mkdtemp(path.join(tmpdir(), 'unsaid-test-'));
      cluster = await startTestCluster(folder);
      holdStatementsTo(await makeTemplate(cluster));
    } else {
      shared ??= sharedCluster(inject('sharedPostgres'), makeTemplate);
      const { prepared, ...found } = await shared;
      holdStatementsTo(prepared);
      cluster = found.cluster;
    }
    admin = new pg.Client(await cluster.database('postgres'));
    await admin.connect();
  }, 60_000);

  afterAll(async () => {
    if (!own) {
      for (const name of made) await admin?.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    }
    await admin?.end();
    if (!own) return;
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const make = async (name: string, from: string) => {
    if (!admin) throw new Error('PostgreSQL starts before the first test, not earlier');
    // Files as they are: written page by page through the log, a database takes several times as long.
    await admin.query(
      `CREATE DATABASE "${name}" TEMPLATE ${from} OWNER ${OWNER} STRATEGY file_copy`,
    );
    made.push(name);
    const { user, password, host, port } = admin;
    return `postgresql://${user}:${password}@${host}:${port}/${name}`;
  };

  return {
    emptyDatabase: () => make(`empty_${randomUUID()}`, 'template1'),
    database: () => make(`test_${randomUUID()}`, TEMPLATE),
  };
}

/** The one that all files without a PostgreSQL of their own use. */
let shared: ReturnType<typeof sharedCluster<readonly Distributed[]>> | undefined;

/** Makes the database that the others are copies of; answers its tables of workspaces' rows. */
async function makeTemplate(cluster: Cluster): Promise<readonly Distributed[]> {
  const template = await cluster.database(TEMPLATE);
  await withClient(template, async (client) => {
    await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD 'test'`);
    await client.query(`ALTER DATABASE ${TEMPLATE} OWNER TO ${OWNER}`);
  });
  return withClient(asOwner(template), async (client) => {
    await migrate(client, await readMigrations());
    return (await layoutOf(client)).distributed;
  });
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
