import { describe, expect, test } from 'vitest';
import { migrate, readMigrations, statementsOf } from '../../src/server/migrate.ts';
import { usePostgres, withClient } from './postgres.ts';

const postgres = usePostgres();

describe('migrations', () => {
  test('bring an empty database up to date once', async () => {
    await withClient(await postgres.emptyDatabase(), async (client) => {
      const migrations = await readMigrations();
      expect(await migrate(client, migrations)).toBe(migrations.length);
      expect(await migrate(client, migrations)).toBe(0);
      const { rows } = await client.query('SELECT version FROM schema_migration ORDER BY 1');
      expect(rows.map((row) => row.version)).toEqual(migrations.map(({ version }) => version));
    });
  });

  test('of servers that start together run once', async () => {
    const url = await postgres.emptyDatabase();
    const migrations = await readMigrations();
    const counts = await Promise.all(
      [1, 2, 3, 4].map(() => withClient(url, (client) => migrate(client, migrations))),
    );
    expect(counts.sort()).toEqual([0, 0, 0, migrations.length]);
  });

  test('that were edited after they ran stop the start', async () => {
    await withClient(await postgres.database(), async (client) => {
      const [first, ...rest] = await readMigrations();
      if (!first) throw new Error('there is a first migration');
      await expect(migrate(client, [{ ...first, checksum: 'other' }, ...rest])).rejects.toThrow(
        'was changed after it had been applied',
      );
    });
  });

  test('of a newer version stop the start', async () => {
    await withClient(await postgres.database(), async (client) => {
      const migrations = await readMigrations();
      await expect(migrate(client, migrations.slice(0, -1))).rejects.toThrow('newer Unsaid');
    });
  });

  test('that fail leave nothing behind', async () => {
    await withClient(await postgres.database(), async (client) => {
      const migrations = await readMigrations();
      const broken = {
        version: migrations.length + 1,
        name: 'broken',
        sql: 'CREATE TABLE half (id uuid PRIMARY KEY); SELECT 1 / 0;',
        checksum: 'x',
      };
      await expect(migrate(client, [...migrations, broken])).rejects.toThrow('failed');
      expect((await client.query(`SELECT to_regclass('half') AS half`)).rows[0].half).toBeNull();
    });
  });

  test('are sent one statement at a time, as a cluster needs them', async () => {
    const tricky = [
      `CREATE TABLE "a;b" (c text DEFAULT 'x;''y')`,
      '-- one; two\nSELECT 1',
      'DO $do$ BEGIN PERFORM 1; EXECUTE $x$ SELECT 2; $x$; END $do$',
      'SELECT /* ; */ 3',
    ];
    expect(statementsOf(`${tricky.join(';\n')};\n-- the end;\n`)).toEqual(
      tricky.map((one) => `${one};`),
    );
    expect(statementsOf('SELECT 1; SELECT 2')).toEqual(['SELECT 1;', 'SELECT 2']);
    for (const { sql, name } of await readMigrations()) {
      const statements = statementsOf(sql);
      // Nothing is lost between them.
      expect(sql.replaceAll(/\s/g, ''), name).toContain(statements.join('').replaceAll(/\s/g, ''));
    }
  });

  test('key every table of ours by its workspace first', async () => {
    await withClient(await postgres.database(), async (client) => {
      const { rows } = await client.query(`
        SELECT c.relname AS "table", a.attname AS "column"
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE i.indisprimary OR i.indisunique`);
      const accounts = ['user', 'session', 'account', 'verification', 'organization', 'member'];
      const exempt = [...accounts, 'invitation', 'deviceCode', 'schema_migration', 'workspace'];
      const ours = rows.filter((row) => !exempt.includes(row.table));
      expect(ours.length).toBeGreaterThan(1);
      expect(new Set(ours.map((row) => row.column))).toEqual(new Set(['workspace_id']));
    });
  });
});
