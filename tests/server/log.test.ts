// What the server proves: checkpoints, tiles, proofs, and when it signs nothing any more.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Change } from '../../src/domain/index.ts';
import {
  batchText,
  checkpointText,
  envelopeHash,
  extend,
  fromBase64,
  leafBytes,
  leafHash,
  openNote,
  type PulledChange,
  parseCheckpoint,
  parseNoteKey,
  rootOf,
  type SyncResponse,
  signNote,
  tilePath,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/index.ts';
import type { Config } from '../../src/server/config.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { freshId } from '../../src/server/ids.ts';
import { newOriginCommand, verifyCommand } from '../../src/server/log/commands.ts';
import { verifyEd25519 } from '../../src/server/log/verify-ed25519.ts';
import { startServer } from '../../src/server/main.ts';
import { Device } from './device.ts';
import { one, two } from './pair.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, post, serverOn, type TestServer, temporaryFolder } from './server.ts';

const postgres = usePostgres();

const notes = (device: Device, count: number) =>
  Array.from({ length: count }, (_, n) => device.change('note', { text: `note ${n}` }));

const hashesOf = (pulled: PulledChange[]) =>
  pulled.map(({ leaf }) => leafHash(nodeHasher, leafBytes(leaf as never)));

const rootOver = (hashes: Uint8Array[]) =>
  new Uint8Array(rootOf(nodeHasher, extend(nodeHasher, 0, [], hashes).frontier));

async function opened(note: string | undefined, vkey: string) {
  const key = parseNoteKey(nodeHasher, vkey);
  const result = await openNote(note ?? '', key ? [key] : [], verifyEd25519);
  return result.ok ? parseCheckpoint(result.text) : null;
}

/** The key that a server tells who connects. */
async function keyOf(server: TestServer): Promise<string> {
  const { deviceCode } = await server.createDeviceCode();
  const device = { id: freshId(), name: 'Sample browser' };
  const granted = await post(server.url, '/v1/device/token', { device_code: deviceCode, device });
  return (granted.json.server as { key: string }).key;
}

async function get(device: Device, where: string) {
  const response = await fetch(device.url + where, {
    headers: { authorization: `Bearer ${device.who.token}` },
  });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function syncPinned(device: Device, pinned: number, push: Change[] = []) {
  const { epoch, cursor } = device;
  const body = { v: 1, epoch, cursor, push, limit: 1_000, pinned };
  return (await post(device.url, '/v1/sync', body, device.who.token)).json as SyncResponse;
}

/** A server whose data folder can be used again by the next one. */
async function serverIn(dataDir: string, database: string) {
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
  const copy = new URL(database);
  copy.pathname = `/copy_${freshId()}`;
  const admin = new URL(database);
  admin.pathname = '/postgres';
  await withClient(admin.href, (client) =>
    client.query(
      `CREATE DATABASE "${copy.pathname.slice(1)}" TEMPLATE "${new URL(database).pathname.slice(1)}"`,
    ),
  );
  return copy.href;
}

describe('9 checkpoints and proofs', () => {
  test('an answer’s checkpoint covers what it acknowledges and brings, and goes on from the pinned one', async () => {
    const { server, device } = await one(postgres);
    const first = await device.sync(notes(device, 300));
    const empty = await syncPinned(device, 0);
    expect(empty.consistency).toEqual([]);
    const second = await syncPinned(device, 300, notes(device, 400));
    device.cursor = 0;
    const hashes = hashesOf(await device.pullAll());
    const vkey = await keyOf(server);
    const [a, b] = [await opened(first.checkpoint, vkey), await opened(second.checkpoint, vkey)];
    expect(a).toEqual({
      origin: `${vkey.split('+')[0]}/${device.who.workspace}`,
      size: 300,
      root: rootOver(hashes.slice(0, 300)),
    });
    expect(b).toMatchObject({ size: 700, root: rootOver(hashes) });
    const proof = (second.consistency ?? []).map((one) => fromBase64(one) ?? new Uint8Array());
    expect(
      verifyConsistency(
        nodeHasher,
        300,
        rootOver(hashes.slice(0, 300)),
        700,
        rootOver(hashes),
        proof,
      ),
    ).toBe(true);
  });

  test('tiles hold the leaves’ hashes: full ones for good, the last one as wide as asked for', async () => {
    const { device } = await one(postgres);
    await device.sync(notes(device, 500));
    await device.sync(notes(device, 50));
    device.cursor = 0;
    const hashes = hashesOf(await device.pullAll());
    for (const [index, width] of [
      [0, 256],
      [1, 256],
      [2, 38],
      [2, 7],
    ] as const) {
      const { response, bytes } = await get(device, `/v1/log/${tilePath(0, index, width)}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')?.includes('immutable')).toBe(width === 256);
      expect(bytes).toEqual(
        new Uint8Array(Buffer.concat(hashes.slice(index * 256, index * 256 + width))),
      );
    }
    const { bytes } = await get(device, `/v1/log/${tilePath(1, 0, tileWidth(550, 1, 0))}`);
    expect(bytes).toEqual(
      new Uint8Array(
        Buffer.concat([rootOver(hashes.slice(0, 256)), rootOver(hashes.slice(256, 512))]),
      ),
    );
    for (const wrong of [
      'tile/0/002',
      'tile/0/002.p/39',
      'tile/0/x000/001',
      'tile/1/001',
      'tile/',
    ]) {
      expect((await get(device, `/v1/log/${wrong}`)).response.status).toBe(404);
    }
  });

  test('proofs on request', async () => {
    const { server, device } = await one(postgres);
    await device.sync(notes(device, 300));
    device.cursor = 0;
    const hashes = hashesOf(await device.pullAll());
    const answer = await get(device, '/v1/log/proof?index=7&size=290');
    const { proof } = JSON.parse(Buffer.from(answer.bytes).toString()) as { proof: string[] };
    const path = proof.map((one) => fromBase64(one) ?? new Uint8Array());
    const [hash = new Uint8Array()] = hashes.slice(7);
    const root = rootOver(hashes.slice(0, 290));
    expect(verifyInclusion(nodeHasher, hash, 7, 290, path, root)).toBe(true);
    for (const wrong of [
      'proof?index=7&size=301',
      'proof?index=9&size=9',
      'proof?index=-1&size=9',
      'proof?index=x&size=9',
      'consistency?from=9&to=8',
      'consistency?from=9',
    ]) {
      const { response } = await get(device, `/v1/log/${wrong}`);
      expect([400, 404]).toContain(response.status);
    }
    const note = Buffer.from((await get(device, '/v1/log/checkpoint')).bytes).toString();
    expect(await opened(note, await keyOf(server))).toMatchObject({ size: 300 });
  });

  test('a log from before there was a tree gets its tree at the start', async () => {
    const database = await postgres.database();
    const first = await serverOn(database);
    const device = new Device(first.url, await connect(first, null));
    await device.sync(notes(device, 500));
    await device.sync(notes(device, 100));
    await first.close();
    await withClient(database, async (client) => {
      await client.query('UPDATE workspace SET frontier = NULL');
      await client.query('DELETE FROM log_tile');
    });
    const [second, third] = await Promise.all([serverOn(database), serverOn(database)]);
    for (const server of [second, third]) {
      const again = new Device(server.url, device.who);
      const hashes = hashesOf(await again.pullAll());
      const note = Buffer.from((await get(again, '/v1/log/checkpoint')).bytes).toString();
      expect(parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))?.root).toEqual(
        rootOver(hashes),
      );
      expect((await get(again, '/v1/log/tile/0/001')).response.status).toBe(200);
    }
  });
});

describe('9 the server never signs below what it has signed', () => {
  /** A server with 20 leaves that then went back to its first 10. */
  async function rolledBack(keepMemory: boolean) {
    const database = await postgres.database();
    const folder = await temporaryFolder();
    const first = await serverIn(folder, database);
    const device = new Device(first.url, await connect(first, null));
    await device.sync(notes(device, 10));
    await first.close();
    const backup = await copyOf(database);
    const second = await serverIn(folder, database);
    device.url = second.url;
    await device.sync(notes(device, 10));
    const pinned = Buffer.from((await get(device, '/v1/log/checkpoint')).bytes).toString();
    await second.close();
    // The server's key survives, what it remembers does not.
    if (!keepMemory) await rm(path.join(folder, 'keys/signed.json'));
    const third = await serverIn(folder, backup);
    device.url = third.url;
    return { device, pinned, folder };
  }

  test('it remembers outside the database: notes are taken, nothing is signed', async () => {
    const { device, folder } = await rolledBack(true);
    const answer = await device.sync([device.change('note', { text: 'kept' })]);
    expect(answer.results.map(({ result }) => result)).toEqual(['accepted']);
    expect(answer.checkpoint).toBeUndefined();
    expect(answer.unsigned).toContain('restored from a backup');
    // Growing past what was signed does not make it go on from there.
    await device.sync(notes(device, 30));
    expect((await device.sync()).unsigned).toContain('restored from a backup');
    expect(JSON.parse(await readFile(path.join(folder, 'keys/signed.json'), 'utf8'))).toMatchObject(
      {
        [device.who.workspace]: { size: 20 },
      },
    );
  });

  test('a device that pinned more is signed nothing, and the checkpoint it shows stops it for all', async () => {
    const { device, pinned } = await rolledBack(false);
    const other = new Device(device.url, device.who);
    expect((await other.sync()).checkpoint).toBeDefined();
    expect((await syncPinned(device, 20)).unsigned).toContain('restored from a backup');
    // Anybody can say so of a log that is as it was.
    expect((await other.sync()).checkpoint).toBeDefined();
    const report = { found: 'rollback', pinned, told: null };
    expect((await post(device.url, '/v1/log/report', report, device.who.token)).status).toBe(200);
    expect((await other.sync()).unsigned).toBeDefined();
  });

  test('a checkpoint that somebody else signed stops nothing', async () => {
    const { server, device } = await one(postgres);
    await device.sync(notes(device, 3));
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const [name = '', id = ''] = (await keyOf(server)).split('+');
    const forged = await signNote(
      checkpointText({
        origin: `${name}/${device.who.workspace}`,
        size: 1_000,
        root: new Uint8Array(32),
      }),
      {
        name,
        id,
        publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'),
        sign: (message) => sign(null, message, privateKey),
      },
    );
    const report = { found: 'rollback', pinned: forged, told: forged };
    expect((await post(device.url, '/v1/log/report', report, device.who.token)).status).toBe(200);
    expect((await device.sync()).checkpoint).toBeDefined();
  });

  test('reports are shown to admins only', async () => {
    const { server, mira, tom } = await two(postgres);
    const report = { found: 'edited-row', pinned: null, told: null, seq: 3 };
    expect((await post(tom.url, '/v1/log/report', report, tom.who.token)).status).toBe(200);
    expect((await post(tom.url, '/v1/log/report', { found: 'x' }, tom.who.token)).status).toBe(400);
    const shown = await get(mira, '/v1/log/reports');
    expect(JSON.parse(Buffer.from(shown.bytes).toString())).toMatchObject({
      reports: [{ found: 'edited-row', seq: 3, device: tom.who.device, member: tom.who.member }],
    });
    expect((await get(tom, '/v1/log/reports')).response.status).toBe(403);
    expect((await fetch(`${server.url}/v1/log/reports`)).status).toBe(401);
  });
});

describe('10 what a device signs', () => {
  function signer() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const x = publicKey.export({ format: 'jwk' }).x ?? '';
    return { privateKey, publicKey: Buffer.from(x, 'base64url').toString('base64') };
  }

  const signatureOf = (key: KeyObject, push: Change[]) => {
    const last = push.at(-1);
    if (!last) throw new Error('nothing to sign');
    const text = batchText(envelopeHash(nodeHasher, last.envelope));
    return sign(null, Buffer.from(text), key).toString('base64');
  };

  function send(device: Device, push: Change[], signature?: string) {
    const { epoch, cursor } = device;
    const body = { v: 1, epoch, cursor, push, limit: 1_000, ...(signature ? { signature } : {}) };
    return post(device.url, '/v1/sync', body, device.who.token);
  }

  async function registered() {
    const { server, device } = await one(postgres);
    const { privateKey, publicKey } = signer();
    const body = { name: 'Sample browser', member: device.who.member, publicKey };
    const registration = device.change('device', body, device.who.device);
    const push = [registration, ...notes(device, 3)];
    return { server, device, privateKey, push };
  }

  test('a batch that registers a key is signed with it; so is every one after it', async () => {
    const { server, device, privateKey, push } = await registered();
    expect((await send(device, push)).json.error).toBe('bad-signature');
    expect((await send(device, push, signatureOf(signer().privateKey, push))).status).toBe(400);
    expect((await send(device, push, signatureOf(privateKey, push))).status).toBe(200);
    const more = notes(device, 5);
    const refused = await send(device, more);
    expect(refused.status).toBe(400);
    expect(refused.json.message).toContain('not signed');
    expect((await send(device, more, signatureOf(privateKey, more))).status).toBe(200);
    await withClient(server.database, async (client) => {
      expect((await client.query('SELECT * FROM log_leaf')).rowCount).toBe(9);
      const { rows } = await client.query('SELECT n FROM log_signature ORDER BY n');
      expect(rows.map(({ n }) => Number(n))).toEqual([3, 8]);
    });
  });

  test('an old signature covers no change that its chain does not name', async () => {
    const { server, device, privateKey, push } = await registered();
    const signature = signatureOf(privateKey, push);
    await send(device, push, signature);
    const stolen = new Device(device.url, device.who);
    stolen.chain = { ...device.chain };
    const forged = stolen.change('note', { text: 'never written here' });
    expect((await send(stolen, [forged, ...push], signature)).json.error).toBe('bad-signature');
    await withClient(server.database, async (client) => {
      expect((await client.query('SELECT * FROM log_leaf')).rowCount).toBe(4);
    });
  });

  test('10.3 a batch with a gap is taken when what is before the gap is there already', async () => {
    const { device, privateKey, push } = await registered();
    await send(device, push, signatureOf(privateKey, push));
    const lost = device.change('note', { text: 'stays on the device' });
    const after = notes(device, 2);
    const gapped = [...push, ...after];
    const answer = await send(device, gapped, signatureOf(privateKey, gapped));
    expect(answer.status).toBe(200);
    const late = [lost, ...notes(device, 1)];
    const refused = await send(device, late, signatureOf(privateKey, late));
    expect(refused.json.error).toBe('bad-signature');
  });

  test('13 nobody takes another member’s browser for theirs', async () => {
    const { mira, tom } = await two(postgres);
    const { publicKey } = signer();
    for (const body of [{ publicKey }, { revoked: true }, { name: 'x', member: tom.who.member }]) {
      const [result] = await tom.push(tom.change('device', body, mira.who.device));
      expect(result?.result).toBe('needs-attention');
      expect(result?.reason).toContain('another member’s');
    }
    const [own] = await tom.push(
      tom.change('device', { name: 'x', member: mira.who.member }, tom.who.device),
    );
    expect(own?.result).toBe('needs-attention');
    const [revoked] = await mira.push(mira.change('device', { revoked: true }, tom.who.device));
    expect(revoked?.result).toBe('accepted');
    const [after] = await mira.push(mira.change('device', { name: 'y' }, tom.who.device));
    expect(after?.result).toBe('needs-attention');
    const answer = await tom.request([tom.change('note', { text: 'x' })]);
    expect(answer.status).toBe(403);
    expect(answer.json.message).toContain('revoked');
  });

  test('a copied profile goes on as another device', async () => {
    const { device } = await one(postgres);
    const info = { id: freshId(), name: 'Sample browser' };
    const answer = await post(device.url, '/v1/device/renew', { device: info }, device.who.token);
    expect(answer.status).toBe(200);
    const token = String(answer.json.access_token);
    const renewed = new Device(device.url, { ...device.who, device: info.id, token });
    expect(await renewed.push(renewed.change('note', { text: 'x' }))).toMatchObject([
      { result: 'accepted' },
    ]);
    // The other copy goes on as it was, and nobody takes a device that is in use.
    expect(await device.push(device.change('note', { text: 'y' }))).toMatchObject([
      { result: 'accepted' },
    ]);
    const taken = await post(device.url, '/v1/device/renew', { device: info }, device.who.token);
    expect(taken.status).toBe(400);
    expect((await post(device.url, '/v1/device/renew', { device: info })).status).toBe(401);
  });
});

describe('13 what a role may not change', () => {
  test('is stored, folded nowhere and said to its author', async () => {
    const { mira, tom } = await two(postgres);
    for (const kind of ['standard', 'label', 'member', 'erasure']) {
      const [result] = await tom.push(tom.change(kind, { name: 'x' }));
      expect(result?.result).toBe('needs-attention');
      expect(result?.reason).toContain('Ask one of them');
    }
    expect(await mira.push(mira.change('standard', { name: 'x' }))).toMatchObject([
      { result: 'accepted' },
    ]);
  });
});

describe('5 requests and answers on the wire', () => {
  const packed = (device: Device, bytes: Buffer, encoding = 'gzip') =>
    fetch(`${device.url}/v1/sync`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${device.who.token}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: new Uint8Array(bytes),
    });

  test('may be packed, with a limit on what comes out', async () => {
    const { device } = await one(postgres);
    const request = { v: 1, epoch: null, cursor: 0, push: notes(device, 100), limit: 1_000 };
    const answer = await packed(device, gzipSync(JSON.stringify(request)));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(((await answer.json()) as SyncResponse).changes).toHaveLength(100);
    const bomb = gzipSync(Buffer.alloc(40_000_000, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await packed(device, bomb)).status).toBe(413);
    expect((await packed(device, Buffer.from('no gzip'))).status).toBe(400);
    expect((await packed(device, gzipSync('{}').subarray(0, 15))).status).toBe(400);
    expect((await packed(device, Buffer.from('{}'), 'br')).status).toBe(415);
  });
});

describe('9.16 a new origin', () => {
  test('is begun on purpose after a restore: signed again, visibly, and checked as a log of its own', async () => {
    const database = await postgres.database();
    const folder = await temporaryFolder();
    const first = await serverIn(folder, database);
    const device = new Device(first.url, await connect(first, null));
    await device.sync(notes(device, 10));
    await first.close();
    const backup = await copyOf(database);
    const second = await serverIn(folder, database);
    device.url = second.url;
    await device.sync(notes(device, 10));
    await second.close();

    const config = { dataDir: folder, databaseUrl: backup } as Config;
    const log = pino({ level: 'silent' });
    const findings: string[] = [];
    const tell = ({ is, what }: { is: string; what: string }) => {
      if (is === 'wrong') findings.push(what);
    };
    expect(await verifyCommand(config, log, tell)).toMatchObject([{ size: 10, sound: false }]);
    expect(findings).toEqual(['rollback']);
    const [origin] = await newOriginCommand(config, log);
    expect(origin).toMatch(new RegExp(`/${device.who.workspace}/2$`));
    expect(await verifyCommand(config, log, tell)).toMatchObject([{ size: 11, sound: true }]);

    const third = await serverIn(folder, backup);
    // One that has pinned more of the log before holds nothing up, for itself or for others.
    const request = { v: 1, epoch: device.epoch, cursor: 20, push: [], limit: 10, pinned: 20 };
    const told = (await post(third.url, '/v1/sync', request, device.who.token)).json;
    expect(String(told.checkpoint).split('\n')[0]).toBe(origin);
    const again = new Device(third.url, device.who);
    const answer = await again.sync();
    expect(answer.unsigned).toBeUndefined();
    expect(answer.checkpoint?.split('\n')[0]).toBe(origin);
    expect(answer.epoch).not.toBe(device.epoch);
    expect(answer.changes.at(-1)?.body).toEqual({ name: 'log-origin', value: origin });
  });
});
