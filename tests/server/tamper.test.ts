// What a superuser of the database can do to the log, and who notices (docs/integrity.md has the
// matrix). Between two starts of a server the database is changed; then a device that pinned the log
// before looks again, and the offline verification reads it whole.
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Leaf } from '../../src/domain/index.ts';
import {
  batchText,
  bodyHash,
  type Checkpoint,
  checkTiles,
  envelopeHash,
  fromBase64,
  hashAt,
  leafBytes,
  leafHash,
  openNote,
  type PulledChange,
  parseCheckpoint,
  type SyncResponse,
  sameHash,
  TILE_WIDTH,
  tilePath,
  tilesFor,
  verifyConsistency,
} from '../../src/ledger/index.ts';
import { newToken, tokenHash } from '../../src/server/accounts/secrets.ts';
import { openDatabase, openPool } from '../../src/server/database.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { freshId } from '../../src/server/ids.ts';
import { auditWorkspace } from '../../src/server/log/audit.ts';
import { openLargest } from '../../src/server/log/largest.ts';
import { verifyEd25519 } from '../../src/server/log/verify-ed25519.ts';
import { type LogKey, presentLogKey } from '../../src/server/log-key.ts';
import { startServer } from '../../src/server/main.ts';
import { Device } from './device.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, post, setUp, temporaryFolder } from './server.ts';

const postgres = usePostgres();
const LEAVES = 300;

async function serve(dataDir: string, database: string) {
  const running = await startServer({
    port: 0,
    dataDir,
    databaseUrl: database,
    consoleDir: '/nonexistent',
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => running.close());
  return running;
}

async function copyOf(database: string): Promise<string> {
  const [copy, admin, from] = [new URL(database), new URL(database), new URL(database)];
  copy.pathname = `/copy_${freshId()}`;
  admin.pathname = '/postgres';
  const names = [copy, from].map(({ pathname }) => `"${pathname.slice(1)}"`);
  await withClient(admin.href, (client) =>
    client.query(`CREATE DATABASE ${names[0]} TEMPLATE ${names[1]}`),
  );
  return copy.href;
}

/** Looks at the log as a device does (SPEC 11), and keeps what it pinned. */
class Watcher {
  pinned: Checkpoint | null = null;
  /** The same, as the server signed it. */
  note: string | null = null;
  readonly device: Device;
  readonly key: LogKey;

  constructor(device: Device, key: LogKey) {
    this.device = device;
    this.key = key;
  }

  /** What is wrong, in a word; null when everything fits. Reads the whole log again. */
  async look(url: string): Promise<string | null> {
    const { device, key, pinned } = this;
    device.url = url;
    const changes: PulledChange[] = [];
    for (let cursor = 0, more = true; more; ) {
      const body = { v: 1, epoch: null, cursor, push: [], limit: 1_000, pinned: pinned?.size ?? 0 };
      const answer = await post(url, '/v1/sync', body, device.who.token);
      if (answer.status !== 200) return `answered ${answer.status}`;
      const response = answer.json as SyncResponse;
      changes.push(...response.changes);
      more = response.more;
      cursor = response.cursor;
      if (more) continue;
      if (response.checkpoint === undefined) return 'unsigned';
      const note = await openNote(response.checkpoint, [key], verifyEd25519);
      const told = note.ok ? parseCheckpoint(note.text) : null;
      if (told === null) return 'bad-signature';
      if (pinned) {
        if (told.size < pinned.size) return 'rollback';
        const proof = (response.consistency ?? []).map(
          (one) => fromBase64(one) ?? new Uint8Array(),
        );
        if (!verifyConsistency(nodeHasher, pinned.size, pinned.root, told.size, told.root, proof)) {
          return 'fork';
        }
      }
      const wrong = await this.#check(told, changes);
      if (wrong === null) {
        this.pinned = told;
        this.note = response.checkpoint;
      }
      return wrong;
    }
    return null;
  }

  async #check(told: Checkpoint, changes: PulledChange[]): Promise<string | null> {
    const { device } = this;
    const tiles = await Promise.all(
      tilesFor(
        told.size,
        changes.map(({ seq }) => seq),
      ).map(async ({ level, index, width }) => {
        const answer = await fetch(`${device.url}/v1/log/${tilePath(level, index, width)}`, {
          headers: { authorization: `Bearer ${device.who.token}` },
        });
        return { level, index, width, hashes: new Uint8Array(await answer.arrayBuffer()) };
      }),
    );
    const checked = checkTiles(nodeHasher, told, tiles);
    if (!checked.ok) return checked.why;
    for (const { seq, leaf, salt, body } of changes) {
      const tile = checked.tiles.find(
        ({ level, index }) => level === 0 && index === Math.floor(seq / TILE_WIDTH),
      );
      const hash = hashAt(tile?.hashes ?? new Uint8Array(), seq % TILE_WIDTH);
      if (!sameHash(hash, leafHash(nodeHasher, leafBytes(leaf as Leaf)))) return 'edited-row';
      if (body === null || salt === null) return 'missing-body';
      if (bodyHash(nodeHasher, salt, body as never) !== leaf.bodyHash) return 'edited-body';
    }
    return null;
  }
}

