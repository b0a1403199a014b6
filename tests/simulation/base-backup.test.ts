// Backup and restore of a PostgreSQL of one's own, rehearsed with the commands of docs/operating.md and
// the extension's own devices: to the end of the WAL, and to a moment before. UNSAID_LONG=1 does it
// with Debian's pg_basebackup on PostgreSQL 15 as well.
import 'fake-indexeddb/auto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';
import { newOriginCommand, verifyCommand } from '../../src/server/log/commands.ts';
import { type Running, startServer } from '../../src/server/main.ts';
import { findBinaries } from '../../src/server/postgres/binaries.ts';
import { Archived } from '../server/archived.ts';
import { missing } from '../server/debian.ts';
import { join } from '../server/people.ts';
import { post, setUp } from '../server/server.ts';
import type { Visitor } from '../server/visitor.ts';
import { chanceOf } from './chance.ts';
import { integrityOf, SERVER, SimulatedDevice } from './device.ts';
import { countRequests } from './disk.ts';
import type { ModelMember } from './model-server.ts';

countRequests();

const LONG = process.env.UNSAID_LONG === '1';
const log = pino({ level: 'silent' });

/** Servers on one data folder and one PostgreSQL, and browsers that find whichever runs. */
class Company {
  readonly database: string;
  readonly dataDir: string;
  #running: Running | null = null;
  readonly #people = new Map<string, Visitor>();

  constructor(database: string, dataDir: string) {
    this.database = database;
    this.dataDir = dataDir;
  }

  get running(): Running {
    if (this.#running === null) throw new Error('no server runs');
    return this.#running;
  }

  get #settings() {
    return { port: 0, dataDir: this.dataDir, databaseUrl: this.database };
  }

  async start(): Promise<void> {
    this.#running = await startServer({ ...this.#settings, consoleDir: '/nonexistent', log });
    for (const visitor of this.#people.values()) visitor.url = this.running.url;
  }

  async stop(): Promise<void> {
    await this.#running?.close();
    this.#running = null;
  }

  get admin(): Visitor {
    const admin = this.#people.get('admin');
    if (admin === undefined) throw new Error('nobody has set it up');
    return admin;
  }

  async people(): Promise<void> {
    this.#people.set('admin', await setUp(this.running));
    this.#people.set('annotator', await join(this.running, this.admin, 'tom'));
  }

  async browser(role: 'admin' | 'annotator', seed: number): Promise<SimulatedDevice> {
    const member: ModelMember = { id: role, role, name: `Sample ${role}` };
    const chance = chanceOf(seed);
    const device = new SimulatedDevice({
      ...{ name: role, member, chance, now: Date.now },
      fetch: ((to: string, init?: RequestInit) =>
        fetch(to.replace(SERVER, this.running.url), init)) as typeof fetch,
    });
    const { json } = await post(this.running.url, '/v1/device/code', {
      client_id: 'unsaid-extension',
      device: { id: await device.id(), name: 'Sample browser' },
    });
    const visitor = this.#people.get(role);
    const fields = { user_code: String(json.user_code), decision: 'allow' };
    await visitor?.get(`/connect?user_code=${fields.user_code}`);
    await visitor?.submit('/connect', fields);
    await device.connect(String(json.device_code));
    return device;
  }

  async #command<T>(
    run: (config: Extract<ReturnType<typeof readConfig>, { ok: true }>['config']) => Promise<T>,
  ): Promise<T> {
    const read = readConfig(this.#settings, {});
    if (!read.ok) throw new Error(read.error);
    return run(read.config);
  }

  newOrigin = () => this.#command((config) => newOriginCommand(config, log));

  /** What `unsaid log verify` finds wrong, and how many changes there are. */
  async verified() {
    const wrong: string[] = [];
    const [one] = await this.#command((config) =>
      verifyCommand(config, log, (found) => {
        if (found.is === 'wrong') wrong.push(found.what);
      }),
    );
    return { wrong, size: one?.size ?? 0 };
  }
}

async function written(device: SimulatedDevice, text: string) {
  const [id, record] = [device.newId(), device.newId()];
  await device.write([{ id, kind: 'note', record, body: { text } }]);
  return { id, record };
}

const textsOn = async (device: SimulatedDevice) =>
  (await device.holds()).records
    .filter(({ kind }) => kind === 'note')
    .map(({ state }) => state.registers.text?.value)
    .toSorted();

/** What the person reads when something is wrong with the server's history, and may do about it. */
const toldOn = (device: SimulatedDevice) => device.look(integrityOf);

