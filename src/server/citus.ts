// Past one machine: spreads the tables over the nodes of a Citus cluster, by workspace. Run by
// `unsaid migrate --citus` after the migrations, and again whenever there are new tables.
import type pg from 'pg';
import { APP_ROLE } from './app-role.ts';
import { hasCitus } from './database.ts';

/** A table of a workspace's rows, and the column that names the workspace. */
export type Distributed = { table: string; key: string };

export type Layout = {
  database: string;
  distributed: Distributed[];
  /** Tables of accounts, copied to every node; what a table refers to comes before it. */
  reference: string[];
  /** Those that Citus has already. */
  done: ReadonlySet<string>;
};

/** The one by which all others of a workspace are placed. */
const FIRST = 'workspace';

/** Where migrations are counted: read by whoever migrates, on the coordinator. */
const LOCAL = new Set(['schema_migration']);

/**
 * What has to run on the coordinator, one statement after the other, none of them in a transaction
 * with others. Harmless where it ran before.
 */
export function citusStatements({ database, distributed, reference, done }: Layout): string[] {
  const first = distributed.filter(({ table }) => table === FIRST);
  const others = distributed.filter(({ table }) => table !== FIRST);
  const missing = [...first, ...others].filter(({ table }) => !done.has(table));
  return [
    // Nodes ask each other as the role that the transaction took, so that it has to be on each and
    // may log in there. It has no password: who may come as it is said in pg_hba.conf.
    onAllNodes(makeRole(APP_ROLE)),
    // Else SET LOCAL stays where it was said, and the walls on other nodes show nothing.
    `ALTER DATABASE ${name(database)} SET citus.propagate_set_commands = 'local'`,
    ...reference
      .filter((table) => !done.has(table))
      .map((table) => `SELECT create_reference_table(${text(table)})`),
    // Of a column Citus takes the bare name.
    ...missing.flatMap(({ table, key }) => [
      // Rows that are there already are copied, and the owner has to see them for that.
      `ALTER TABLE ${name(table)} NO FORCE ROW LEVEL SECURITY`,
      table === FIRST
        ? `SELECT create_distributed_table(${text(table)}, '${key}')`
        : `SELECT create_distributed_table(${text(table)}, '${key}', colocate_with => ${text(FIRST)})`,
    ]),
    ...distributed.map(({ table }) => `ALTER TABLE ${name(table)} FORCE ROW LEVEL SECURITY`),
    // What was copied to the nodes stays on the coordinator, unseen: an erasure would not reach it.
    // After all of them, since those that refer to each other are emptied together.
    ...[...reference, ...distributed.map(({ table }) => table)].map(
      (table) => `SELECT truncate_local_data_after_distributing_table(${text(table)})`,
    ),
  ];
}

/** Each node for itself: passed on by Citus as well, it would be done twice at once, or refused. */
function makeRole(role: string): string {
  return `DO $role$ BEGIN
  SET LOCAL citus.enable_ddl_propagation = off;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
    CREATE ROLE ${role};
  END IF;
  ALTER ROLE ${role} LOGIN;
END $role$`;
}

/** Rows say for each node whether it did; see `failures`. */
function onAllNodes(statement: string): string {
  return `SELECT nodename || ':' || nodeport AS node, success, result
FROM run_command_on_all_nodes($command$${statement}$command$) JOIN pg_dist_node USING (nodeid)`;
}

function name(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A table's name as text that PostgreSQL reads as a name again. */
function text(identifier: string): string {
  return `'${name(identifier).replaceAll("'", "''")}'`;
}

/**
 * Spreads the database over its nodes and returns how many statements ran. Rejects in words where
 * there is no Citus, or a node refuses. The client's account owns the tables and may make roles.
 */
export async function distribute(client: pg.ClientBase): Promise<number> {
  if (!(await hasCitus(client))) {
    throw new Error(
      'This database has no Citus. Ask an administrator to run CREATE EXTENSION citus; and to add its nodes, then try again.',
    );
  }
  const statements = citusStatements(await layoutOf(client));
  for (const statement of statements) {
    const result = await client.query<{ node?: string; success?: boolean; result?: string }>(
      statement,
    );
    const refused = result.rows.find(({ success }) => success === false);
    if (refused) throw new Error(`Node ${refused.node} refuses: ${refused.result}`);
  }
  return statements.length;
}

/** The database's tables as its catalogue has them. Without Citus, `done` is empty. */
export async function layoutOf(client: pg.ClientBase): Promise<Layout> {
  const { rows: tables } = await client.query<{ table: string; key: string | null }>(`
    SELECT c.relname AS "table",
      CASE WHEN c.relname = '${FIRST}' THEN 'id' ELSE a.attname END AS key
    FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    ORDER BY c.relname`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to"
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`);
  const plain = (quoted: string) => quoted.replace(/^"|"$/g, '');
  const needs = (table: string) =>
    references.filter(({ from }) => plain(from) === table).map(({ to }) => plain(to));
  const reference: string[] = [];
  const place = (table: string) => {
    if (reference.includes(table)) return;
    for (const needed of needs(table)) if (needed !== table) place(needed);
    reference.push(table);
  };
  for (const { table, key } of tables) if (key === null && !LOCAL.has(table)) place(table);
  return {
    database: (await client.query('SELECT current_database() AS name')).rows[0].name,
    distributed: tables.flatMap(({ table, key }) => (key === null ? [] : [{ table, key }])),
    reference,
    done: await tablesOfCitus(client),
  };
}

async function tablesOfCitus(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows: known } = await client.query(`SELECT to_regclass('pg_dist_partition') AS table`);
  if (known[0]?.table === null) return new Set();
  // Not the local tables that Citus knows because they refer to a table of its own.
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_dist_partition JOIN pg_class ON pg_class.oid = logicalrelid
     WHERE partmethod = 'h' OR (partmethod = 'n' AND repmodel = 't')`,
  );
  return new Set(rows.map((row) => row.name));
}
