// The never-log list and the own mail domains: who may change them, and that everybody's browser
// gets them.
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Setting, setting, settings } from '../../src/console/api.ts';
import { fieldsOf, fold, type Ranked } from '../../src/domain/index.ts';
import type { PulledChange } from '../../src/ledger/index.ts';
import { inWorkspace, openDatabase, openPool } from '../../src/server/database.ts';
import { freshId } from '../../src/server/ids.ts';
import { readPerPerson } from '../../src/server/settings/per-person.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const tom = await join(server, admin, 'tom');
  return { server, admin, mira, tom };
}

async function read(visitor: Visitor, name: string): Promise<Setting> {
  const { json } = await visitor.call('GET', '/v1/settings');
  // As the console reads it.
  const found = settings.parse(json).settings.find((one) => one.name === name);
  if (!found) throw new Error(`no setting ${name}`);
  return found;
}

const write = (visitor: Visitor, name: string, lines: string[], seen = '') =>
  visitor.call('PUT', `/v1/settings/${name}`, { lines, seen });

/** The settings that a device folds from what it pulled. */
function settingsOf(changes: PulledChange[]) {
  const ranked = changes
    .filter((one) => one.leaf.kind === 'setting' && one.body !== null && one.problem === undefined)
    .map(({ leaf, body }) => ({ ...leaf, body }) as unknown as Ranked);
  return [...fold(ranked).values()].map((state) => fieldsOf<'setting'>(state));
}

