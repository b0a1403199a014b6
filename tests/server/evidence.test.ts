// Bundles of a real server's log, verified by our command and by the naive second one.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join as inFolder } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { BundleFinding } from '../../src/evidence/index.ts';
import { readConfig } from '../../src/server/config.ts';
import { evidenceCommand } from '../../src/server/evidence/commands.ts';
import { verifyBundleCommand } from '../../src/server/evidence/verify-command.ts';
import { freshId } from '../../src/server/ids.ts';
import { createLog } from '../../src/server/log.ts';
import { presentLogKey } from '../../src/server/log-key.ts';
import { naivelySound } from '../evidence/naive-verify.ts';
import { Device } from './device.ts';
import { asOwner, usePostgres } from './postgres.ts';
import { connect, serverOn, setUp, temporaryFolder } from './server.ts';

const postgres = usePostgres();

async function office() {
  const database = await postgres.database();
  const dataDir = await temporaryFolder();
  const server = await serverOn(database, undefined, { dataDir });
  const admin = await setUp(server);
  const device = new Device(server.url, await connect(server, admin));
  const [one, other] = [freshId(), freshId()];
  const notes = Array.from({ length: 12 }, () => freshId());
  await device.push(
    device.change('customer', { name: 'Sample One' }, one),
    device.change('customer', { name: 'Sample Other' }, other),
    ...notes.map((id, at) =>
      device.change(
        'note',
        { text: `Secret ${at}`, label: 'note', customer: at % 2 === 0 ? one : other },
        id,
      ),
    ),
  );
  const read = readConfig({ dataDir }, { DATABASE_URL: asOwner(database) });
  if (!read.ok) throw new Error(read.error);
  const { config } = read;
  const folder = await temporaryFolder();
  const nothing = { customers: [], hide: [], without: [], withoutCustomers: [], workspace: null };
  const bundle = async (name: string, asked: Partial<typeof nothing> | object = {}) => {
    const path = inFolder(folder, name);
    await evidenceCommand(config, createLog('silent'), path, { ...nothing, ...asked });
    const findings: BundleFinding[] = [];
    const key = (await presentLogKey(config)).vkey;
    const verdict = await verifyBundleCommand(path, key, (one) => findings.push(one));
    const files = new Map(Object.entries(unzipSync(readFileSync(path))));
    return { path, verdict, findings, files, key };
  };
  return { server, dataDir, admin, device, one, other, notes, folder, bundle };
}

const textOf = (files: ReadonlyMap<string, Uint8Array>, name: string) =>
  Buffer.from(files.get(name) ?? []).toString('utf8');

test('the whole log: all is proven, erased contents by their erasure', async () => {
  const { admin, bundle, notes } = await office();
  const erased = await admin.call('POST', '/v1/erasures', {
    targets: [{ kind: 'note', id: notes[3] }],
    reason: 'asked for',
  });
  expect(erased.status).toBe(200);
  const { verdict, findings, files, key } = await bundle('whole.zip');
  expect(findings).toEqual([]);
  expect(verdict).toMatchObject({ sound: true, whole: true, proven: { erased: 1, leftOut: 0 } });
  expect(naivelySound(files, key)).toBe(true);
  const report = textOf(files, 'report.html');
  expect(report).toContain('Secret 4');
  expect(report).toContain('Erased by change');
  expect(report).not.toContain('Secret 3');
  expect(textOf(files, 'changes.ndjson')).not.toContain('Secret 3');
});

test('what was signed for it is remembered by the time that it is there', async () => {
  const { server, dataDir, device, bundle } = await office();
  await server.close();
  const remembered = inFolder(dataDir, 'keys', 'signed.json');
  rmSync(remembered);
  await bundle('after.zip');
  expect(readFileSync(remembered, 'utf8')).toContain(device.who.workspace);
});

test('one customer’s, with texts left out: the rest is proven, and nothing else is told', async () => {
  const { bundle, one, other, notes } = await office();
  const asked = { customers: [one], hide: ['note.text'], without: [`note/${notes[0]}`] };
  const { verdict, findings, files, key } = await bundle('part.zip', asked);
  expect(findings).toEqual([]);
  expect(verdict).toMatchObject({ sound: true, whole: false, proven: { partly: 5, leftOut: 1 } });
  expect(naivelySound(files, key)).toBe(true);
  const all = [...files.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
  expect(all).not.toContain('Secret');
  expect(all).not.toContain(other);
  const manifest = JSON.parse(textOf(files, 'manifest.json'));
  expect(manifest.filter).toEqual({ customer: `Sample One (${one})` });
  expect(manifest.leftOut).toEqual(['The field note.text', `The contents of note/${notes[0]}`]);
});

test('a customer left out of the whole log leaves its proofs', async () => {
  const { bundle, other } = await office();
  const { verdict, files } = await bundle('without.zip', { withoutCustomers: [other] });
  expect(verdict).toMatchObject({ sound: true, whole: true, proven: { leftOut: 7 } });
  const all = textOf(files, 'changes.ndjson') + textOf(files, 'report.html');
  expect(all).not.toContain('Secret 1"');
  expect(all).not.toContain('Sample Other');
  expect(all).toContain('Secret 2"');
});

test('what cannot be asked for is said, and no half file is left', async () => {
  const { bundle, folder } = await office();
  await expect(bundle('a.zip', { customers: [freshId()] })).rejects.toThrow('There is no customer');
  await expect(bundle('a.zip', { hide: ['a b'] })).rejects.toThrow('no field that can be left out');
  await expect(bundle('a.zip', { without: ['x'] })).rejects.toThrow('Write kind/id');
  await expect(bundle('a.zip', { workspace: 'x' })).rejects.toThrow('Say which workspace');
  expect(readdirSync(folder)).toEqual([]);
  await bundle('a.zip');
  await expect(bundle('a.zip')).rejects.toThrow('is there already');
  expect(existsSync(inFolder(folder, 'a.zip.part'))).toBe(false);
});
