// SPEC 14.7: how long records are kept. Time is an argument.
import { expect, onTestFinished, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import { openDatabase, openPool } from '../../src/server/database.ts';
import { createCustomers } from '../../src/server/following/customers.ts';
import { freshId } from '../../src/server/ids.ts';
import { runRetention } from '../../src/server/retention/run.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();
const DAY = 24 * 60 * 60 * 1000;

type Shown = {
  days: { [kind: string]: number };
  holds: string[];
  seen: string;
  due: { [kind: string]: { due: number; held: number } };
  refused: string | null;
};

async function company() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const device = new Device(server.url, await connect(server, admin));
  const pool = openPool(server.database, () => undefined);
  const db = openDatabase(pool);
  onTestFinished(() => db.destroy());
  const run = (now: number, dryRun = false) =>
    runRetention(db, device.who.workspace, createCustomers(), now, dryRun);
  const shown = async () => (await admin.call('GET', '/v1/retention')).json as Shown;
  const set = async (days: Shown['days'], holds: string[] = []) =>
    admin.call('PUT', '/v1/retention', { days, holds, seen: (await shown()).seen });
  return { server, admin, device, run, shown, set };
}

async function write(device: Device, kind: string, body: Body, record?: string): Promise<string> {
  const change = device.change(kind, body, record);
  await device.push(change);
  return change.envelope.record;
}

const texts = async (device: Device) => {
  device.cursor = 0;
  const all = await device.pullAll();
  return all.flatMap(({ body }) => (body?.text === undefined ? [] : [body.text]));
};

test('14.7 what is older than its kind is kept goes, and nothing else', async () => {
  const { admin, device, run, shown, set } = await company();
  const now = Date.now();
  await write(device, 'note', { text: 'old' });
  const edited = await write(device, 'note', { text: 'old and edited' });
  await write(device, 'commitment', { text: 'another kind' });
  expect((await set({ note: 30 })).status).toBe(200);
  expect((await shown()).due).toEqual({ note: { due: 0, held: 0 } });

  expect(await run(now + 29 * DAY)).toMatchObject({ counts: { note: { due: 0 } }, size: null });
  expect(await run(now + 31 * DAY, true)).toMatchObject({ counts: { note: { due: 2 } } });
  expect(await texts(device)).toHaveLength(3);

  // Kept from its newest change on: the server's clock gives the rank, so this one is new enough.
  const later = now + 30 * DAY + 60_000;
  await write(device, 'note', { label: 'risk' }, edited);
  const before = await run(later - 120_000);
  expect(before.counts).toEqual({ note: { due: 0, held: 0 } });
  expect((await run(later + DAY)).counts).toEqual({ note: { due: 2, held: 0 } });
  expect(await texts(device)).toEqual(['another kind']);
  const { json } = await admin.call('GET', '/v1/erasures');
  expect((json as { erasures: object[] }).erasures).toMatchObject([
    { cause: 'retention', counts: { note: 2 }, by: { name: 'Ada Sample' } },
  ]);
  // A day later there is nothing left to do.
  expect((await run(later + 2 * DAY)).size).toBeNull();
});

test('14.7 a legal hold keeps a customer’s records, those of merged ones too, and counts them', async () => {
  const { device, run, set } = await company();
  const acme = await write(device, 'customer', { name: 'Acme' });
  const twin = await write(device, 'customer', { name: 'ACME', mergedInto: acme });
  const other = await write(device, 'customer', { name: 'Other' });
  const mail = await write(device, 'interaction', { subject: 'theirs', customer: twin });
  await write(device, 'note', { text: 'Acme’s', customer: acme });
  await write(device, 'note', { text: 'the twin’s', customer: twin });
  await write(device, 'note', { text: 'in their mail', interaction: mail });
  await write(device, 'note', { text: 'of Other', customer: other });
  await write(device, 'note', { text: 'nobody’s' });
  await set({ note: 10, customer: 10 }, [acme]);
  const { counts } = await run(Date.now() + 11 * DAY);
  expect(counts).toEqual({ note: { due: 2, held: 3 }, customer: { due: 1, held: 2 } });
  expect(await texts(device)).toEqual(['Acme’s', 'the twin’s', 'in their mail']);
  await set({ note: 10 });
  expect((await run(Date.now() + 11 * DAY)).counts).toEqual({ note: { due: 3, held: 0 } });
});

test('14.7 more than one change can hold is erased in several', async () => {
  const { device, run, set } = await company();
  for (let batch = 0; batch < 5; batch++) {
    const notes = Array.from({ length: 450 }, (_, n) =>
      device.change('note', { text: `${batch} ${n}` }),
    );
    await device.push(...notes);
  }
  await set({ note: 1 });
  expect((await run(Date.now() + 2 * DAY)).counts).toEqual({ note: { due: 2_250, held: 0 } });
  expect(await texts(device)).toEqual([]);
});

test('14.7 only an admin’s word counts, and whose word it is can change', async () => {
  const { server, admin, device, run, shown, set } = await company();
  const manager = await join(server, admin, 'tom', 'manager');
  const managers = new Device(server.url, await connect(server, manager));
  await write(device, 'note', { text: 'kept' });
  expect((await manager.call('GET', '/v1/retention')).status).toBe(403);
  expect((await manager.call('PUT', '/v1/retention', { days: {}, holds: [] })).status).toBe(403);
  // Managers may write settings, so their devices can say it; nothing comes of it.
  await write(managers, 'setting', { name: 'retention', value: 'note 1' });
  const said = await run(Date.now() + 9 * DAY);
  expect(said).toMatchObject({ counts: {}, size: null });
  expect(said.refused).toMatch(/admin/);
  expect((await shown()).refused).toMatch(/admin/);
  expect(await texts(device)).toContain('kept');
  await set({ note: 2 });
  expect((await run(Date.now() + 9 * DAY)).counts).toMatchObject({ note: { due: 1 } });
});

test.each([
  ['half a day', { note: 0.5 }],
  ['no days', { note: 0 }],
  ['too many', { note: 36_501 }],
  ['a kind that stays', { setting: 5 }],
  ['an unknown kind', { '__proto__ ': 5 }],
])('14.7 refused in words: %s', async (_, days) => {
  const { set, shown } = await company();
  expect((await set(days as Shown['days'])).status).toBe(400);
  expect((await shown()).days).toEqual({});
});

test('14.7 two who write at once: the second is told', async () => {
  const { admin, shown, set } = await company();
  const { seen } = await shown();
  await set({ note: 5 });
  const late = await admin.call('PUT', '/v1/retention', { days: { note: 9 }, holds: [], seen });
  expect(late.status).toBe(409);
  expect((await shown()).days).toEqual({ note: 5 });
  expect((await set({}, [freshId()])).status).toBe(200);
  expect((await shown()).days).toEqual({});
});
