// The peer on the side of PostgreSQL: COPY of the rows that a push leaves behind, leaves and records,
// into copies of their tables with the same indexes, in the same batches and as durably committed.
// It checks nothing, folds nothing and keeps no order, so it is the most that can be asked for.
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from, to } from 'pg-copy-streams';

/** Rows of a batch as PostgreSQL's binary COPY has them, the quickest of its formats. */
export type CopyBatch = { count: number; leaves: Buffer; records: Buffer };

/** What a workspace's log holds from `first` on, cut into batches of these sizes. */
export async function batchesOf(
  database: pg.Pool,
  workspace: string,
  first: number,
  sizes: number[],
): Promise<CopyBatch[]> {
  const client = await database.connect();
  try {
    const batches: CopyBatch[] = [];
    const columns = await storedColumns(client);
    let seq = first;
    for (const count of sizes) {
      const within = `l.workspace_id = '${workspace}' AND l.seq >= ${seq} AND l.seq < ${seq + count}`;
      const read = (query: string) =>
        buffer(client.query(to(`COPY (${query}) TO STDOUT (FORMAT binary)`)));
      const leaves = await read(`SELECT l.* FROM log_leaf l WHERE ${within} ORDER BY l.seq`);
      const records = await read(
        `SELECT ${columns} FROM record r JOIN log_leaf l
         ON l.workspace_id = r.workspace_id AND l.kind = r.kind AND l.record = r.id
         WHERE ${within} ORDER BY l.seq`,
      );
      batches.push({ count, leaves, records });
      seq += count;
    }
    return batches;
  } finally {
    client.release();
  }
}

/** What a row of a record is given: generated columns are made by the table itself. */
async function storedColumns(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = 'record'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     ORDER BY attnum`,
  );
  return rows.map(({ name }) => `r.${name}`).join(', ');
}

/** Each list of batches on a connection of its own, all at once; changes per second. */
export async function copyAll(database: pg.Pool, lists: CopyBatch[][]): Promise<number> {
  await database.query(
    `DROP TABLE IF EXISTS copied_leaf, copied_record;
     CREATE TABLE copied_leaf (LIKE log_leaf INCLUDING ALL);
     CREATE TABLE copied_record (LIKE record INCLUDING ALL)`,
  );
  const clients = await Promise.all(lists.map(() => database.connect()));
  try {
    const start = performance.now();
    await Promise.all(
      lists.map(async (batches, at) => {
        const client = clients[at];
        if (client === undefined) throw new Error('a connection for each list');
        for (const { leaves, records } of batches) {
          await client.query('BEGIN');
          await copyIn(client, 'copied_leaf', leaves);
          await copyIn(client, 'copied_record', records);
          await client.query('COMMIT');
        }
      }),
    );
    const seconds = (performance.now() - start) / 1_000;
    return countOf(lists) / seconds;
  } finally {
    for (const client of clients) client.release();
  }
}

function countOf(lists: CopyBatch[][]): number {
  return lists.flat().reduce((sum, { count }) => sum + count, 0);
}

function copyIn(client: pg.PoolClient, table: string, rows: Buffer): Promise<void> {
  const stream = client.query(from(`COPY ${table} FROM STDIN (FORMAT binary)`));
  return pipeline([rows], stream);
}
