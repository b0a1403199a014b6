// SPEC 14: what is erased is gone, from every table, and does not come back.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { startServer } from '../../src/server/main.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, setUp, temporaryFolder } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

type Line = { kind: string; id: string; text: string };
type Proposal = { linked: Line[]; mentions: Line[]; more: boolean };
type Found = { people: { kind: string; id: string; name: string; addresses: string[] }[] };
type Listed = {
  erasures: { seq: number; reason: string; cause: string; counts: Record<string, number> }[];
  devices: { id: string; cursor: number | null }[];
};

async function start(database: string, dataDir: string) {
  const running = await startServer({
    ...{ port: 0, dataDir, databaseUrl: database, consoleDir: '/nonexistent' },
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => running.close());
  return running;
}

async function company() {
  const database = await postgres.database();
  const dataDir = await temporaryFolder();
  const server = await start(database, dataDir);
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  const toms = await join(server, admin, 'tom');
  const tom = new Device(server.url, await connect(server, toms));
  return { database, dataDir, server, admin, toms, mira, tom };
}

async function write(device: Device, kind: string, body: Body, record?: string): Promise<string> {
  const change = device.change(kind, body, record);
  await device.push(change);
  return change.envelope.record;
}

/** Lee of Halden, two mails of theirs, and what was noticed in them; and what only names them. */
async function story(device: Device) {
  const customer = await write(device, 'customer', { name: 'Halden Foods' });
  const identifiers = { 'address:lee@halden.example': true };
  const lee = await write(device, 'contact', { name: 'Lee Sorensen', customer, identifiers });
  const sender = { name: 'Lee Sorensen', address: 'Lee@halden.example' };
  const mail = await write(device, 'interaction', { subject: 'Audit', sender, customer });
  const evidence = { [freshId()]: { quote: 'before the audit, please', interaction: mail } };
  const expectation = await write(device, 'expectation', { statement: 'Certificates', evidence });
  const note = await write(device, 'note', { text: 'prefers calls', contact: lee });
  const naming = await write(device, 'note', { text: 'Ask Lee Sorensen about pallets', customer });
  await write(device, 'note', { text: 'Ask the warehouse about pallets' }, naming);
  const other = await write(device, 'note', { text: 'Nothing about anybody', customer });
  return { customer, lee, mail, expectation, note, naming, other };
}

const propose = async (admin: Visitor, kind: string, id: string) =>
  (await admin.call('GET', `/v1/erasures/proposal?kind=${kind}&id=${id}`)).json as Proposal;

const eraseAll = (admin: Visitor, targets: Line[], reason = 'asked by letter') =>
  admin.call('POST', '/v1/erasures', {
    targets: targets.map(({ kind, id }) => ({ kind, id })),
    reason,
  });

const ids = (lines: Line[]) => lines.map(({ id }) => id).toSorted();

/** Every row of every table as text, bytes as text too. */
async function everything(database: string): Promise<string> {
  return withClient(database, async (client) => {
    const { rows } = await client.query(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    let all = '';
    for (const { relname } of rows) {
      const table = await client.query(`SELECT * FROM ${client.escapeIdentifier(relname)}`);
      all += JSON.stringify(table.rows, (_, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('utf8') : value,
      );
    }
    return all;
  });
}

describe('14.2 a person is found, and what an erasure would take', () => {
  test('linked records are proposed, those that name the person are listed', async () => {
    const { admin, mira } = await company();
    const { lee, mail, expectation, note, naming, customer, other } = await story(mira);
    const found = async (text: string) =>
      ((await admin.call('GET', `/v1/erasures/people?q=${encodeURIComponent(text)}`)).json as Found)
        .people;
    expect(await found('sorensen')).toEqual([
      { kind: 'contact', id: lee, name: 'Lee Sorensen', addresses: ['lee@halden.example'] },
    ]);
    expect((await found('LEE@')).map(({ id }) => id)).toEqual([lee]);
    expect(await found('nobody at all')).toEqual([]);

    // It repeats the note's words to a colleague, and so goes with it.
    const subject = { kind: 'note', id: note };
    const pointed = { member: mira.who.member, subject, text: 'prefers calls' };
    const mention = await write(mira, 'mention', pointed);
    const proposal = await propose(admin, 'contact', lee);
    expect(ids(proposal.linked)).toEqual([lee, mail, expectation, note, mention].toSorted());
    // By an earlier version of its text.
    expect(ids(proposal.mentions)).toEqual([naming]);
    expect(proposal.linked[0]).toMatchObject({ kind: 'contact', text: 'Lee Sorensen' });

    const whole = await propose(admin, 'customer', customer);
    expect(ids(whole.linked)).toEqual([customer, lee, mail, expectation, naming, other].toSorted());
  });

  test('somebody who is known as a sender only is found by address', async () => {
    const { admin, mira } = await company();
    const sender = { name: 'Kim Stray', address: 'kim@stray.example' };
    const mail = await write(mira, 'interaction', { subject: 'Hello', sender });
    const { json } = await admin.call('GET', '/v1/erasures/people?q=kim');
    expect(json).toEqual({
      people: [
        {
          ...{ kind: 'address', id: 'kim@stray.example', name: 'Kim Stray' },
          addresses: ['kim@stray.example'],
        },
      ],
    });
    const proposal = await propose(admin, 'address', 'kim@stray.example');
    expect(ids(proposal.linked)).toEqual([mail]);
  });
});

describe('14.1, 14.3 erased', () => {
  test('nothing of it is in any table, and the rest is', async () => {
    const { database, admin, mira } = await company();
    const { lee, other } = await story(mira);
    // What could not be folded is somebody's data all the same.
    await mira.push(mira.change('note', { text: 7 as never, aside: 'Lee Sorensen' }, lee));
    await mira.push(mira.change('contact', { name: 7 as never, aside: 'Lee Sorensen' }, lee));
    const { linked, mentions } = await propose(admin, 'contact', lee);
    expect((await eraseAll(admin, [...linked, ...mentions])).status).toBe(200);
    const left = await everything(database);
    for (const gone of ['Sorensen', 'lee@halden', 'Lee@halden', 'before the audit', 'prefers']) {
      expect(left).not.toContain(gone);
    }
    expect(left).toContain('Nothing about anybody');
    expect(left).toContain(other);

    const { rows } = (await admin.call('GET', '/v1/register')).json as { rows: { id: string }[] };
    expect(rows.map(({ id }) => id)).toEqual([other]);
    expect((await admin.call('GET', `/v1/records/contact/${lee}`)).status).toBe(404);
  });

  test('devices get the erasure, and the envelopes they still hold have neither body nor salt', async () => {
    const { admin, mira, tom } = await company();
    const { lee } = await story(mira);
    await tom.pullAll();
    const { linked } = await propose(admin, 'contact', lee);
    await eraseAll(admin, linked);
    const [change] = await tom.pullAll();
    expect(change?.leaf.kind).toBe('erasure');
    expect(change?.body).toMatchObject({ cause: 'request', reason: 'asked by letter' });
    expect(ids(change?.body?.targets as Line[])).toEqual(ids(linked));

    mira.cursor = 0;
    const erased = (await mira.pullAll()).filter(({ leaf }) => leaf.record === lee);
    expect(erased).toHaveLength(1);
    expect(erased[0]).toMatchObject({ body: null, salt: null });
    expect(erased[0]?.problem).toBeUndefined();
  });

  test('a later change keeps its envelope only and is answered so, however often it is said', async () => {
    const { database, admin, mira, tom } = await company();
    const { lee } = await story(mira);
    await eraseAll(admin, [{ kind: 'contact', id: lee, text: '' }]);
    const late = tom.change('contact', { name: 'Lee Sorensen again' }, lee);
    const broken = tom.change('contact', { name: 9 as never, aside: 'Lee Sorensen again' }, lee);
    const after = tom.change('note', { text: 'Tom goes on' });
    const results = await tom.push(late, broken, after);
    expect(results.map(({ result }) => result)).toEqual(['erased', 'erased', 'accepted']);
    expect(results[0]?.rank).toMatch(/^[0-9a-f]{16}$/);
    expect((await tom.push(late))[0]).toEqual(results[0]);
    // Another change under its id: what is kept beside the log must not keep it either.
    const other = tom.change('contact', { name: 'Lee Sorensen again' }, lee);
    const forged = { ...other, envelope: { ...other.envelope, id: late.envelope.id } };
    expect((await tom.push(forged))[0]?.result).toBe('needs-attention');
    expect(await everything(database)).not.toContain('Sorensen again');
    const another = tom.change('contact', { name: 'Somebody else' });
    expect((await tom.push(another))[0]?.result).toBe('accepted');
  });

  test('a record that nobody has heard of yet is erased before it comes', async () => {
    const { admin, tom } = await company();
    const offline = tom.change('note', { text: 'written in the train' });
    await eraseAll(admin, [{ kind: 'note', id: offline.envelope.record, text: '' }]);
    expect((await tom.push(offline))[0]?.result).toBe('erased');
  });

  test.each([
    ['settings', { targets: [{ kind: 'setting', id: freshId() }], reason: 'x' }],
    ['erasures', { targets: [{ kind: 'erasure', id: freshId() }], reason: 'x' }],
    ['no reason', { targets: [{ kind: 'note', id: freshId() }], reason: ' ' }],
    ['nothing', { targets: [], reason: 'x' }],
  ])('refused in words: %s', async (_, body) => {
    const { admin } = await company();
    const answer = await admin.call('POST', '/v1/erasures', body);
    expect(answer.status).toBe(400);
    expect((answer.json as { message: string }).message).toMatch(/\w/);
  });

  test('only admins erase, from the console and from their devices', async () => {
    const { admin, toms, mira, tom } = await company();
    const { note } = await story(mira);
    const targets = [{ kind: 'note', id: note }];
    for (const path of ['', '/people?q=lee', `/proposal?kind=address&id=x`]) {
      expect((await toms.call('GET', `/v1/erasures${path}`)).status).toBe(403);
    }
    expect((await toms.call('POST', '/v1/erasures', { targets, reason: 'x' })).status).toBe(403);
    const tried = tom.change('erasure', { targets, reason: 'x', cause: 'request' });
    expect((await tom.push(tried))[0]?.result).toBe('needs-attention');
    expect((await admin.call('GET', `/v1/records/note/${note}`)).status).toBe(200);
    const own = mira.change('erasure', { targets, reason: 'x', cause: 'request' });
    expect((await mira.push(own))[0]?.result).toBe('accepted');
    expect((await admin.call('GET', `/v1/records/note/${note}`)).status).toBe(404);
  });
});

test('14.5 it is known which devices have heard of it', async () => {
  const { admin, mira, tom } = await company();
  const { lee } = await story(mira);
  await tom.pullAll();
  await eraseAll(admin, [{ kind: 'contact', id: lee, text: '' }]);
  const has = async () => {
    const { erasures, devices } = (await admin.call('GET', '/v1/erasures')).json as Listed;
    expect(erasures).toHaveLength(1);
    const seq = erasures[0]?.seq ?? 0;
    return devices.filter(({ cursor }) => cursor !== null && cursor > seq).map(({ id }) => id);
  };
  expect(await has()).toEqual([]);
  // It is told the change, and only its next request says that it was kept.
  await tom.sync();
  expect(await has()).toEqual([]);
  await tom.sync();
  expect(await has()).toEqual([tom.who.device]);
  const { json } = await admin.call('GET', '/v1/erasures');
  expect((json as Listed).erasures[0]).toMatchObject({
    ...{ reason: 'asked by letter', cause: 'request', counts: { contact: 1 } },
  });
});

describe('14.6 a restored backup', () => {
  test('does not bring back what was erased after it, nor what devices push again', async () => {
    const { database, dataDir, server, admin, mira, tom } = await company();
    const { lee, note } = await story(mira);
    await server.close();
    const backup = await copyOf(database);

    const second = await start(database, dataDir);
    for (const device of [mira, tom]) device.url = second.url;
    const later = mira.change('note', { text: 'after the backup' });
    await mira.push(later);
    const at = admin as unknown as { url: string };
    at.url = second.url;
    await eraseAll(admin, [
      { kind: 'contact', id: lee, text: '' },
      { kind: 'note', id: note, text: '' },
      { kind: 'note', id: later.envelope.record, text: '' },
    ]);
    await second.close();
    const kept = await readFile(path.join(dataDir, 'erasures.ndjson'), 'utf8');
    expect(kept.trim().split('\n')).toHaveLength(3);
    expect(kept).not.toContain('Sorensen');

    expect(await everything(backup)).toContain('prefers calls');
    const restored = await start(backup, dataDir);
    const left = await everything(backup);
    expect(left).not.toContain('prefers calls');
    mira.url = restored.url;
    expect((await mira.push(later))[0]?.result).toBe('erased');
    mira.cursor = 0;
    const again = (await mira.pullAll()).filter(({ leaf }) => leaf.kind === 'erasure');
    expect(again).toHaveLength(1);
    await restored.close();
    // Once is enough.
    await (await start(backup, dataDir)).close();
    expect((await everything(backup)).match(/again after a restore/g)).toHaveLength(
      left.match(/again after a restore/g)?.length ?? 0,
    );
  });

  test('a line that a crash cut off costs that line alone, and the database has it still', async () => {
    const { database, dataDir, server, admin, mira } = await company();
    const { lee, note } = await story(mira);
    await eraseAll(admin, [{ kind: 'contact', id: lee, text: '' }]);
    await eraseAll(admin, [{ kind: 'note', id: note, text: '' }]);
    await server.close();
    const file = path.join(dataDir, 'erasures.ndjson');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -20));
    await (await start(database, dataDir)).close();
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines.filter((line) => line.includes(lee) && line.endsWith('}'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes(note) && line.endsWith('}'))).toHaveLength(1);
  });
});

async function copyOf(database: string): Promise<string> {
  const name = `copy_${freshId()}`;
  const url = new URL(database);
  const from = url.pathname.slice(1);
  url.pathname = '/postgres';
  await withClient(url.href, (client) =>
    client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(from)}`,
    ),
  );
  url.pathname = `/${name}`;
  return url.href;
}
