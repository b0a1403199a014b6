// Devices that push to one workspace at the same time: what waits together is written together.
import { generateKeyPairSync, sign } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Change } from '../../src/domain/index.ts';
import {
  batchText,
  envelopeHash,
  fromBase64,
  leafBytes,
  type PulledChange,
  type SyncResponse,
  toBase64,
  verifyConsistency,
} from '../../src/ledger/index.ts';
import { inWorkspace, openDatabase, openPool, together } from '../../src/server/database.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { assess } from '../../src/server/sync/assess.ts';
import { KnownLeaves } from '../../src/server/sync/known.ts';
import { WORTH_COUNTING } from '../../src/server/sync/statistics.ts';
import { NaiveTree } from '../ledger/naive-tree.ts';
import { Device } from './device.ts';
import { one, two } from './pair.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, post, serverOn, type TestServer } from './server.ts';

const postgres = usePostgres();

const note = (device: Device, text: string) => device.change('note', { text });

/** Browsers of the server's first admin. */
function browsers(server: TestServer, count: number): Promise<Device[]> {
  return Promise.all(
    Array.from({ length: count }, async () => new Device(server.url, await connect(server, null))),
  );
}

/**
 * Holds the workspace's row, so that pushes wait; returns what lets go of it. `asked` resolves when
 * the server waits for the row.
 */
async function hold(database: string, workspace: string) {
  const client = new pg.Client(database);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM workspace WHERE id = $1 FOR UPDATE', [workspace]);
  return {
    async asked() {
      for (;;) {
        const { rowCount } = await client.query(
          `SELECT 1 FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        if (rowCount) return;
        await new Promise((done) => setTimeout(done, 5));
      }
    },
    release: () => client.query('COMMIT'),
  };
}

/** Long enough for requests that were sent to have come as far as the line. */
const arrived = () => new Promise((done) => setTimeout(done, 300));

/** Leaves with these texts, and the transactions that wrote them. */
async function written(database: string) {
  return withClient(database, async (client) => {
    const { rows } = await client.query<{ text: string; by: string }>(
      `SELECT convert_from(body, 'UTF8')::jsonb->>'text' AS text, xmin::text AS by
       FROM log_leaf WHERE kind = 'note' ORDER BY seq`,
    );
    return { texts: rows.map(({ text }) => text), transactions: new Set(rows.map(({ by }) => by)) };
  });
}

test('those that wait are written in one transaction, in the order they came, each with its own answer', async () => {
  const { server, device: first } = await one(postgres);
  const others = await browsers(server, 4);
  const row = await hold(server.database, first.who.workspace);
  const answers = [first.request([note(first, 'first')])];
  await row.asked();
  for (const [at, device] of others.entries()) {
    answers.push(device.request([note(device, `${at}.0`), note(device, `${at}.1`)]));
    await arrived();
  }
  await row.release();
  const results = (await Promise.all(answers)).map(({ json }) => (json as SyncResponse).results);
  expect(results.map((each) => each.map(({ result }) => result))).toEqual([
    ['accepted'],
    ...others.map(() => ['accepted', 'accepted']),
  ]);
  const { texts, transactions } = await written(server.database);
  expect(texts).toEqual(['first', ...others.flatMap((_, at) => [`${at}.0`, `${at}.1`])]);
  expect(transactions.size).toBe(2);
  const seen = await first.pullAll();
  expect(new Set(seen.map(({ leaf }) => leaf.id)).size).toBe(9);
});

test('one that is refused, and one that the database cannot take, do not hold up the others', async () => {
  const { server, device: first } = await one(postgres);
  const [good, unsigned, broken, last] = (await browsers(server, 4)) as [
    Device,
    Device,
    Device,
    Device,
  ];
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'jwk' }).x ?? '';
  const registration = unsigned.change(
    'device',
    {
      name: 'Sample browser',
      member: unsigned.who.member,
      publicKey: toBase64(Buffer.from(key, 'base64url')),
    },
    unsigned.who.device,
  );
  await withClient(server.database, (client) =>
    client.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF convert_from(new.body, 'UTF8') LIKE '%no room%' THEN RAISE 'no room'; END IF;
        RETURN new;
      END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON log_leaf FOR EACH ROW EXECUTE FUNCTION refuse()`),
  );
  const row = await hold(server.database, first.who.workspace);
  const answers = [first.request([note(first, 'first')])];
  await row.asked();
  answers.push(
    good.request([note(good, 'good')]),
    unsigned.request([registration]),
    broken.request([note(broken, 'no room')]),
    last.request([note(last, 'last')]),
  );
  await arrived();
  await row.release();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([
    200, 200, 400, 500, 200,
  ]);
  const { texts } = await written(server.database);
  expect(new Set(texts)).toEqual(new Set(['first', 'good', 'last']));
  expect(texts).toHaveLength(3);
});

test('one that waits behind the revocation of its device is refused', async () => {
  const { server, mira, tom } = await two(postgres);
  const revocation = mira.change('device', { revoked: true }, tom.who.device);
  const row = await hold(server.database, mira.who.workspace);
  const answers = [mira.request([note(mira, 'first')])];
  await row.asked();
  answers.push(tom.request([note(tom, 'before')]));
  await arrived();
  answers.push(mira.request([revocation]));
  await arrived();
  answers.push(tom.request([note(tom, 'behind')]));
  await arrived();
  await row.release();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 403]);
  expect((await written(server.database)).texts).toEqual(['first', 'before']);
});