async function rehearse(postgres: Archived, folder: string) {
  await postgres.query('CREATE DATABASE unsaid');
  const company = new Company(postgres.url('unsaid'), path.join(folder, 'unsaid'));
  await company.start();
  onTestFinished(() => company.stop());
  await company.people();
  const mira = await company.browser('admin', 1);
  const tom = await company.browser('annotator', 2);
  const everybody = [mira, tom];
  const even = async () => {
    for (const device of [...everybody, ...everybody]) expect(await device.sync()).toBe('even');
  };
  const all = async () => {
    const rows = await postgres.query<{ id: string }>('SELECT id FROM log_leaf', 'unsaid');
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const device of everybody) expect(ids).toEqual(expect.arrayContaining([...device.saved]));
  };

  await written(mira, 'before the backup');
  await even();
  await postgres.baseBackup();
  await written(tom, 'after the backup');
  const doomed = await written(tom, 'to be erased');
  await even();
  await sleep(20);
  const [moment] = await postgres.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
  await sleep(20);
  await written(mira, 'after the moment');
  const targets = [{ kind: 'note', id: doomed.record }];
  const asked = { targets, reason: 'Asked for.' };
  expect((await company.admin.call('POST', '/v1/erasures', asked)).status).toBe(200);
  await even();
  const texts = ['after the backup', 'after the moment', 'before the backup'];
  expect(await textsOn(tom)).toEqual(texts);
  const before = await company.verified();
  expect(before.wrong).toEqual([]);

  // The machine is gone in the middle of it all; its disk is not. Nothing is lost.
  await postgres.crash();
  await company.stop();
  await postgres.restore(null);
  await company.start();
  expect(await company.verified()).toEqual(before);
  await written(tom, 'after the restore');
  await even();
  for (const device of everybody) expect(await device.finding()).toBeNull();
  await all();

  // Back to a moment that all of them have seen more than, and said so before anybody is answered.
  await company.stop();
  await postgres.restore(moment?.at ?? '');
  expect(await company.newOrigin()).toEqual([expect.stringMatching(/\/2$/)]);
  await company.start();
  for (const device of everybody) {
    await device.sync();
    expect(await toldOn(device)).toMatchObject({
      words: expect.stringContaining('begun the server’s history anew'),
      mayBeginAnew: true,
    });
    await device.confirmNewOrigin();
  }
  await even();
  texts.push('after the restore');
  const whole = async () => {
    for (const device of everybody) {
      expect(await device.finding()).toBeNull();
      expect(await textsOn(device)).toEqual(texts.toSorted());
      expect(await device.look((db) => db.count('outbox'))).toBe(0);
    }
    await all();
  };
  await whole();
  expect((await company.verified()).wrong).toEqual([]);

  // The same, and servers are started too early: browsers find it out, and lose nothing either.
  await company.stop();
  await postgres.restore(moment?.at ?? '');
  await company.start();
  await written(mira, 'while nobody knew');
  for (const device of everybody) {
    await device.sync();
    expect(await toldOn(device)).toMatchObject({
      words: expect.stringContaining('The server has gone back to an earlier state'),
      mayBeginAnew: false,
    });
  }
  expect(await company.newOrigin()).toEqual([expect.stringMatching(/\/3$/)]);
  for (const device of everybody) {
    await device.sync();
    expect(await toldOn(device)).toMatchObject({ mayBeginAnew: true });
    await device.confirmNewOrigin();
  }
  await even();
  texts.push('while nobody knew');
  await whole();
  // That one stands before what was lost of the same browser, for ever; and it was reported.
  expect((await company.verified()).wrong).toEqual(
    expect.arrayContaining(['number-skipped', 'number-reused', 'fork']),
  );
}

const DEBIAN = '/usr/lib/postgresql/15/bin';
const why = LONG ? await missing() : 'only with UNSAID_LONG=1';

async function prepared(bin: string, hasBaseBackup: boolean) {
  const folder = await mkdtemp(path.join(tmpdir(), 'unsaid-archived-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755); // as root, PostgreSQL runs under another account
  const postgres = await Archived.start({ folder, bin, hasBaseBackup }, await freePort());
  onTestFinished(() => postgres.stop());
  return rehearse(postgres, folder);
}

test('on the PostgreSQL that the server brings', { timeout: 120_000 }, async () => {
  await prepared(path.dirname((await findBinaries()).postgres), false);
});

test.skipIf(why !== null)('on 15, by pg_basebackup', { timeout: 120_000 }, () =>
  prepared(DEBIAN, true),
);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
