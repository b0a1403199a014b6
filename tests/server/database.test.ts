import { expect, test } from 'vitest';
import { openPool } from '../../src/server/database.ts';
import { usePostgres, withClient } from './postgres.ts';

const postgres = usePostgres();

test('a connection that breaks between two queries of a transaction fails the next one only', async () => {
  const url = await postgres.database();
  const pool = openPool(url, () => undefined);
  try {
    const client = await pool.connect();
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((done) => client.once('end', done));
    await withClient(url, (other) => other.query('SELECT pg_terminate_backend($1)', [rows[0].pid]));
    await ended;
    await expect(client.query('SELECT 1')).rejects.toThrow();
    client.release(true);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
  }
});
