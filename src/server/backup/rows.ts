// Rows as lines of JSON: an array of the columns' texts, as PostgreSQL writes and reads them, so that
// bytes come back to the byte. Read with a cursor, so that memory does not grow with the table.
import type pg from 'pg';
import type { Table } from './tables.ts';

/** Rows at a time: some may be megabytes. */
const AT_ONCE = 200;

/** The client's texts mean the same on every machine. Needs a transaction. */
export async function settleTexts(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 3`,
  );
}

/** What is done next sees and writes this workspace's rows alone. Needs a transaction. */
export async function enter(client: pg.ClientBase, workspace: string): Promise<void> {
  if (!UUID.test(workspace)) throw new Error('a workspace is named by its id');
  await client.query(`SET LOCAL unsaid.workspace = '${workspace}'`);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Row = (string | null)[];

/** All rows of a table, workspace by workspace, in the order of its key. */
export async function* rowsOf(
  client: pg.ClientBase,
  table: Table,
  workspaces: readonly string[],
): AsyncGenerator<Row[]> {
  if (table.workspace === null) {
    yield* read(client, table, '');
    return;
  }
  for (const workspace of workspaces) {
    await enter(client, workspace);
    const column = client.escapeIdentifier(table.workspace);
    yield* read(client, table, `WHERE ${column} = '${workspace}'`);
  }
}

async function* read(client: pg.ClientBase, table: Table, where: string): AsyncGenerator<Row[]> {
  const quoted = (name: string) => client.escapeIdentifier(name);
  const columns = table.columns.map(({ name }) => `${quoted(name)}::text`).join(', ');
  const key = table.key.map(quoted).join(', ');
  await client.query(
    `DECLARE backup_rows NO SCROLL CURSOR FOR
     SELECT ${columns} FROM ${quoted(table.name)} ${where} ORDER BY ${key}`,
  );
  for (;;) {
    const { rows } = await client.query<Row>({
      text: `FETCH ${AT_ONCE} FROM backup_rows`,
      rowMode: 'array',
    });
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('CLOSE backup_rows');
}

/** Puts rows back, workspace by workspace. */
export async function insertRows(
  client: pg.ClientBase,
  table: Table,
  rows: readonly Row[],
): Promise<void> {
  const at = table.columns.findIndex(({ name }) => name === table.workspace);
  const groups = at < 0 ? new Map([['', [...rows]]]) : Map.groupBy(rows, (row) => row[at] ?? '');
  const quoted = (name: string) => client.escapeIdentifier(name);
  const names = table.columns.map(({ name }) => quoted(name)).join(', ');
  for (const [workspace, some] of groups) {
    if (at >= 0) await enter(client, workspace);
    for (let from = 0; from < some.length; from += AT_ONCE) {
      const slice = some.slice(from, from + AT_ONCE);
      const width = table.columns.length;
      const values = slice.map(
        (_, row) =>
          `(${table.columns.map(({ type }, column) => `$${row * width + column + 1}::${type}`).join(', ')})`,
      );
      await client.query(
        `INSERT INTO ${quoted(table.name)} (${names}) VALUES ${values.join(', ')}`,
        slice.flat(),
      );
    }
  }
}