test('a signature that leaves changes out refuses its own push alone', async () => {
  const { server, device: first } = await one(postgres);
  const [signing, other] = (await browsers(server, 2)) as [Device, Device];
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const x = publicKey.export({ format: 'jwk' }).x ?? '';
  const body = {
    name: 'Sample browser',
    member: signing.who.member,
    publicKey: toBase64(Buffer.from(x, 'base64url')),
  };
  const push: Change[] = [signing.change('device', body, signing.who.device)];
  const lost = note(signing, 'left out');
  note(signing, 'stays on the device');
  push.push(lost, note(signing, 'signed'));
  const last = push.at(-1) as Change;
  const text = batchText(envelopeHash(nodeHasher, last.envelope));
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
  const row = await hold(server.database, first.who.workspace);
  const answers = [first.request([note(first, 'first')])];
  await row.asked();
  answers.push(
    post(
      signing.url,
      '/v1/sync',
      { v: 1, epoch: null, cursor: 0, push, limit: 10, signature },
      signing.who.token,
    ),
    other.request([note(other, 'other')]),
  );
  await arrived();
  await row.release();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 400, 200]);
  expect((await written(server.database)).texts).toEqual(['first', 'other']);
});

test('two servers on one database: no gaps, and each answer goes on from what its device pinned', async () => {
  const database = await postgres.database();
  const servers = [await serverOn(database), await serverOn(database)];
  const [maker] = servers as [TestServer];
  const devices = await browsers(maker, 6);
  for (const [at, device] of devices.entries()) device.url = servers[at % 2]?.url ?? '';
  const proofs: { from: number; to: number; root: Uint8Array; proof: Uint8Array[] }[] = [];
  await Promise.all(
    devices.map(async (device) => {
      let pinned = 0;
      for (let round = 0; round < 12; round += 1) {
        const push = Array.from({ length: 1 + (round % 3) }, () => note(device, 'x'));
        // Past the end: nothing has to be read for the answer.
        const cursor = Number.MAX_SAFE_INTEGER;
        const epoch = device.who.epoch;
        const { json } = await post(
          device.url,
          '/v1/sync',
          { v: 1, epoch, cursor, push, limit: 1, pinned },
          device.who.token,
        );
        const { checkpoint = '', consistency = [] } = json as SyncResponse;
        const [, size = '', root = ''] = checkpoint.split('\n');
        const [hash, ...rest] = [root, ...consistency].map((one) => fromBase64(one) ?? Buffer.of());
        proofs.push({ from: pinned, to: Number(size), root: hash ?? Buffer.of(), proof: rest });
        pinned = Number(size);
      }
    }),
  );
  const pulled: PulledChange[] = await (devices[0] as Device).pullAll();
  expect(pulled.map(({ seq }) => seq)).toEqual(Array.from({ length: pulled.length }, (_, n) => n));
  const tree = new NaiveTree(pulled.map(({ leaf }) => leafBytes(leaf as never)));
  expect(proofs).toHaveLength(72);
  for (const { from, to, root, proof } of proofs) {
    expect(Buffer.from(root).equals(tree.root(to))).toBe(true);
    expect(verifyConsistency(nodeHasher, from, tree.root(from), to, root, proof)).toBe(true);
  }
});

