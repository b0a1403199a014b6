// There is no Citus here: what would be sent to one is read, and held against its rules.
import { describe, expect, test } from 'vitest';
import { citusStatements, distribute, layoutOf } from '../../src/server/citus.ts';
import { Device } from './device.ts';
import { statementsSeen } from './every-statement.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import { problemsOf } from './statement-rules.ts';

const postgres = usePostgres({ own: true });

const TABLES = [
  { table: 'workspace', key: 'id' },
  { table: 'record', key: 'workspace_id' },
  { table: 'log_leaf', key: 'workspace_id' },
];

describe('the schema', () => {
  test('has the workspace first in every primary key and unique index of a workspace’s table', async () => {
    await withClient(await postgres.database(), async (client) => {
      const { distributed } = await layoutOf(client);
      expect(distributed.length).toBeGreaterThan(8);
      const { rows } = await client.query(`
        SELECT c.relname AS "table", i.relname AS index, a.attname AS first, x.indisprimary AS primary
        FROM pg_index x
        JOIN pg_class c ON c.oid = x.indrelid AND c.relnamespace = 'public'::regnamespace
        JOIN pg_class i ON i.oid = x.indexrelid
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
        WHERE x.indisunique OR x.indisprimary`);
      for (const { table, key } of distributed) {
        const keys = rows.filter((row) => row.table === table);
        expect(
          keys.some((row) => row.primary),
          table,
        ).toBe(true);
        for (const { index, first } of keys) expect(first, index).toBe(key);
      }
    });
  });

  test('has no foreign key into or out of a workspace’s table, and nothing that counts by itself', async () => {
    await withClient(await postgres.database(), async (client) => {
      const { distributed } = await layoutOf(client);
      const ours = distributed.map(({ table }) => table);
      const { rows: keys } = await client.query(
        `SELECT conname FROM pg_constraint WHERE contype = 'f'
         AND (conrelid::regclass::text = ANY($1) OR confrelid::regclass::text = ANY($1))`,
        [ours],
      );
      expect(keys).toEqual([]);
      const { rows: counted } = await client.query(
        `SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`,
      );
      expect(counted).toEqual([]);
      const { rows: own } = await client.query(
        `SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
         WHERE c.relname = ANY($1) AND a.attidentity <> ''`,
        [ours],
      );
      expect(own).toEqual([]);
      const { rows: triggers } = await client.query(
        'SELECT tgname FROM pg_trigger WHERE NOT tgisinternal',
      );
      expect(triggers).toEqual([]);
    });
  });
});

describe('unsaid migrate --citus', () => {
  test('copies accounts to every node, what they refer to first, and spreads the rest by workspace', async () => {
    await withClient(await postgres.database(), async (client) => {
      const statements = citusStatements(await layoutOf(client));
      const at = (part: string) => statements.findIndex((one) => one.includes(part));
      for (const table of ['session', 'account', 'member', 'invitation']) {
        expect(at(`create_reference_table('"${table}"')`)).toBeGreaterThan(
          at(`create_reference_table('"user"')`),
        );
        expect(at(`create_reference_table('"user"')`)).toBeGreaterThan(-1);
      }
      expect(at(`create_reference_table('"deviceCode"')`)).toBeGreaterThan(-1);
      expect(statements).toContain(`SELECT create_distributed_table('"workspace"', 'id')`);
      for (const table of [
        'log_leaf',
        'record',
        'device',
        'link',
        'log_tile',
        'follow',
        'erased',
      ]) {
        const spread = `SELECT create_distributed_table('"${table}"', 'workspace_id', colocate_with => '"workspace"')`;
        expect(statements).toContain(spread);
        const before = statements.indexOf(`ALTER TABLE "${table}" NO FORCE ROW LEVEL SECURITY`);
        const after = statements.indexOf(`ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY`);
        expect(before).toBe(statements.indexOf(spread) - 1);
        expect(after).toBeGreaterThan(statements.indexOf(spread));
      }
      // Nothing is left behind on the coordinator, and nothing is emptied before it was copied.
      const emptied = statements.flatMap((one, place) =>
        one.includes('truncate_') ? [place] : [],
      );
      const copied = statements.flatMap((one, place) =>
        one.includes('SELECT create_') ? [place] : [],
      );
      expect(emptied).toHaveLength(copied.length);
      expect(Math.min(...emptied)).toBeGreaterThan(Math.max(...copied));
      expect(statements.join('\n')).not.toContain('schema_migration');
      expect(statements.filter((one) => one.includes('propagate_set_commands'))).toHaveLength(1);
      // Each table once, as one or the other.
      const spread = statements.filter((one) => /create_(reference|distributed)_table/.test(one));
      expect(new Set(spread).size).toBe(spread.length);
    });
  });

  test('leaves alone what is spread already, and keeps the walls up', async () => {
    await withClient(await postgres.database(), async (client) => {
      const layout = await layoutOf(client);
      const all = [...layout.reference, ...layout.distributed.map(({ table }) => table)];
      const again = citusStatements({ ...layout, done: new Set(all) });
      expect(again.filter((one) => one.includes('create_'))).toEqual([]);
      expect(again.filter((one) => one.includes(' NO FORCE '))).toEqual([]);
      expect(again.filter((one) => one.includes(' FORCE '))).toHaveLength(
        layout.distributed.length,
      );
      const withOneNew = citusStatements({
        ...layout,
        done: new Set(all.filter((one) => one !== 'erased')),
      });
      expect(withOneNew.filter((one) => /create_(ref|dis)/.test(one))).toHaveLength(1);
    });
  });

  test('runs its statements as they are where functions of those names answer', async () => {
    // Citus stands in: that the text is SQL which PostgreSQL takes can be seen without it.
    await withClient(await postgres.database(), async (client) => {
      await client.query(`
        CREATE TABLE said (n int GENERATED ALWAYS AS IDENTITY, what text);
        CREATE FUNCTION create_reference_table(t regclass) RETURNS void LANGUAGE sql
          AS $$ INSERT INTO said (what) VALUES ('reference ' || t) $$;
        CREATE FUNCTION create_distributed_table(t regclass, k text, colocate_with text DEFAULT 'default')
          RETURNS void LANGUAGE sql AS $$ INSERT INTO said (what) VALUES (t || ' by ' || k) $$;
        CREATE FUNCTION truncate_local_data_after_distributing_table(t regclass) RETURNS void
          LANGUAGE sql AS $$ INSERT INTO said (what) VALUES ('emptied ' || t) $$;
        CREATE FUNCTION run_command_on_all_nodes(command text)
          RETURNS TABLE (nodeid integer, success boolean, result text) LANGUAGE plpgsql
          AS $$ BEGIN EXECUTE command; RETURN QUERY SELECT 1, true, 'ok'; END $$;
        CREATE VIEW pg_dist_node AS SELECT 1 AS nodeid, 'here' AS nodename, 5432 AS nodeport`);
      const statements = citusStatements(await layoutOf(client)).filter(
        (one) => !one.includes('"said"'),
      );
      for (const statement of statements) await client.query(statement);
      const { rows } = await client.query('SELECT what FROM said ORDER BY n');
      expect(rows.map(({ what }) => what)).toContain('log_leaf by workspace_id');
      const { rows: role } = await client.query(
        `SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'unsaid_app'`,
      );
      expect(role).toEqual([{ rolcanlogin: true, rolsuper: false, rolbypassrls: false }]);
      await client.query('ALTER ROLE unsaid_app NOLOGIN');
    });
  });

  test('says so where there is no Citus', async () => {
    await withClient(await postgres.database(), async (client) => {
      await expect(distribute(client)).rejects.toThrow('has no Citus');
    });
  });
});