/** A log of a device with a key, pinned by it, and its server stopped. */
async function pinnedLog() {
  const database = await postgres.database();
  const dataDir = await temporaryFolder();
  const first = await serve(dataDir, database);
  const admin = await setUp(first);
  const device = new Device(first.url, await connect(first, admin));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const x = publicKey.export({ format: 'jwk' }).x ?? '';
  const member = device.who.member;
  const push = [
    device.change(
      'device',
      { name: 'x', member, publicKey: Buffer.from(x, 'base64url').toString('base64') },
      device.who.device,
    ),
    ...Array.from({ length: LEAVES - 1 }, (_, n) => device.change('note', { text: `note ${n}` })),
  ];
  const write = async (changes: typeof push) => {
    const last = changes.at(-1)?.envelope;
    if (!last) throw new Error('nothing to write');
    const text = batchText(envelopeHash(nodeHasher, last));
    const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
    const request = { v: 1, epoch: null, cursor: 0, push: changes, limit: 1, signature };
    return post(device.url, '/v1/sync', request, device.who.token);
  };
  expect((await write(push)).status).toBe(200);
  const key = await presentLogKey({ dataDir } as never);
  const watcher = new Watcher(device, key);
  expect(await watcher.look(first.url)).toBeNull();
  await first.close();

  /** What `unsaid log verify` finds wrong, each kind once; and what it notices. */
  const verify = async (at: string = database, forgetful = false) => {
    const pool = openPool(at, () => undefined);
    const db = openDatabase(pool);
    const found = { wrong: new Set<string>(), notice: new Set<string>() };
    try {
      const largest = forgetful ? { of: () => null } : await openLargest(dataDir, () => undefined);
      await auditWorkspace(db, device.who.workspace, key, largest, ({ is, what }) =>
        found[is].add(what),
      );
    } finally {
      await db.destroy();
    }
    return { wrong: [...found.wrong].sort(), notice: [...found.notice].sort() };
  };
  expect((await verify()).wrong).toEqual([]);
  return { database, dataDir, admin, device, watcher, write, verify };
}

type Change = (client: pg.Client) => Promise<unknown>;

const run =
  (...statements: string[]): Change =>
  async (client) => {
    for (const statement of statements) await client.query(statement);
  };

/** So that the server builds the tree anew at its start, over what is there then. */
const REBUILD = ['DELETE FROM log_tile', 'UPDATE workspace SET frontier = NULL'];

const EDIT_LEAF = `UPDATE log_leaf SET leaf = convert_to(replace(convert_from(leaf, 'UTF8'),
  '"kind":"note"', '"kind":"nope"'), 'UTF8') WHERE seq = 10`;

/** The rows from number 10 on move up by one, and 10 becomes a copy of another with its own ids. */
const INSERT = [
  'UPDATE log_leaf SET seq = -seq - 1 WHERE seq >= 10',
  'UPDATE log_leaf SET seq = -seq WHERE seq < 0',
  `INSERT INTO log_leaf (workspace_id, seq, id, device, n, author, kind, record, leaf,
     body, salt, folded, problem, reveals)
   SELECT workspace_id, 10, gen_random_uuid(), gen_random_uuid(), 0, author, kind, record, leaf,
     body, salt, folded, problem, reveals FROM log_leaf WHERE seq = 5`,
  'UPDATE workspace SET seq = seq + 1 WHERE seq > 0',
];

