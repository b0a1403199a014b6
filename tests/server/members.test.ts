// SPEC 13: what an admin does to members and devices, and what the ledger says of it.
import { expect, test } from 'vitest';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

type Members = { members: { id: string; name: string; role: string; active: boolean }[] };
type Devices = { devices: { id: string; standing: string; revokedAt: string | null }[] };

async function company() {
  const server = await serverOn(await postgres.database());
  const ada = await setUp(server);
  const tom = await join(server, ada, 'tom');
  const { members } = (await ada.call('GET', '/v1/members')).json as Members;
  const idOf = (name: string) => members.find((one) => one.name === name)?.id ?? '';
  return { server, ada, tom, adaId: idOf('Ada Sample'), tomId: idOf('tom') };
}

test('13 a role changes at once, and the ledger says who changed it', async () => {
  const { server, ada, tom, adaId, tomId } = await company();
  const device = new Device(server.url, await connect(server, ada));
  await device.pullAll();
  const invite = () => tom.call('POST', '/v1/invitations', { email: 'new@unsaid.example' });
  expect((await invite()).status).toBe(403);
  expect((await ada.call('PUT', `/v1/members/${tomId}`, { role: 'admin' })).status).toBe(200);
  expect((await invite()).status).toBe(200);
  const [change] = await device.pullAll();
  expect(change?.leaf).toMatchObject({ kind: 'member', record: tomId, author: adaId });
  expect(change?.body).toEqual({ role: 'admin' });
  expect(Object.keys(change?.leaf.base ?? {})).toEqual(['role']);
});

test('13 who left is let in no more, on no device, and again when they come back', async () => {
  const { server, ada, tom, tomId } = await company();
  const device = new Device(server.url, await connect(server, tom));
  await device.push(device.change('note', { text: 'kept' }));
  expect((await ada.call('PUT', `/v1/members/${tomId}`, { active: false })).status).toBe(200);
  expect((await device.request([])).status).toBe(401);
  expect((await tom.call('GET', '/v1/me')).status).toBe(401);
  const { members } = (await ada.call('GET', '/v1/members')).json as Members;
  expect(members.find(({ id }) => id === tomId)).toMatchObject({ name: 'tom', active: false });

  expect((await ada.call('PUT', `/v1/members/${tomId}`, { active: true })).status).toBe(200);
  expect((await tom.call('GET', '/v1/me')).status).toBe(200);
  const changes = await device.pullAll();
  expect(changes.slice(-2).map(({ body }) => body)).toEqual([
    { deactivated: true },
    { deactivated: false },
  ]);
});

test('13 the last admin stays one, whoever asks, also when two ask at once', async () => {
  const { ada, tom, adaId, tomId } = await company();
  const put = (by: typeof ada, id: string, body: unknown) =>
    by.call('PUT', `/v1/members/${id}`, body);
  expect((await put(ada, adaId, { role: 'manager' })).status).toBe(409);
  expect((await put(ada, adaId, { active: false })).status).toBe(409);
  expect((await put(tom, tomId, { role: 'admin' })).status).toBe(403);
  expect((await put(ada, tomId, { role: 'owner' })).status).toBe(400);
  expect((await put(ada, 'nobody', { role: 'admin' })).status).toBe(404);

  await put(ada, tomId, { role: 'admin' });
  const both = await Promise.all([
    put(ada, tomId, { role: 'annotator' }),
    put(tom, adaId, { role: 'annotator' }),
  ]);
  expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
});

test('13 a revoked device stands revoked in the ledger until it is connected again', async () => {
  const { server, ada, tom } = await company();
  const device = new Device(server.url, await connect(server, tom));
  const other = new Device(server.url, await connect(server, ada));
  await other.pullAll();
  const path = `/v1/devices/${device.who.device}`;
  expect((await ada.call('DELETE', path)).status).toBe(200);
  expect((await ada.call('DELETE', path)).status).toBe(200);
  expect((await device.request([])).status).toBe(401);
  const said = await other.pullAll();
  expect(said.map(({ leaf, body }) => [leaf.kind, leaf.record, body])).toEqual([
    ['device', device.who.device, { revoked: true }],
  ]);
  const again = new Device(server.url, await connect(server, tom, device.who.device));
  expect((await other.pullAll()).map(({ body }) => body)).toEqual([{ revoked: false }]);
  const [result] = await again.push(again.change('note', { text: 'back' }));
  expect(result?.result).toBe('accepted');
});

test('10 a device is attested when another of its member’s devices says so, not by its own word', async () => {
  const { server, ada, tom } = await company();
  const key = (n: number) => Buffer.alloc(32, n).toString('base64');
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map(async () => new Device(server.url, await connect(server, tom))),
  );
  if (!first || !second || !third) throw new Error('three devices');
  const plain = new Device(server.url, await connect(server, tom));
  const member = first.who.member;
  const standing = async () => {
    const { devices } = (await ada.call('GET', '/v1/devices')).json as Devices;
    return [first, second, third, plain].map(
      ({ who }) => devices.find(({ id }) => id === who.device)?.standing,
    );
  };
  // Said while no device has a key yet, since one that has must sign.
  const say = async (by: Device, about: Device, body: object) =>
    by.push(by.change('device', body as never, about.who.device));
  await say(first, second, { attestedBy: first.who.device });
  await say(plain, first, { member, publicKey: key(1) });
  await say(plain, second, { member, publicKey: key(2) });
  await say(plain, third, { member, publicKey: key(3) });
  expect(await standing()).toEqual(['first', 'attested', 'unattested', 'keyless']);
  await say(plain, third, { attestedBy: first.who.device });
  expect(await standing()).toEqual(['first', 'attested', 'unattested', 'keyless']);
});
