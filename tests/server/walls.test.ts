import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Db, inWorkspace, openDatabase } from '../../src/server/database.ts';
import { freshId } from '../../src/server/ids.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { Device } from './device.ts';
import { asOwner, usePostgres, withClient } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres({ own: true });

type Column = { name: string; type: string; needed: boolean; check: string | null };
type Table = { name: string; key: string; columns: Column[] };

/** Every table that has rows of workspaces, read from the catalogue. */
async function tablesOf(url: string): Promise<Table[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ table: string } & Column>(`
      SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type,
        a.attnotnull AND NOT a.atthasdef AS needed,
        (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
          WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum] LIMIT 1) AS check
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      ORDER BY c.relname, a.attnum`);
    const tables = new Map<string, Column[]>();
    for (const { table, ...column } of rows)
      tables.set(table, [...(tables.get(table) ?? []), column]);
    return [...tables].flatMap(([name, columns]) => {
      const key = name === 'workspace' ? 'id' : 'workspace_id';
      return columns.some((column) => column.name === key) ? [{ name, key, columns }] : [];
    });
  });
}

/** SQL of a value that fits the column, other ones at each call. */
function sampleOf({ type, check }: Column): string {
  const one = /'([^']*)'/.exec(check ?? '')?.[1];
  if (one !== undefined) return `'${one}'`;
  switch (type) {
    case 'uuid':
      return `'${randomUUID()}'`;
    case 'uuid[]':
      return `'{}'`;
    case 'jsonb':
      return `'{}'`;
    case 'bytea':
      return `decode('${randomUUID().replaceAll('-', '')}', 'hex')`;
    case 'bigint':
    case 'integer':
      return String(Math.floor(Math.random() * 2_000_000_000));
    case 'smallint':
      return String(Math.floor(Math.random() * 30_000));
    case 'boolean':
      return 'false';
    case 'timestamp with time zone':
      return 'now()';
    case 'text':
      return `'${randomUUID()}'`;
    default:
      throw new Error(`no sample of type ${type}: add one`);
  }
}

function insertion({ name, key, columns }: Table, workspace: string): string {
  const filled = columns.filter((column) => column.needed || column.name === key);
  const values = filled.map((column) =>
    column.name === key ? `'${workspace}'` : sampleOf(column),
  );
  return `INSERT INTO "${name}" (${filled.map((column) => `"${column.name}"`).join(', ')})
    VALUES (${values.join(', ')})`;
}

function databaseOf(url: string): Db {
  // Not the server's own pool: what is asked here keeps to no rule on purpose.
  const db = openDatabase(new pg.Pool({ connectionString: url, max: 4 }));
  onTestFinished(() => db.destroy());
  return db;
}

/** Two workspaces with a row of each in every table. */
async function twoWorkspaces() {
  const url = await postgres.database();
  const tables = await tablesOf(url);
  const [a, b] = [freshId(), freshId()];
  await withClient(url, async (client) => {
    for (const table of tables) {
      for (const one of [a, b]) await client.query(insertion(table, one));
    }
  });
  return { url, tables, a, b };
}

const seen = (db: Db, workspace: string, { name, key }: Table) =>
  inWorkspace(db, workspace, (tx) =>
    sql<{ of: string }>`SELECT DISTINCT ${sql.ref(key)} AS of FROM ${sql.table(name)}`.execute(tx),
  ).then(({ rows }) => rows.map((row) => row.of));

for (const [who, address] of [
  ['the owner', asOwner],
  ['a superuser', (url: string) => url],
] as const) {
  describe(`walls, with the server connected as ${who}`, () => {
    test('SPEC 13.5 without a filter a workspace sees its own rows only, in every table', async () => {
      const { url, tables, a, b } = await twoWorkspaces();
      expect(tables.length).toBeGreaterThan(8);
      const db = databaseOf(address(url));
      for (const table of tables) {
        expect(await seen(db, a, table), table.name).toEqual([a]);
        expect(await seen(db, b, table), table.name).toEqual([b]);
        expect(await seen(db, freshId(), table), table.name).toEqual([]);
      }
    });

    test('SPEC 13.5 nobody writes into, changes or takes away another workspace’s rows', async () => {
      const { url, tables, a, b } = await twoWorkspaces();
      const db = databaseOf(address(url));
      for (const table of tables) {
        const own = sql.raw(insertion(table, freshId()));
        await expect(
          inWorkspace(db, a, (tx) => own.execute(tx)),
          table.name,
        ).rejects.toThrow('row-level security');
        const [name, key] = [sql.table(table.name), sql.ref(table.key)];
        await inWorkspace(db, a, async (tx) => {
          await sql`DELETE FROM ${name} WHERE ${key} = ${b}`.execute(tx);
          await sql`UPDATE ${name} SET ${key} = ${key} WHERE ${key} = ${b}`.execute(tx);
        });
        await expect(
          inWorkspace(db, a, (tx) => sql`UPDATE ${name} SET ${key} = ${b}`.execute(tx)),
          table.name,
        ).rejects.toThrow('row-level security');
        expect(await seen(db, b, table), table.name).toEqual([b]);
      }
    });

    test('SPEC 13.5 the role within is neither owner nor exempt, and gone afterwards', async () => {
      const { url, tables, a } = await twoWorkspaces();
      const db = databaseOf(address(url));
      const roleNow = sql<{ role: string; set: string | null }>`
        SELECT current_user AS role, current_setting('unsaid.workspace', true) AS set`;
      const within = await inWorkspace(db, a, (tx) => roleNow.execute(tx));
      expect(within.rows).toEqual([{ role: 'unsaid_app', set: a }]);
      const after = await db.connection().execute((connection) => roleNow.execute(connection));
      expect(after.rows[0]?.role).not.toBe('unsaid_app');
      expect(after.rows[0]?.set || null).toBeNull();
      await withClient(url, async (client) => {
        const { rows } = await client.query(
          `SELECT relname, relrowsecurity AND relforcerowsecurity AS forced, r.rolname AS owner,
             ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid) AS policies
           FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE relname = ANY($1)`,
          [tables.map(({ name }) => name)],
        );
        expect(rows).toHaveLength(tables.length);
        for (const row of rows) {
          expect(row).toMatchObject({ forced: true, policies: ['workspace_wall'] });
          expect(row.owner, row.relname).not.toBe('unsaid_app');
        }
        const { rows: roles } = await client.query(
          `SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'unsaid_app'`,
        );
        expect(roles).toEqual([{ rolsuper: false, rolbypassrls: false }]);
      });
    });
  });
}