test('a push brings back the log up to the tree that its answer proves, whoever writes meanwhile', async () => {
  const database = await postgres.database();
  const servers = [await serverOn(database), await serverOn(database)];
  const [maker] = servers as [TestServer];
  const devices = await browsers(maker, 6);
  for (const [at, device] of devices.entries()) device.url = servers[at % 2]?.url ?? '';
  const long = 'x'.repeat(100_000);
  const got = await Promise.all(
    devices.map(async (device, at) => {
      const seqs: number[] = [];
      let pinned = 0;
      for (let round = 0; round < 12; round += 1) {
        const text = at === 0 && round === 5 ? long : `${at}.${round}`;
        const asked = {
          v: 1,
          epoch: device.who.epoch,
          cursor: device.cursor,
          limit: 1_000,
          pinned,
        };
        const answer = await post(
          device.url,
          '/v1/sync',
          { ...asked, push: [note(device, text)] },
          device.who.token,
        );
        const { changes, cursor, checkpoint = '' } = answer.json as SyncResponse;
        pinned = Number(checkpoint.split('\n')[1]);
        expect(cursor).toBeLessThanOrEqual(pinned);
        expect(changes.map(({ leaf }) => leaf.device)).toContain(device.who.device);
        seqs.push(...changes.map(({ seq }) => seq));
        device.cursor = cursor;
      }
      return seqs;
    }),
  );
  for (const [at, device] of devices.entries()) {
    got[at]?.push(...(await device.pullAll()).map(({ seq }) => seq));
  }
  const size = got[0]?.length ?? 0;
  expect(size).toBeGreaterThanOrEqual(72);
  for (const seqs of got) expect(seqs).toEqual(Array.from({ length: size }, (_, n) => n));
});

test('an id that is taken is told by a server that saw nothing of the log yet, where a tile fills', async () => {
  const { server, device: first } = await one(postgres);
  const [second] = (await browsers(server, 1)) as [Device];
  const sealed = Array.from({ length: 200 }, (_, at) => note(first, `first ${at}`));
  await first.push(...sealed);
  // What it would remember of the tree, it has to read; and that comes after what failed.
  const restarted = await serverOn(server.database);
  second.url = restarted.url;
  const taken = sealed[7]?.envelope.id;
  const push = Array.from({ length: 100 }, (_, at) => note(second, `second ${at}`));
  push.push(second.change('note', { text: 'under an id of another' }, undefined, undefined, taken));
  const { status, json } = await second.request(push);
  expect(status).toBe(200);
  const results = (json as SyncResponse).results.map(({ result }) => result);
  expect(results).toEqual([...Array(100).fill('accepted'), 'needs-attention']);
});

test('numbers far apart do not make the server read all between them', async () => {
  const { server, device } = await one(postgres);
  const sealed = Array.from({ length: 3 }, (_, at) => note(device, `${at}`));
  await device.push(...sealed);
  device.chain = { ...device.chain, n: 5_000_000_000 };
  const changes = [sealed[0] as Change, note(device, 'far')];
  const { workspace, device: id, member } = device.who;
  const sender = { workspace, device: id, member: { id: member, role: 'annotator' } } as const;
  const storable = changes.map((change) => {
    const assessment = assess(sender, change);
    if (assessment.is !== 'storable') throw new Error('it is in order');
    return assessment.change;
  });
  const pool = openPool(server.database, () => undefined);
  onTestFinished(() => pool.end());
  const read = await inWorkspace(openDatabase(pool), workspace, (tx) =>
    together(tx, KnownLeaves.queries(tx, workspace, storable, false)),
  );
  expect(read.flat()).toHaveLength(1);
  expect((await device.push(...changes)).map(({ result }) => result)).toEqual([
    'duplicate',
    'accepted',
  ]);
});

test('a workspace that has become large is counted at once, so that its rows are found by the right index', async () => {
  const server = await serverOn(await postgres.database());
  const [device] = await browsers(server, 1);
  if (device === undefined) throw new Error('there is one');
  const counted = () =>
    withClient(server.database, async (client) => {
      const { rows } = await client.query<{ relname: string }>(
        `SELECT relname FROM pg_stat_user_tables
         WHERE relname IN ('log_leaf', 'record') AND last_analyze IS NOT NULL ORDER BY 1`,
      );
      return rows.map(({ relname }) => relname);
    });
  for (let pushed = 0; pushed < WORTH_COUNTING - 1_000; pushed += 500) {
    await device.push(...Array.from({ length: 500 }, (_, at) => note(device, `${pushed + at}`)));
  }
  expect(await counted()).toEqual([]);
  for (let more = 0; more < 3; more += 1) {
    await device.push(...Array.from({ length: 500 }, (_, at) => note(device, `more ${at}`)));
  }
  await expect.poll(counted, { timeout: 20_000 }).toEqual(['log_leaf', 'record']);
});
