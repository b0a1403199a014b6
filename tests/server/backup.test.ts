// Backup and restore, rehearsed (docs/operating.md).
import { spawn } from 'node:child_process';
import { readdir, readFile, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { backUp, restore } from '../../src/server/backup/backup.ts';
import { freshId } from '../../src/server/ids.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { Device } from './device.ts';
import { one } from './pair.ts';
import { asOwner, usePostgres, withClient } from './postgres.ts';
import { dataFolder, environment, start } from './process.ts';
import { connect, serverOn, setUp, temporaryFolder } from './server.ts';

const postgres = usePostgres();

const NASTY = 'Ünïcode, "quotes", \\ and a\nnew line, null, 𝄞';

/** A workspace with a hundred notes, and a second one written past the server. */
async function filled() {
  const { server, device } = await one(postgres);
  const notes = Array.from({ length: 300 }, (_, n) =>
    device.change('note', { text: `${n} ${NASTY} ${'x'.repeat(n * 10)}` }),
  );
  await device.push(...notes);
  const other = freshId();
  await withClient(server.database, async (client) => {
    await client.query(
      `INSERT INTO organization (id, name, slug, "createdAt") VALUES ($1, 'Other', $2, now())`,
      [other, other],
    );
    await client.query(`SELECT set_config('unsaid.workspace', $1, false)`, [other]);
    await client.query('INSERT INTO workspace (id, epoch) VALUES ($1, $2)', [other, freshId()]);
    await client.query(`INSERT INTO follow VALUES ($1, $2, 'chosen', ARRAY[$3::uuid, $4::uuid])`, [
      other,
      freshId(),
      freshId(),
      freshId(),
    ]);
  });
  return { server, device, notes, other };
}

const backedUp = async (database: string) => {
  const dir = path.join(await temporaryFolder(), 'backup');
  // Behind the walls between workspaces, as a server's account is.
  const made = await withClient(asOwner(database), (client) => backUp(client, dir, Date.now()));
  return { dir, made };
};

async function migrated(): Promise<string> {
  const database = await postgres.emptyDatabase();
  await withClient(asOwner(database), async (client) => migrate(client, await readMigrations()));
  return database;
}

/** Every row of every table but the list of migrations, and without what a restore changes. */
async function everything(database: string) {
  return withClient(database, async (client) => {
    const { rows: tables } = await client.query<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname <> 'schema_migration' ORDER BY relname`,
    );
    const all: { [table: string]: unknown[] } = {};
    for (const { relname } of tables) {
      const { rows } = await client.query(`SELECT * FROM ${pg.escapeIdentifier(relname)}`);
      all[relname] = rows.map(({ epoch: _, cursor: __, ...row }) => JSON.stringify(row)).toSorted();
    }
    return all;
  });
}

describe('a backup of our own', () => {
  test('comes back to the byte, all workspaces and accounts, under a new epoch', async () => {
    const { server, device, notes, other } = await filled();
    const { dir, made } = await backedUp(server.database);
    expect(made.workspaces.map(({ id }) => id)).toEqual([device.who.workspace, other].toSorted());
    expect(made.tables.find(({ name }) => name === 'log_leaf')?.rows).toBe(300);
    const into = await migrated();
    await withClient(asOwner(into), (client) => restore(client, dir, freshId));
    const before = await everything(server.database);
    expect(await everything(into)).toEqual(before);
    expect(before.log_tile?.length).toBeGreaterThan(0);
    expect(before.follow).toHaveLength(1);

    const second = await serverOn(into);
    device.url = second.url;
    const known = device.epoch;
    // As the device has it: of the old epoch, with its cursor at the end.
    const answer = await device.sync();
    expect(answer.epoch).not.toBe(known);
    expect(answer.changes).toHaveLength(300);
    const again = await device.push(...notes, device.change('note', { text: 'after' }));
    const results = Map.groupBy(again, ({ result }) => result);
    expect([...results].map(([result, all]) => [result, all.length])).toEqual([
      ['duplicate', 300],
      ['accepted', 1],
    ]);
  });

  test.each([
    ['cut short', (file: string) => truncate(file, 200)],
    ['missing', (file: string) => rm(file)],
  ])('%s, it is refused, and nothing of it stays', async (_, damage) => {
    const { server } = await filled();
    const { dir } = await backedUp(server.database);
    await damage(path.join(dir, 'log_leaf.ndjson.gz'));
    const into = await migrated();
    const empty = await everything(into);
    await expect(
      withClient(asOwner(into), (client) => restore(client, dir, freshId)),
    ).rejects.toThrow();
    expect(await everything(into)).toEqual(empty);
  });

  test('goes into an empty database only, and one folder holds one', async () => {
    const { server } = await one(postgres);
    const { dir } = await backedUp(server.database);
    const words = (work: (client: pg.Client) => Promise<unknown>) =>
      withClient(asOwner(server.database), work).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await words((client) => restore(client, dir, freshId))).toContain('empty');
    expect(await words((client) => backUp(client, dir, Date.now()))).toContain('another folder');
    expect(await words((client) => restore(client, `${dir}-none`, freshId))).toContain('no whole');
    for (const file of await readdir(dir)) {
      expect(file).toMatch(/^(manifest\.json|[\w]+\.ndjson\.gz)$/);
    }
  });
});

function unsaid(...words: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [path.resolve('src/server/cli.ts'), ...words], {
    env: environment(),
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

test('on a machine of its own: backed up while it runs, lost, restored, and devices go on', async () => {
  const data = await dataFolder();
  const first = await start(data);
  const admin = await setUp(first as never);
  const device = new Device(first.url, await connect(first, admin));
  await device.push(device.change('note', { text: 'before the backup' }));
  const folder = path.join(path.dirname(data), 'backup');
  const made = await unsaid('backup', folder, '--data', data);
  expect(made).toMatchObject({ code: 0 });
  // It goes on: backing up takes nothing away from it.
  const lost = device.change('note', { text: 'after the backup' });
  const secret = device.change('note', { text: 'to be erased' });
  await device.push(lost, secret);
  const targets = [{ kind: 'note', id: secret.envelope.record }];
  expect((await admin.call('POST', '/v1/erasures', { targets, reason: 'letter' })).status).toBe(
    200,
  );
  first.child.kill('SIGTERM');
  await first.ended;

  await rm(path.join(data, 'postgres'), { recursive: true });
  const restored = await unsaid('restore', folder, '--data', data);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.out).toContain('1 records were erased since');
  expect((await unsaid('erasures', 'apply', '--data', data)).out).toContain('0 records');
  expect((await unsaid('retention', 'run', '--dry-run', '--data', data)).out).toContain('Nothing');

  const second = await start(data);
  device.url = second.url;
  const texts = (await device.pullAll()).map(({ body }) => body?.text);
  expect(texts).toContain('before the backup');
  expect(texts).not.toContain('after the backup');
  const results = (await device.push(lost, secret)).map(({ result }) => result);
  expect(results).toEqual(['accepted', 'erased']);
  const kept = await readFile(path.join(data, 'erasures.ndjson'), 'utf8');
  expect(kept.trim().split('\n')).toHaveLength(1);
}, 120_000);