describe('walls', () => {
  test('SPEC 13.5 outside a workspace the server sees and writes nothing of any', async () => {
    const { url, tables, a } = await twoWorkspaces();
    await withClient(asOwner(url), async (client) => {
      for (const table of tables) {
        const { rows } = await client.query(`SELECT 1 FROM "${table.name}"`);
        expect(rows, table.name).toEqual([]);
        await expect(client.query(insertion(table, a)), table.name).rejects.toThrow(
          'row-level security',
        );
      }
      // As PostgreSQL leaves the setting behind once a transaction has had it.
      await client.query(`BEGIN; SET LOCAL unsaid.workspace = '${a}'; COMMIT`);
      expect((await client.query('SELECT 1 FROM workspace')).rows).toEqual([]);
    });
  });

  test('a workspace that is no id never reaches the database', async () => {
    const db = databaseOf(asOwner(await postgres.database()));
    const hostile = ["' OR true --", `${freshId()}'; RESET ROLE; --`, '', freshId().toUpperCase()];
    for (const workspace of hostile) {
      await expect(inWorkspace(db, workspace, async () => 1)).rejects.toThrow('named by its id');
    }
  });

  test('a query nobody waited for does not run in the next workspace’s transaction', async () => {
    const { url, a } = await twoWorkspaces();
    const db = databaseOf(asOwner(url));
    let late: () => Promise<unknown> = async () => undefined;
    await inWorkspace(db, a, async (tx) => {
      late = () => tx.selectFrom('record').selectAll().execute();
    });
    await expect(late()).rejects.toThrow('has ended');
  });

  test('what is written in a transaction that fails is not there, and its connection works on', async () => {
    const { url, a } = await twoWorkspaces();
    const db = databaseOf(asOwner(url));
    for (let i = 0; i < 12; i++) {
      await expect(
        inWorkspace(db, a, async (tx) => {
          await tx.updateTable('workspace').set({ seq: 77 }).where('id', '=', a).execute();
          await sql`SELECT 1 / 0`.execute(tx);
        }),
      ).rejects.toThrow('division by zero');
    }
    const row = await inWorkspace(db, a, (tx) =>
      tx.selectFrom('workspace').select('seq').where('id', '=', a).executeTakeFirstOrThrow(),
    );
    expect(Number(row.seq)).toBe(0);
  });

  test('an account that may not make roles is told what an administrator has to run', async () => {
    const url = await postgres.emptyDatabase();
    const plain = `plain_${randomUUID().slice(0, 8)}`;
    await withClient(url, (client) =>
      client.query(`CREATE ROLE ${plain} LOGIN PASSWORD 'test';
        ALTER DATABASE "${new URL(url).pathname.slice(1)}" OWNER TO ${plain}`),
    );
    const asPlain = new URL(url);
    asPlain.username = plain;
    const attempt = () =>
      withClient(asPlain.href, async (client) => migrate(client, await readMigrations()));
    const refused = await attempt().then(String, (error: Error) => error.message);
    expect(refused).toContain(`GRANT unsaid_app TO ${plain};`);
    await withClient(url, (client) => client.query(`GRANT unsaid_app TO ${plain}`));
    expect(await attempt()).toBe((await readMigrations()).length);
  });

  test('a role that would see everything is refused', async () => {
    const url = await postgres.emptyDatabase();
    await withClient(url, (client) => client.query('ALTER ROLE unsaid_app BYPASSRLS'));
    try {
      await expect(
        withClient(url, async (client) => migrate(client, await readMigrations())),
      ).rejects.toThrow('would see every workspace');
    } finally {
      await withClient(url, (client) => client.query('ALTER ROLE unsaid_app NOBYPASSRLS'));
    }
  });

  test('two servers on a new database make one workspace', async () => {
    const database = await postgres.emptyDatabase();
    await Promise.all([serverOn(database), serverOn(database)]);
    const client = new pg.Client(database);
    await client.connect();
    onTestFinished(() => client.end());
    for (const table of ['workspace', 'organization', '"user"', 'member']) {
      const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
      expect(rows, table).toEqual([{ count: 1 }]);
    }
  });
});

describe('tokens', () => {
  test('SPEC 13.6 name their workspace; one that names another is nobody’s', async () => {
    const server = await serverOn(await postgres.database());
    const admin = await setUp(server);
    const device = new Device(server.url, await connect(server, admin));
    const [workspace, secret] = device.who.token.split('.');
    expect(workspace).toBe(device.who.workspace);
    expect((await device.request([])).status).toBe(200);
    for (const token of [`${freshId()}.${secret}`, `${workspace}.${'A'.repeat(43)}`, secret]) {
      const other = new Device(server.url, { ...device.who, token: token ?? '' });
      expect((await other.request([])).status).toBe(401);
    }
  });
});