/** What the device that pinned says, as the matrix puts it. */
const SAYS = {
  'edited-body': 'sees it: the text does not match its hash',
  'edited-row': 'sees it: the row is not in the tree',
  'wrong-root': 'sees it: the tree has another root',
  'wrong-hashes': 'sees it: they do not fit the root',
  'missing-body': 'sees it: no erasure names its record',
  unsigned: 'is told: the server signs nothing',
  '': 'cannot tell it from one its member may not see',
};

const cases: [
  name: string,
  change: Change,
  device: keyof typeof SAYS,
  /** Findings the offline verification must have. */
  verifies: string[],
][] = [
  [
    'a body is edited',
    run(`UPDATE log_leaf SET body = '{"text":"other"}' WHERE seq = 10`),
    'edited-body',
    ['body-changed'],
  ],
  ['a leaf is edited', run(EDIT_LEAF), 'edited-row', ['leaf-changed']],
  [
    'a leaf that no full tile holds yet is edited',
    run(EDIT_LEAF.replace('seq = 10', `seq = ${LEAVES - 1}`)),
    'wrong-root',
    ['root-differs'],
  ],
  [
    'a leaf, the tiles and the frontier are edited to fit',
    run(EDIT_LEAF, ...REBUILD),
    'unsigned',
    ['fork'],
  ],
  [
    'tiles are edited',
    run(`UPDATE log_tile SET hashes = overlay(hashes placing '\\x00' from 40)`),
    'wrong-hashes',
    ['leaf-changed'],
  ],
  ['a row is deleted', run('DELETE FROM log_leaf WHERE seq = 10'), '', ['gap']],
  [
    'a row is deleted, and the gap closed',
    run(
      'DELETE FROM log_leaf WHERE seq = 10',
      'UPDATE log_leaf SET seq = -seq + 1 WHERE seq > 10',
      'UPDATE log_leaf SET seq = -seq WHERE seq < 0',
      'UPDATE workspace SET seq = seq - 1 WHERE seq > 0',
      ...REBUILD,
    ),
    'unsigned',
    ['number-skipped', 'rollback'],
  ],
  [
    'two rows change places',
    run(
      'UPDATE log_leaf SET seq = -1 WHERE seq = 10',
      'UPDATE log_leaf SET seq = 10 WHERE seq = 11',
      'UPDATE log_leaf SET seq = 11 WHERE seq = -1',
    ),
    'edited-row',
    ['leaf-changed'],
  ],
  [
    'two rows change places, tiles and frontier too',
    run(
      'UPDATE log_leaf SET seq = -1 WHERE seq = 10',
      'UPDATE log_leaf SET seq = 10 WHERE seq = 11',
      'UPDATE log_leaf SET seq = 11 WHERE seq = -1',
      ...REBUILD,
    ),
    'unsigned',
    ['fork'],
  ],
  ['a row is inserted', run(...INSERT), 'unsigned', ['leaf-changed']],
  ['a row is inserted, tiles and frontier too', run(...INSERT, ...REBUILD), 'unsigned', ['fork']],
  [
    'the log is cut off',
    run(
      'DELETE FROM log_leaf WHERE seq >= 200',
      'UPDATE workspace SET seq = 200 WHERE seq > 0',
      ...REBUILD,
    ),
    'unsigned',
    ['rollback'],
  ],
  [
    'a body and its salt are set to null',
    run('UPDATE log_leaf SET body = NULL, salt = NULL WHERE seq = 10'),
    'missing-body',
    ['body-missing'],
  ],
];

/**
 * Where what the server has signed is lost as well: it signs nothing for a browser that has seen more,
 * and cannot prove to one that has seen as much that the log goes on from there. What is left of it in
 * devices' chains and signatures, the offline verification still finds.
 */
const forgotten: [name: string, device: 'unsigned' | 'fork', left: string[]][] = [
  ['a leaf, the tiles and the frontier are edited to fit', 'fork', ['chain-broken']],
  ['a row is deleted, and the gap closed', 'unsigned', ['number-skipped']],
  ['two rows change places, tiles and frontier too', 'fork', ['number-reused', 'number-skipped']],
  ['a row is inserted', 'fork', ['leaf-changed', 'number-reused', 'root-differs']],
  ['a row is inserted, tiles and frontier too', 'fork', ['number-reused']],
  ['the log is cut off', 'unsigned', ['signature-missing']],
];

type Told = { browser: string; verifies: string[] };