describe('the rules for statements', () => {
  for (const bad of [
    'SELECT * FROM record',
    'select "r"."id" from "record" as "r" where "r"."id" = $1',
    'select * from "record" as "r" inner join "log_leaf" as "l" on "l"."record" = "r"."id" where "r"."workspace_id" = $1',
    'select * from "record" where "workspace_id" = $1 and exists (select 1 from "log_leaf" where "kind" = $2)',
    'update "record" set "deleted" = $1 where "id" = $2',
    'delete from "record" where "kind" = $1',
    'delete from "log_leaf" using "record" where "log_leaf"."workspace_id" = $1',
    'update "workspace" set "seq" = $1',
    'insert into "record" ("kind", "id") values ($1, $2)',
    'INSERT INTO record (workspace_id, id) SELECT workspace_id, id FROM log_leaf WHERE workspace_id = $1',
    "select set_config('unsaid.workspace', $1, true)",
    `update "record" set "x" = coalesce(x, now()) where "workspace_id" = $1`,
    "SELECT nextval('x')",
    'SELECT pg_cancel_backend($1)',
    'COPY (SELECT id FROM record) TO STDOUT',
    'select (select count(*) from "record" as "p" where p.workspace_id = r.workspace_id) from "record" as "r" where "r"."workspace_id" = $1',
  ]) {
    test(`find ${bad}`, () => {
      expect(problemsOf(bad, TABLES)).not.toEqual([]);
    });
  }

  for (const good of [
    'select * from "record" where "workspace_id" = $1',
    'select * from "record" as "r" left join "record" as "i" on "i"."workspace_id" = "r"."workspace_id" where "r"."workspace_id" = $1',
    'select "seq" from "workspace" where "id" = $1 for update',
    'select * from "workspace" inner join "member" on "member"."organizationId" = "workspace"."id" where "workspace"."id" = $1',
    'select * from "record" where "workspace_id" = $1 and exists (select 1 from "log_leaf" where "workspace_id" = $2)',
    'insert into "record" ("workspace_id", "id") values ($1, $2), ($3, $4) on conflict ("workspace_id", "id") do update set "id" = excluded.id',
    'select * from "session" where "token" = $1',
    'SELECT pg_cancel_backend($1::int)',
    'select (select count(*) from "record" as "p" where p.workspace_id = $2 and p.id = r.id) from "record" as "r" where "r"."workspace_id" = $1',
    "COPY (SELECT * FROM (SELECT r.id FROM record AS r LEFT JOIN record AS i ON i.workspace_id = r.workspace_id WHERE r.workspace_id = 'x') AS s) TO STDOUT",
    "SET LOCAL unsaid.workspace = 'x'",
    'COMMIT',
  ]) {
    test(`let pass ${good}`, () => {
      expect(problemsOf(good, TABLES)).toEqual([]);
    });
  }
});

test('statements of servers under test are judged, and a broken rule is refused', async () => {
  const server = await serverOn(await postgres.database());
  const device = new Device(server.url, await connect(server, await setUp(server)));
  await device.push(device.change('note', { text: 'x' }));
  expect(statementsSeen()).toBeGreaterThan(15);
  const { openDatabase, openPool } = await import('../../src/server/database.ts');
  const db = openDatabase(openPool(server.database, () => undefined));
  await expect(db.selectFrom('record').selectAll().execute()).rejects.toThrow('not filtered by');
  await db.destroy();
});
