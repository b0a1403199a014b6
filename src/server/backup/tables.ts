// The tables of a database as a backup sees them: found, not listed, so that none is ever forgotten.
import type pg from 'pg';

export type Table = {
  name: string;
  columns: { name: string; type: string }[];
  /** Columns of the primary key, in its order: rows come in that order. */
  key: string[];
  /** What names a row's workspace; null for accounts, which belong to none. */
  workspace: 'workspace_id' | 'id' | null;
};

/** All tables but the list of migrations, those that others refer to first. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows: columns } = await client.query<{ table: string; name: string; type: string }>(`
    SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
      AND c.relname <> 'schema_migration'
    ORDER BY c.relname, a.attnum`);
  const { rows: keys } = await client.query<{ table: string; name: string }>(`
    SELECT c.relname AS "table", a.attname AS name
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, place)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
    WHERE i.indisprimary AND c.relnamespace = current_schema()::regnamespace
    ORDER BY c.relname, k.place`);
  const { rows: references } = await client.query<{ table: string; to: string }>(`
    SELECT conrelid::regclass::text AS "table", confrelid::regclass::text AS "to"
    FROM pg_constraint WHERE contype = 'f'`);
  const unquoted = (name: string) => name.replace(/^"(.*)"$/, '$1');
  const tables = new Map<string, Table>();
  for (const { table, name, type } of columns) {
    const present = tables.get(table) ?? {
      ...{ name: table, columns: [], key: [], workspace: table === 'workspace' ? 'id' : null },
    };
    present.columns.push({ name, type });
    if (name === 'workspace_id') present.workspace = 'workspace_id';
    tables.set(table, present);
  }
  for (const { table, name } of keys) tables.get(table)?.key.push(name);

  const ordered: Table[] = [];
  const place = (table: Table) => {
    if (ordered.includes(table)) return;
    for (const reference of references) {
      const to = tables.get(unquoted(reference.to));
      if (unquoted(reference.table) === table.name && to && to !== table) place(to);
    }
    ordered.push(table);
  };
  for (const table of tables.values()) {
    if (table.key.length === 0) throw new Error(`table ${table.name} has no primary key`);
    place(table);
  }
  return ordered;
}