/** What takes more than one change to a stopped server's database. */
const others: [name: string, tries: () => Promise<Told>][] = [
  [
    'the database is rolled back to an earlier state',
    async () => {
      const { database, dataDir, watcher, device, write, verify } = await pinnedLog();
      const earlier = await copyOf(database);
      const second = await serve(dataDir, database);
      device.url = second.url;
      await write([device.change('note', { text: 'after the backup' })]);
      expect(await watcher.look(second.url)).toBeNull();
      await second.close();
      const restored = await serve(dataDir, earlier);
      expect(await watcher.look(restored.url)).toBe('unsigned');
      await restored.close();
      expect((await verify(earlier)).wrong).toContain('rollback');
      return { browser: SAYS.unsigned, verifies: ['rollback'] };
    },
  ],
  [
    'two servers show two devices different logs',
    async () => {
      const { database, dataDir, watcher, device, write, verify } = await pinnedLog();
      const other = await copyOf(database);
      const colleague = new Watcher(device, watcher.key);
      // Whoever forks has the server's key, and makes it forget what it signed.
      const forgetful = await temporaryFolder();
      await cp(`${dataDir}/keys/log.key`, `${forgetful}/keys/log.key`);
      const chain = device.chain;
      const here = await serve(dataDir, database);
      device.url = here.url;
      await write([device.change('note', { text: 'what one is shown' })]);
      const there = await serve(forgetful, other);
      device.url = there.url;
      device.chain = chain;
      await write([device.change('note', { text: 'what another is shown' })]);
      expect(await watcher.look(here.url)).toBeNull();
      expect(await colleague.look(there.url)).toBeNull();
      // Either of them on the other's log, or one's checkpoint beside the other's log, shows it.
      expect(await watcher.look(there.url)).toBe('fork');
      expect((await verify(other, true)).wrong).toEqual([]);
      const report = { found: 'fork', pinned: watcher.note, told: colleague.note };
      await post(there.url, '/v1/log/report', report, device.who.token);
      await here.close();
      await there.close();
      expect((await verify(other, true)).wrong).toEqual(['fork']);
      expect((await verify(other)).wrong).toContain('fork');
      return { browser: 'sees it as soon as it meets the other log', verifies: ['fork'] };
    },
  ],
  [
    'signatures are taken away',
    async () => {
      const { database, verify } = await pinnedLog();
      await withClient(database, run('DELETE FROM log_signature'));
      expect((await verify()).wrong).toContain('signature-missing');
      return { browser: '–', verifies: ['signature-missing'] };
    },
  ],
  [
    'a change is appended in the name of a device with a key',
    async () => {
      const { database, dataDir, watcher, device, write, verify } = await pinnedLog();
      const chain = device.chain;
      const { envelope, salt, body } = device.change('note', { text: 'never written' });
      const leaf = leafBytes({
        ...envelope,
        received: new Date().toISOString(),
        rank: envelope.at,
      });
      await withClient(database, async (client) => {
        await client.query(
          `INSERT INTO log_leaf VALUES ($1, (SELECT seq FROM workspace WHERE id = $1), $2, $3, $4, $5, 'note', $6, $7, $8, $9, true, NULL)`,
          [
            ...[envelope.workspace, envelope.id, envelope.device, envelope.n, envelope.author],
            ...[envelope.record, leaf, Buffer.from(JSON.stringify(body)), salt],
          ],
        );
        await client.query('UPDATE workspace SET seq = seq + 1 WHERE seq > 0');
        await run(...REBUILD)(client);
      });
      const again = await serve(dataDir, database);
      // The log goes on from what was pinned: nothing to see there, but nobody has signed it.
      expect(await watcher.look(again.url)).toBeNull();
      expect((await verify()).wrong).toContain('signature-missing');
      // And the device itself hears of it with its next change.
      device.chain = chain;
      device.url = again.url;
      const answer = await write([device.change('note', { text: 'written' })]);
      expect(answer.json.results).toMatchObject([{ result: 'number-taken' }]);
      return { browser: 'the device itself: its number is taken', verifies: ['signature-missing'] };
    },
  ],
  [
    'a device is added for a member',
    async () => {
      const { database, dataDir, admin, device, verify } = await pinnedLog();
      const { workspace, member } = device.who;
      const added = freshId();
      const token = newToken(workspace);
      await withClient(database, (client) =>
        client.query(
          `INSERT INTO device (workspace_id, id, member_id, name, token_hash)
           VALUES ($1, $2, $3, 'Sample browser', $4)`,
          [workspace, added, member, tokenHash(token)],
        ),
      );
      const again = await serve(dataDir, database);
      const extra = new Device(again.url, { ...device.who, device: added, token });
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const x = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
      const registration = extra.change(
        'device',
        { name: 'Sample browser', member, publicKey: x.toString('base64') },
        added,
      );
      const text = batchText(envelopeHash(nodeHasher, registration.envelope));
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
      const request = { v: 1, epoch: null, cursor: 0, push: [registration], limit: 1, signature };
      expect((await post(again.url, '/v1/sync', request, token)).status).toBe(200);
      admin.url = again.url;
      const { devices } = (await admin.call('GET', '/v1/devices')).json as {
        devices: { id: string; standing: string }[];
      };
      expect(devices.find(({ id }) => id === device.who.device)?.standing).toBe('first');
      expect(devices.find(({ id }) => id === added)?.standing).toBe('unattested');
      await again.close();
      // No other device of the member has vouched for it: their sidebar folds the same.
      expect((await verify()).notice).toContain('unattested-device');
      return {
        browser: 'the member and managers see it as unattested',
        verifies: ['unattested-device'],
      };
    },
  ],
];

