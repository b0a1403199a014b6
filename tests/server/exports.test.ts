// Exports write down that they were made: by whom, of what, how much; and who may read that.
import { describe, expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

type Listed = {
  exports: {
    id: string;
    at: string;
    what: string;
    format: string;
    rows: number;
    by: { id: string; name: string };
    filter: { [name: string]: string };
    columns: string[];
  }[];
  names: { [id: string]: string };
  next: string | null;
};

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const tom = await join(server, admin, 'tom');
  const desk = new Device(server.url, await connect(server, tom));
  const customer = desk.change('customer', { name: 'Sample Foods' });
  await desk.push(
    customer,
    ...['one', 'two', 'three'].map((text) =>
      desk.change('note', { text, label: 'risk', customer: customer.envelope.record }),
    ),
  );
  return { server, admin, tom, desk, customer: customer.envelope.record };
}

const listed = async (visitor: Visitor, query = '') =>
  (await visitor.call('GET', `/v1/exports${query}`)).json as Listed;

describe('an export of the register', () => {
  test('is written down once, with its filter, columns and rows', async () => {
    const { admin, tom, customer } = await office();
    await tom.get(`/v1/export.csv?kind=risk&customer=${customer}&unknown=x&from=`);
    const { exports, names, next } = await listed(admin);
    expect(exports).toHaveLength(1);
    const [one] = exports;
    expect(one).toMatchObject({
      ...{ what: 'register', format: 'csv', rows: 3, by: { name: 'tom' } },
      filter: { kind: 'risk', customer },
    });
    expect(one?.columns).toContain('Quote');
    expect(Math.abs(Date.parse(one?.at ?? '') - Date.now())).toBeLessThan(60_000);
    expect(names[customer]).toBe('Sample Foods');
    expect(next).toBeNull();
  });

  test('by a connected browser is its member’s', async () => {
    const { server, admin, desk } = await office();
    const response = await fetch(`${server.url}/v1/export.csv`, {
      headers: { authorization: `Bearer ${desk.who.token}` },
    });
    await response.text();
    const { exports } = await listed(admin);
    expect(exports).toMatchObject([{ by: { name: 'tom' }, rows: 3, filter: {} }]);
  });

  test('which words were looked for is not kept: they may name somebody', async () => {
    const { admin } = await office();
    await admin.get('/v1/export.csv?q=Lee+Sample');
    expect(JSON.stringify(await listed(admin))).not.toContain('Lee');
    expect((await listed(admin)).exports[0]?.filter).toEqual({ q: '…' });
  });

  test('broken off half-way is written down with what was sent', async () => {
    const { server, admin, desk } = await office();
    for (let round = 0; round < 4; round += 1) {
      const text = 'x'.repeat(2_000);
      await desk.push(...Array.from({ length: 500 }, () => desk.change('note', { text })));
    }
    const broken = new AbortController();
    const response = await fetch(`${server.url}/v1/export.csv`, {
      headers: { authorization: `Bearer ${desk.who.token}` },
      signal: broken.signal,
    });
    await response.body?.getReader().read();
    broken.abort();
    await expect
      .poll(async () => (await listed(admin)).exports.length, { timeout: 10_000 })
      .toBe(1);
    const [one] = (await listed(admin)).exports;
    expect(one?.rows).toBeGreaterThan(0);
    expect(one?.rows).toBeLessThan(2_003);
  });

  test('one that is refused is none', async () => {
    const { server, admin, tom } = await office();
    await tom.get('/v1/export.csv?kind=nonsense');
    await (await fetch(`${server.url}/v1/export.csv`)).text();
    expect((await listed(admin)).exports).toEqual([]);
  });

  test('does not come to an annotator’s browser, nor into their register', async () => {
    const { server, admin, tom } = await office();
    await admin.get('/v1/export.csv');
    const theirs = new Device(server.url, await connect(server, tom));
    const kinds = (await theirs.pullAll()).map(({ leaf }) => leaf.kind);
    expect(kinds).toContain('note');
    expect(kinds).not.toContain('export');
    const manager = await join(server, admin, 'mira', 'manager');
    const managers = new Device(server.url, await connect(server, manager));
    expect((await managers.pullAll()).map(({ leaf }) => leaf.kind)).toContain('export');
  });
});

test('older ones come with the next page, each once', async () => {
  const { admin, desk } = await office();
  const body = { what: 'register', format: 'csv', filter: {}, columns: [] };
  await desk.push(
    ...Array.from({ length: 130 }, (_, rows) => desk.change('export', { ...body, rows })),
  );
  const first = await listed(admin);
  expect(first.exports).toHaveLength(100);
  const second = await listed(admin, `?cursor=${first.next}`);
  expect(second.next).toBeNull();
  const all = [...first.exports, ...second.exports];
  expect(new Set(all.map(({ id }) => id)).size).toBe(130);
  expect(all.map(({ rows }) => rows)).toEqual(Array.from({ length: 130 }, (_, n) => 129 - n));
  expect((await admin.call('GET', '/v1/exports?cursor=nonsense')).status).toBe(400);
});

test('the leaves of a record: for whoever may read it', async () => {
  const { server, admin, tom, desk } = await office();
  const note = desk.change('note', { text: 'first' });
  await desk.push(note);
  const { record } = note.envelope;
  await desk.push(desk.change('note', { text: 'second' }, record));
  const path = `/v1/log/records/note/${record}`;
  for (const visitor of [admin, tom]) {
    const { json } = await visitor.call('GET', path);
    const { leaves } = json as { leaves: { seq: number; leaf: string; body: string | null }[] };
    expect(leaves).toHaveLength(2);
    expect(Buffer.from(leaves[0]?.leaf ?? '', 'base64').toString()).toContain(record);
    expect(Buffer.from(leaves[1]?.body ?? '', 'base64').toString()).toBe('{"text":"second"}');
  }
  const hidden = new Device(server.url, await connect(server, admin));
  const secret = hidden.change('note', { text: 'for managers', visibility: 'managers' });
  await hidden.push(secret);
  const other = `/v1/log/records/note/${secret.envelope.record}`;
  expect((await tom.call('GET', other)).status).toBe(404);
  expect((await admin.call('GET', other)).status).toBe(200);
  for (const odd of [`note/${freshId()}`, 'note/nonsense', `nonsense/${record}`]) {
    expect((await admin.call('GET', `/v1/log/records/${odd}`)).status).toBe(404);
  }
});
