// Numbered SQL files, applied once, in order, forward only.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { ensureAppRole } from './app-role.ts';

const MIGRATIONS = path.join(
  import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url)),
  'migrations',
);
/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_203_114_560;

export type Migration = { version: number; name: string; sql: string; checksum: string };

/** The migrations of `dir`. Throws when a number is missing or used twice. */
export async function readMigrations(dir: string = MIGRATIONS): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const match = /^(\d{4})_(\w+)\.sql$/.exec(file);
      if (!match || Number(match[1]) !== index + 1) {
        throw new Error(`Migrations are numbered without gaps from 0001: ${file} is out of order.`);
      }
      const sql = (await readFile(path.join(dir, file), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { version: index + 1, name: match[2] ?? '', sql, checksum };
    }),
  );
}

/**
 * Brings the database up to date and returns how many migrations ran: all that are pending, or none.
 * Servers that start together wait for each other; by a lock of the transaction, so that it holds
 * behind a pooler too. Throws in words when an applied migration was edited, the database is newer
 * than this server, or a role is missing that this account may not make.
 */
export async function migrate(client: pg.ClientBase, migrations: Migration[]): Promise<number> {
  await client.query('BEGIN');
  try {
    // On a cluster: one connection to each node, so that a statement sees what the one before it did.
    // Elsewhere it is a name that means nothing.
    await client.query(`SET LOCAL citus.multi_shard_modify_mode = 'sequential'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migration (
      version integer PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
    await ensureAppRole(client);
    const pending = await pendingMigrations(client, migrations);
    for (const migration of pending) await apply(client, migration);
    await client.query('COMMIT');
    return pending.length;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** The migrations the database still lacks. */
export async function pendingMigrations(
  client: Pick<pg.ClientBase, 'query'>,
  migrations: Migration[],
): Promise<Migration[]> {
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'SELECT version, checksum FROM schema_migration ORDER BY version',
  );
  const applied = new Map(rows.map((row) => [row.version, row.checksum]));
  for (const version of applied.keys()) {
    if (version > migrations.length) {
      throw new Error(
        `This database belongs to a newer Unsaid: it is at ${Math.max(...applied.keys())}, and this one knows ${migrations.length}. Start that version instead. Nothing was changed.`,
      );
    }
  }
  for (const migration of migrations) {
    const checksum = applied.get(migration.version);
    if (checksum !== undefined && checksum !== migration.checksum) {
      throw new Error(
        `Migration ${migration.version} (${migration.name}) was changed after it had been applied.`,
      );
    }
  }
  return migrations.filter((migration) => !applied.has(migration.version));
}

/**
 * The statements of a file of SQL, for sending one by one: Citus hands the whole text that a statement
 * came in to its nodes, and they take one at a time. Ends within neither texts, quoted names, bodies
 * between dollars nor comments.
 */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let begin = 0;
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|;/g;
  for (const { 0: found, index } of sql.matchAll(token)) {
    if (found !== ';') continue;
    statements.push(sql.slice(begin, index + 1).trim());
    begin = index + 1;
  }
  const rest = sql.slice(begin).trim();
  if (rest.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '') statements.push(rest);
  return statements;
}

async function apply(client: pg.ClientBase, migration: Migration) {
  try {
    for (const one of statementsOf(migration.sql)) await client.query(one);
    await client.query(
      'INSERT INTO schema_migration (version, name, checksum) VALUES ($1, $2, $3)',
      [migration.version, migration.name, migration.checksum],
    );
  } catch (error) {
    throw new Error(`Migration ${migration.version} (${migration.name}) failed.`, { cause: error });
  }
}