describe('in the console', () => {
  test('empty at first; what a manager writes is there for everybody, with who and when', async () => {
    const { admin, mira, tom } = await office();
    expect(await read(admin, 'never-log')).toMatchObject({ lines: [], seen: '', history: [] });
    const lines = ['# personnel', 'hr.example', 'subject: payslip'];
    const written = await write(mira, 'never-log', [' # personnel', '', 'hr.example ', ...lines]);
    expect(written.status).toBe(200);
    expect(setting.safeParse(written.json).success).toBe(true);
    for (const visitor of [admin, mira, tom]) {
      const shown = await read(visitor, 'never-log');
      expect(shown).toMatchObject({ lines, history: [{ author: { name: 'mira' } }] });
      expect(shown.history[0]?.changes).toContainEqual(
        expect.objectContaining({ field: 'value', new: lines.join('\n') }),
      );
      expect(await read(visitor, 'own-domains')).toMatchObject({ lines: [] });
    }
  });

  test('figures about one person: on until somebody writes off', async () => {
    const { server, mira } = await office();
    const { workspace } = (await mira.call('GET', '/v1/me')).json as { workspace: { id: string } };
    const pool = openPool(server.database, () => undefined);
    onTestFinished(() => pool.end());
    const db = openDatabase(pool);
    const kept = () => inWorkspace(db, workspace.id, (tx) => readPerPerson(tx, workspace.id));
    expect(await kept()).toBe(true);
    expect((await write(mira, 'per-person-figures', ['no'])).status).toBe(400);
    expect((await write(mira, 'per-person-figures', ['off', '# council'])).status).toBe(200);
    expect(await kept()).toBe(false);
  });

  test('a second change is one more of the same record', async () => {
    const { admin, mira } = await office();
    await write(mira, 'own-domains', ['brightwater.example']);
    const { seen } = await read(admin, 'own-domains');
    const again = await write(admin, 'own-domains', ['brightwater.example', 'jo@gmail.com'], seen);
    expect(again.status).toBe(200);
    const { lines, history } = await read(mira, 'own-domains');
    expect(lines).toEqual(['brightwater.example', 'jo@gmail.com']);
    expect(history.map(({ author }) => author.name)).toEqual(['Ada Sample', 'mira']);
  });

  test('nobody overwrites what they have not seen', async () => {
    const { admin, mira } = await office();
    const both = await Promise.all([
      write(mira, 'never-log', ['one.example']),
      write(admin, 'never-log', ['two.example']),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { lines, history } = await read(mira, 'never-log');
    expect(lines).toHaveLength(1);
    expect(history).toHaveLength(1);
    expect((await write(mira, 'never-log', [], 'something else')).status).toBe(409);
  });

  test('annotators read and do not write; a stranger does neither', async () => {
    const { server, tom } = await office();
    const refused = await write(tom, 'never-log', ['hr.example']);
    expect(refused).toMatchObject({ status: 403, json: { error: 'not-allowed' } });
    expect((await read(tom, 'never-log')).lines).toEqual([]);
    expect((await fetch(`${server.url}/v1/settings`)).status).toBe(401);
  });

  test('a line that cannot be obeyed is refused with the line and why', async () => {
    const { mira } = await office();
    const bad = await write(mira, 'never-log', ['hr.example', 'payroll']);
    expect(bad.status).toBe(400);
    expect((bad.json as { message: string }).message).toMatch(/^“payroll”: Write a domain/);
    const free = await write(mira, 'own-domains', ['gmail.com']);
    expect((free.json as { message: string }).message).toContain('Anybody can have an address');
    expect((await write(mira, 'never-log', ['x'.repeat(400)])).status).toBe(400);
    expect((await mira.call('PUT', '/v1/settings/colour', { lines: [], seen: '' })).status).toBe(
      404,
    );
    expect((await mira.call('PUT', '/v1/settings/never-log', { lines: 'x' })).status).toBe(400);
  });
});

describe('on devices', () => {
  test('settings come to every member’s device with the next pull, and changes of them', async () => {
    const { server, mira, tom } = await office();
    await write(mira, 'never-log', ['hr.example']);
    const device = new Device(server.url, await connect(server, tom));
    const first = await device.pullAll();
    expect(settingsOf(first)).toEqual([{ name: 'never-log', value: 'hr.example' }]);
    const { seen } = await read(mira, 'never-log');
    await write(mira, 'never-log', ['hr.example', 'works-council.example'], seen);
    const all = [...first, ...(await device.pullAll())];
    expect(settingsOf(all)).toEqual([
      { name: 'never-log', value: 'hr.example\nworks-council.example' },
    ]);
  });

  test('SPEC 4.5 a change of an annotator’s device needs attention and changes nothing for others', async () => {
    const { server, admin, mira, tom } = await office();
    await write(mira, 'never-log', ['hr.example']);
    const device = new Device(server.url, await connect(server, tom));
    const pulled = await device.pullAll();
    const record = pulled.find(({ leaf }) => leaf.kind === 'setting')?.leaf.record;
    const emptied = device.change('setting', { value: '' }, record);
    const removed = device.change('setting', { deleted: true }, record);
    const own = device.change('setting', { name: 'own-domains', value: 'customer.example' });
    const note = device.change('note', { text: 'still taken' });
    const results = await device.push(emptied, removed, own, note);
    expect(results.map(({ result }) => result)).toEqual([
      'needs-attention',
      'needs-attention',
      'needs-attention',
      'accepted',
    ]);
    expect(results[0]?.reason).toContain('Only managers and admins may change settings');
    // Said again, it is answered the same; and it is not relayed.
    expect((await device.push(emptied))[0]).toEqual(results[0]);
    expect((await read(admin, 'never-log')).lines).toEqual(['hr.example']);
    expect((await read(admin, 'own-domains')).lines).toEqual([]);
    const other = new Device(server.url, await connect(server, mira));
    expect(settingsOf(await other.pullAll())).toEqual([{ name: 'never-log', value: 'hr.example' }]);
  });

  test('a manager’s device may; lines of several records of one name count together', async () => {
    const { server, mira, admin } = await office();
    await write(admin, 'never-log', ['hr.example']);
    const device = new Device(server.url, await connect(server, mira));
    const [result] = await device.push(
      device.change('setting', { name: 'never-log', value: 'law.example\nhr.example' }, freshId()),
    );
    expect(result?.result).toBe('accepted');
    const { lines, seen } = await read(admin, 'never-log');
    expect(lines).toEqual(expect.arrayContaining(['hr.example', 'law.example']));
    expect(lines).toHaveLength(2);
    // Written again it is one record, and nothing that was taken off the list is left in the other.
    await write(admin, 'never-log', ['law.example'], seen);
    const after = await read(mira, 'never-log');
    expect(after.lines).toEqual(['law.example']);
    expect(after.history.map(({ author }) => author.name)).toContain('mira');
    device.cursor = 0;
    const live = settingsOf(await device.pullAll()).filter(({ deleted }) => deleted !== true);
    expect(live).toEqual([{ name: 'never-log', value: 'law.example' }]);
  });
});