/** The matrix of docs/integrity.md: what is done → what a browser and the offline verification say. */
const matrix = new Map(
  readFileSync(path.resolve(import.meta.dirname, '../../docs/integrity.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, done = '', browser = '', verifies = '']) => [done, { browser, verifies }]),
);

/** What the matrix says that the offline verification finds. */
function toldOf(done: string): string[] {
  const { verifies = '' } = matrix.get(done) ?? {};
  return [...verifies.matchAll(/`([a-z-]+)`/g)].map(([, what = '']) => what).sort();
}

describe('11 a change made as a superuser is noticed, as docs/integrity.md says', () => {
  test.each(cases)('%s', async (name, change, device, verifies) => {
    const { database, dataDir, watcher, verify } = await pinnedLog();
    await withClient(database, change);
    const again = await serve(dataDir, database);
    // A row that is gone is not among what a device gets; it cannot tell that from one it may not see.
    expect((await watcher.look(again.url)) ?? '').toBe(device);
    await again.close();
    const { wrong } = await verify();
    for (const what of verifies) expect(wrong).toContain(what);
    expect(matrix.get(name)?.browser).toBe(SAYS[device]);
    expect(toldOf(name)).toEqual(verifies.toSorted());
  });

  test.each(forgotten)(
    '%s, and what the server has signed is lost: the browser finds it out by itself',
    async (name, device, left) => {
      const [, change] = cases.find(([one]) => one === name) ?? [];
      if (change === undefined) throw new Error('a row of the matrix');
      const { database, dataDir, watcher, verify } = await pinnedLog();
      await withClient(database, change);
      await rm(`${dataDir}/keys/signed.json`);
      const again = await serve(dataDir, database);
      expect(await watcher.look(again.url)).toBe(device);
      expect((await verify(database, true)).wrong).toEqual(left);
    },
  );

  test('whatever the server stops signing for is tried without its memory as well', () => {
    const unsigned = cases.filter(([, , device]) => device === 'unsigned');
    expect(forgotten.map(([name]) => name)).toEqual(unsigned.map(([name]) => name));
  });

  test.each(others)('%s', async (name, tries) => {
    const { browser, verifies } = await tries();
    expect(matrix.get(name)?.browser).toBe(browser);
    expect(toldOf(name)).toEqual(verifies);
  });

  test('a browser that goes on from where it is does not get what was edited; a new one sees it', async () => {
    const { database, dataDir, device, watcher } = await pinnedLog();
    await withClient(database, run(EDIT_LEAF));
    const again = await serve(dataDir, database);
    const request = { v: 1, epoch: device.who.epoch, push: [], limit: 1_000 };
    const size = watcher.pinned?.size ?? 0;
    const onwards = { ...request, cursor: size, pinned: size };
    const { json } = await post(again.url, '/v1/sync', onwards, device.who.token);
    expect(json).toMatchObject({ changes: [], more: false, checkpoint: watcher.note });
    const newcomer = new Watcher(device, watcher.key);
    expect(await newcomer.look(again.url)).toBe('edited-row');
    expect(newcomer.pinned).toBeNull();
  });

  test('every row of the matrix is tried here, and nothing else', () => {
    const tried = [...cases, ...others].map(([name]) => name);
    expect([...matrix.keys()].toSorted()).toEqual(tried.toSorted());
  });
});
