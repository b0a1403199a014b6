// The workspace that exports are measured on: notes put straight into the table, about customers and
// projects, noticed in mails, on a PostgreSQL as the server starts it for itself.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { people } from '../scripts/seed/people.ts';
import { startServer } from '../src/server/main.ts';
import { startCluster } from '../src/server/postgres/cluster.ts';

export type ExportWorkspace = { databaseUrl: string; workspace: string };

const CUSTOMERS = 2_000;
const PROJECTS = 4_000;
const MAILS = 50_000;

/** `keptIn`: a folder that is kept, and used again. */
export async function withNotes<T>(
  { notes, keptIn }: { notes: number; keptIn: string | undefined },
  work: (made: ExportWorkspace) => Promise<T>,
): Promise<T> {
  const folder = keptIn ? resolve(keptIn) : await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711); // as root, PostgreSQL runs under another account
  const cluster = await startCluster({ dir: join(folder, 'postgres'), password: 'bench' });
  try {
    const databaseUrl = await cluster.database('bench');
    const client = new pg.Client(databaseUrl);
    const ready = join(folder, `notes-${notes}`);
    if (!existsSync(ready)) await settle(databaseUrl, join(folder, 'data'));
    await client.connect();
    try {
      if (!existsSync(ready)) {
        await seed(client, notes);
        await writeFile(ready, '');
      }
      const { rows } = await client.query<{ id: string }>('SELECT id FROM workspace');
      return await work({ databaseUrl, workspace: rows[0]?.id ?? '' });
    } finally {
      await client.end();
    }
  } finally {
    await cluster.stop();
    if (!keptIn) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An admin and a manager. */
async function settle(databaseUrl: string, dataDir: string): Promise<void> {
  const server = await startServer({
    ...{ port: 0, databaseUrl, dataDir, consoleDir: '/nonexistent', logLevel: 'warn' },
    guessesPerMinute: 10_000,
  });
  try {
    await people(server, 2);
  } finally {
    await server.close();
  }
}

/** What a row of the table needs besides its fields; `n` counts the records of a kind. */
function insert(kind: string, count: number, fields: string, columns: string): string {
  return `INSERT INTO record (workspace_id, kind, id, state, fields, visibility, author, deleted,
      written, updated, customer, project, interaction, words)
    SELECT w.id, '${kind}', pg_temp.id_of('${kind}', n), NULL, f.fields, 'workspace', m.id::uuid, false,
      t.written, t.written, ${columns}, coalesce(lower(left(f.fields->>'text', 300)), '')
    FROM (SELECT id FROM workspace LIMIT 1) AS w,
      (SELECT id FROM member LIMIT 1) AS m,
      generate_series(1, ${count}) AS n,
      LATERAL (SELECT ${fields} AS fields) AS f,
      LATERAL (SELECT lpad(to_hex(1700000000000 + n * 60000::bigint), 12, '0') || '0000' AS written) AS t`;
}

async function seed(client: pg.Client, notes: number): Promise<void> {
  const said = (words: string) => `repeat('${words}', 3)`;
  await client.query(`CREATE FUNCTION pg_temp.id_of(kind text, n bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE AS $$ SELECT overlay(overlay(md5(kind || n) PLACING '7' FROM 13)
      PLACING '8' FROM 17)::uuid $$`);
  await client.query('DELETE FROM record');
  const id = (kind: string, n: string) => `pg_temp.id_of('${kind}', ${n})`;
  const customer = id('customer', `1 + n % ${CUSTOMERS}`);
  const project = id('project', `1 + n % ${PROJECTS}`);
  const mail = id('interaction', `1 + n % ${MAILS}`);
  await client.query(
    insert(
      'customer',
      CUSTOMERS,
      `jsonb_build_object('name', 'Sample Customer ' || n)`,
      'NULL, NULL, NULL',
    ),
  );
  await client.query(
    insert(
      'project',
      PROJECTS,
      `jsonb_build_object('name', 'Sample project ' || n, 'customer', ${customer})`,
      `${customer}, NULL, NULL`,
    ),
  );
  await client.query(
    insert(
      'interaction',
      MAILS,
      `jsonb_build_object('channel', 'email', 'subject', 'Delivery of lot ' || n || ', "as agreed"',
        'startedAt', '2026-03-01T09:30:00.000Z', 'customer', ${customer}, 'url', 'https://mail.halden.example/' || n,
        'sender', jsonb_build_object('name', 'Sample Person ' || n, 'address', 'person' || n || '@halden.example'))`,
      `${customer}, NULL, NULL`,
    ),
  );
  const evidence = `jsonb_build_object(gen_random_uuid()::text, jsonb_build_object(
      'quote', ${said('I assume the “calibration” certificates will simply be there by then, ')},
      'interaction', ${mail}, 'url', 'https://mail.halden.example/message/' || n))`;
  await client.query(
    insert(
      'note',
      notes,
      `jsonb_build_object('label', (ARRAY['note', 'risk', 'praise', 'question'])[1 + n % 4],
        'text', n || ' ' || ${said('Nobody asked for the certificates; they expect "them" all the same.')},
        'customer', ${customer}, 'project', ${project}, 'interaction', ${mail}, 'evidence', ${evidence})`,
      `${customer}, ${project}, ${mail}`,
    ),
  );
  await client.query('VACUUM ANALYZE');
}
