import { expect, onTestFinished, test } from 'vitest';
import {
  type Db,
  inWorkspace,
  openDatabase,
  openPool,
  statement,
  together,
} from '../../src/server/database.ts';
import { freshId } from '../../src/server/ids.ts';
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

const workspace = freshId();

async function serverDatabase(): Promise<{ url: string; db: Db }> {
  const url = await postgres.database();
  const db = openDatabase(openPool(url, () => undefined));
  onTestFinished(() => db.destroy());
  await withClient(url, (client) =>
    client.query('INSERT INTO workspace (id, epoch) VALUES ($1, $2)', [workspace, freshId()]),
  );
  return { url, db };
}

const sized = (seq: number) =>
  statement(`UPDATE workspace SET seq = ${seq} WHERE id = $1`, [workspace]);
const wrong = () => statement('SELECT 1 / 0');

async function sizeIn(url: string): Promise<number> {
  const { rows } = await withClient(url, (client) => client.query('SELECT seq FROM workspace'));
  return Number(rows[0].seq);
}

test('what is asked together is answered in order, and the first error is the one to know', async () => {
  const { url, db } = await serverDatabase();
  const [[before], , [after]] = await inWorkspace(db, workspace, (tx) => {
    const seq = tx.selectFrom('workspace').select('seq').where('id', '=', workspace);
    return together(tx, [seq, sized(7), seq]);
  });
  expect([before?.seq, after?.seq]).toEqual([0, 7]);
  const failing = inWorkspace(db, workspace, (tx) => together(tx, [sized(8), wrong(), sized(9)]));
  await expect(failing).rejects.toThrow('division by zero');
  expect(await sizeIn(url)).toBe(7);
});

test('a commit sent behind other statements commits all of them or none, and ends the transaction', async () => {
  const { url, db } = await serverDatabase();
  const rows = await inWorkspace(db, workspace, async (tx, commit) => {
    const answers = await commit(
      sized(3),
      tx.selectFrom('workspace').select('seq').where('id', '=', workspace),
    );
    await expect(together(tx, [sized(4)])).rejects.toThrow('the transaction has ended');
    return answers[1];
  });
  expect(rows).toEqual([{ seq: 3 }]);
  const failing = inWorkspace(db, workspace, (_, commit) => commit(sized(5), wrong(), sized(6)));
  await expect(failing).rejects.toThrow('division by zero');
  expect(await sizeIn(url)).toBe(3);
  // The connection is as good as new.
  await inWorkspace(db, workspace, (_, commit) => commit(sized(9)));
  expect(await sizeIn(url)).toBe(9);
});

test('walls stand before the first question is asked', async () => {
  const { db } = await serverDatabase();
  const [other] = await inWorkspace(db, freshId(), (tx) =>
    together(tx, [tx.selectFrom('workspace').select('id').where('id', '=', workspace)]),
  );
  expect(other).toEqual([]);
});
