// A database that an older version wrote, brought up to date with everything in it; and what servers
// of two versions on one database are to each other (docs/operating.md, "Updating").
import pg from 'pg';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { recordDetail } from '../../src/console/api.ts';
import { canonicalText } from '../../src/ledger/index.ts';
import { insertRows, type Row, settleTexts } from '../../src/server/backup/rows.ts';
import { tablesOf } from '../../src/server/backup/tables.ts';
import { verifyCommand } from '../../src/server/log/commands.ts';
import { startServer } from '../../src/server/main.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { STATE, type StateRow, stateOf } from '../../src/server/sync/provenance.ts';
import { Device } from './device.ts';
import { asOwner, usePostgres, withClient } from './postgres.ts';
import { connect, serverOn, setUp, temporaryFolder } from './server.ts';

const postgres = usePostgres();
const migrations = await readMigrations();
/** From here on there are erasures and following; before it nobody had any data. */
const OLDEST = 6;
/** Until then a record's state stood there whole, and a leaf's rank and arrival beside it. */
const LEAN = 7;

/** A company with records of several kinds, one of them changed, one erased. */
async function company() {
  const dataDir = await temporaryFolder();
  const server = await serverOn(await postgres.database(), undefined, { dataDir });
  const admin = await setUp(server);
  const device = new Device(server.url, await connect(server, admin));
  const customer = device.change('customer', {
    name: 'Acme',
    identifiers: { 'domain:acme.example': true },
  });
  const about = { customer: customer.envelope.record };
  const call = device.change('interaction', {
    ...about,
    channel: 'call',
    logged: true,
    subject: 'First call',
  });
  const doomed = device.change('note', { ...about, text: 'to be erased' });
  const notes = Array.from({ length: 300 }, (_, n) =>
    device.change('note', { ...about, text: `Note ${n}`, label: n % 3 ? 'note' : 'grievance' }),
  );
  const expectation = device.change('expectation', {
    ...about,
    class: 'unstated',
    stage: 'hunch',
    statement: 'They expect an answer the same day',
  });
  const probe = device.change('probe', {
    expectation: expectation.envelope.record,
    text: 'By when?',
  });
  const [first] = notes;
  const again = device.change('note', { text: 'Note 0, changed' }, first?.envelope.record);
  await device.push(customer, call, doomed, ...notes, expectation, probe, again);
  const targets = [{ kind: 'note', id: doomed.envelope.record }];
  expect((await admin.call('POST', '/v1/erasures', { targets, reason: 'letter' })).status).toBe(
    200,
  );
  const listed = (await admin.call('GET', '/v1/register?limit=50')).json;
  await server.close();
  return { server, dataDir, admin, device, note: first?.envelope.record ?? '', listed };
}

/** The rows of `from` as version `version` would have written them, in a database of that version. */
async function ofVersion(version: number, from: string): Promise<string> {
  const database = await postgres.emptyDatabase();
  await withClient(asOwner(database), (client) => migrate(client, migrations.slice(0, version)));
  await withClient(from, (source) =>
    withClient(database, async (target) => {
      await source.query('BEGIN');
      await settleTexts(source);
      await target.query('BEGIN');
      await settleTexts(target);
      for (const table of await tablesOf(target)) {
        const columns = table.columns.map(({ name }) => columnOf(version, table.name, name));
        const { rows } = await source.query<Row>({
          text: `SELECT ${columns.join(', ')} FROM ${pg.escapeIdentifier(table.name)}`,
          rowMode: 'array',
        });
        if (version < LEAN && table.name === 'record') await putStates(source, table.columns, rows);
        await insertRows(target, table, rows);
      }
      await target.query('COMMIT');
    }),
  );
  return database;
}

function columnOf(version: number, table: string, name: string): string {
  if (version < LEAN && table === 'log_leaf' && (name === 'rank' || name === 'received')) {
    return `convert_from(leaf, 'UTF8')::jsonb->>'${name}'`;
  }
  return `${pg.escapeIdentifier(name)}::text`;
}

async function putStates(source: pg.Client, columns: { name: string }[], rows: Row[]) {
  const [id, state] = ['id', 'state'].map((name) => columns.findIndex((one) => one.name === name));
  const { rows: told } = await source.query<StateRow>(`SELECT ${STATE.join(', ')} FROM record`);
  const states = new Map(told.map((row) => [row.id, JSON.stringify(stateOf(row))]));
  for (const row of rows) row[state ?? 0] = states.get(row[id ?? 0] ?? '') ?? null;
}

