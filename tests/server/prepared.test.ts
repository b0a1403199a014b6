// Prepared statements: used where a connection leads to PostgreSQL itself, and nowhere else.
import { connect, createServer, type Server, type Socket } from 'node:net';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../src/server/database.ts';
import { preparedText } from '../../src/server/prepared.ts';
import { usePostgres, withClient } from './postgres.ts';

const postgres = usePostgres();
const ASKED = preparedText('SELECT $1::int + 1 AS sum');
let database: string;
const pools: pg.Pool[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  database = await postgres.database();
});

afterAll(async () => {
  for (const pool of pools) await pool.end();
  for (const server of servers) server.close();
});

async function connection(url: string): Promise<pg.PoolClient> {
  const pool = openPool(url, () => undefined);
  pools.push(pool);
  return pool.connect();
}

async function preparedOn(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query('SELECT statement FROM pg_prepared_statements');
  return rows.map(({ statement }) => statement);
}

/** What stands between as a pooler does: whoever connects is told a process number of its own. */
async function pooler(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream);
    renumber(upstream, client);
    for (const one of [client, upstream]) one.on('error', () => undefined);
    client.on('close', () => upstream.destroy());
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on a port');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(address.port);
  return through.href;
}

/** Changes the number in BackendKeyData: 'K', a length of 12, the number, a secret. */
function renumber(from: Socket, to: Socket) {
  from.on('data', (bytes) => {
    const at = bytes.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
    if (at >= 0) bytes.writeInt32BE(bytes.readInt32BE(at + 5) ^ 1, at + 5);
    to.write(bytes);
  });
}

test('what is asked all the time is prepared once on each connection', async () => {
  const client = await connection(database);
  for (const n of [1, 2, 3]) {
    expect((await client.query(ASKED, [n])).rows).toEqual([{ sum: n + 1 }]);
  }
  await client.query('SELECT $1::int + 2 AS sum', [1]);
  expect(await preparedOn(client)).toEqual([ASKED]);
  client.release();
});

test('several at once, a failed one among them, leave the connection as it should be', async () => {
  const client = await connection(database);
  await client.query('SELECT 1'); // by now it is known where it leads
  const several = [1, 'x', 2].map((n) => client.query(ASKED, [n]));
  const answers = await Promise.allSettled(several);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await client.query(ASKED, [4])).rows).toEqual([{ sum: 5 }]);
  expect(await preparedOn(client)).toEqual([ASKED]);
  client.release();
});

test('one that was first asked in a transaction that had failed can be asked afterwards', async () => {
  const client = await connection(database);
  await client.query('BEGIN');
  await expect(client.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
  await expect(client.query(ASKED, [1])).rejects.toThrow('current transaction is aborted');
  await client.query('ROLLBACK');
  expect((await client.query(ASKED, [1])).rows).toEqual([{ sum: 2 }]);
  client.release();
});

test('a pool’s own questions are answered too', async () => {
  const pool = openPool(database, () => undefined);
  pools.push(pool);
  for (const n of [1, 2]) expect((await pool.query(ASKED, [n])).rows).toEqual([{ sum: n + 1 }]);
});

test('behind a pooler nothing is prepared', async () => {
  const client = await connection(await pooler(database));
  for (const n of [1, 2, 3]) {
    expect((await client.query(ASKED, [n])).rows).toEqual([{ sum: n + 1 }]);
  }
  expect(await preparedOn(client)).toEqual([]);
  client.release();
});

test('where Citus is nothing is prepared', async () => {
  const spread = await postgres.database();
  await withClient(spread, async (owner) => {
    // As its CREATE EXTENSION leaves it there.
    await owner.query('SET allow_system_table_mods = on');
    await owner.query(
      `INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
       VALUES (4242424, 'citus', 10, 11, false, '13.0')`,
    );
  });
  const client = await connection(spread);
  for (const n of [1, 2, 3]) {
    expect((await client.query(ASKED, [n])).rows).toEqual([{ sum: n + 1 }]);
  }
  expect(await preparedOn(client)).toEqual([]);
  client.release();
});