/** Every row of every table. Records by what they say, not by which columns say it. */
async function everything(database: string) {
  return withClient(database, async (client) => {
    const all: { [table: string]: string[] } = {};
    for (const { name } of await tablesOf(client)) {
      const { rows } = await client.query(`SELECT * FROM ${pg.escapeIdentifier(name)}`);
      all[name] = rows
        .map(({ state, provenance, ...row }) =>
          JSON.stringify(
            name === 'record'
              ? { ...row, told: canonicalText(stateOf({ state, provenance, ...row } as StateRow)) }
              : { state, provenance, ...row },
          ),
        )
        .toSorted();
    }
    return all;
  });
}

/** UNSAID_LONG=1: of each; else of those before much was changed, and of the one before this. */
const versions = migrations
  .slice(OLDEST - 1, -1)
  .filter((_, at, all) => process.env.UNSAID_LONG === '1' || at < 2 || at === all.length - 1);

test('a database of an older version is brought up to date, row by row', async () => {
  const { server } = await company();
  const before = await everything(server.database);
  expect(before.record?.length).toBeGreaterThan(300);
  expect(before.log_tile?.length).toBe(1);
  expect(before.erased).toHaveLength(1);
  for (const { version, name } of versions) {
    const old = await ofVersion(version, server.database);
    const ran = await withClient(asOwner(old), (client) => migrate(client, migrations));
    expect(ran, name).toBe(migrations.length - version);
    const after = await everything(old);
    // What there was no table for yet is empty.
    for (const [table, rows] of Object.entries(before)) {
      const changed = rows.findIndex((row, at) => row !== after[table]?.[at]);
      expect([after[table]?.[changed], after[table]?.length, name, table]).toEqual([
        ...[rows[changed], rows.length, name, table],
      ]);
    }
  }
});

test('a server of today goes on with a database of the oldest version', async () => {
  const { server, dataDir, admin, device, note, listed } = await company();
  const old = await ofVersion(OLDEST, server.database);
  const today = await serverOn(old, undefined, { dataDir });
  admin.url = device.url = today.url;
  expect((await admin.call('GET', '/v1/register?limit=50')).json).toEqual(listed);
  const { epoch } = await device.sync();
  expect(epoch).toBe(device.who.epoch);
  device.cursor = 0;
  const texts = (await device.pullAll()).map(({ body }) => body?.text);
  expect(texts).toContain('Note 299');
  expect(texts).not.toContain('to be erased');
  const later = device.change('note', { text: 'Note 0, changed again' }, note);
  expect(await device.push(later)).toMatchObject([{ result: 'accepted' }]);
  const shown = recordDetail.parse((await admin.call('GET', `/v1/records/note/${note}`)).json);
  expect(shown.fields.text).toBe('Note 0, changed again');
  expect(shown.history).toHaveLength(3);
  const wrong: string[] = [];
  const config = { dataDir, databaseUrl: asOwner(old) } as Parameters<typeof verifyCommand>[0];
  const verified = await verifyCommand(config, pino({ level: 'silent' }), (found) => {
    if (found.is === 'wrong') wrong.push(found.what);
  });
  expect(wrong).toEqual([]);
  expect(verified).toMatchObject([{ sound: true }]);
});

test('when a newer version has been there, one that runs says it is not ready, and none starts', async () => {
  const database = await postgres.database();
  const server = await serverOn(database);
  const device = new Device(server.url, await connect(server, null));
  const ready = async () => (await fetch(`${server.url}/readyz`)).status;
  expect(await ready()).toBe(200);
  await withClient(database, (client) =>
    client.query(`INSERT INTO schema_migration VALUES ($1, 'later', 'x')`, [migrations.length + 1]),
  );
  expect(await ready()).toBe(503);
  // A migration that takes nothing away leaves it working until it is stopped.
  expect(await device.push(device.change('note', { text: 'meanwhile' }))).toMatchObject([
    { result: 'accepted' },
  ]);
  const starting = startServer({
    port: 0,
    dataDir: await temporaryFolder(),
    databaseUrl: asOwner(database),
    consoleDir: '/nonexistent',
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() =>
    starting.then(
      (running) => running.close(),
      () => undefined,
    ),
  );
  await expect(starting).rejects.toThrow(
    `This database belongs to a newer Unsaid: it is at ${migrations.length + 1}, and this one knows ${migrations.length}.`,
  );
});
