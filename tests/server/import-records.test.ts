// Files of records: brought in, held against what is here, taken back.
import { describe, expect, test } from 'vitest';
import { type Body, KINDS, type Kind } from '../../src/domain/index.ts';
import type { ExportedRecord } from '../../src/export/exported-record.ts';
import { readRecords } from '../../src/export/read-file.ts';
import { msOf } from '../../src/ledger/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { isTaken, TAKEN } from '../../src/server/import/taken.ts';
import { Device } from './device.ts';
import { bodyOfKind, LONG, NASTY } from './every-kind.ts';
import { join } from './people.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, serverOn, setUp, type TestServer } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

type Sent = { row: number; by?: string | null; record: unknown };
type Counts = { [name: string]: number };
type Problem = { row: number; kind: string; id: string; words: string };
type Checked = { kinds: { [kind: string]: Counts }; problems: Problem[] };
type Taken = Counts & { problems: Problem[] };
type Listed = {
  id: string;
  name: string;
  by: { name: string };
  ended: boolean;
  undo: string;
  undone: number;
  kept: number;
  created: number;
};

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const device = new Device(server.url, await connect(server, admin));
  return { server, admin, device };
}

const WRITTEN = '2026-03-04T09:30:00.125Z';

function note(fields: Body, id = freshId(), more: Partial<ExportedRecord> = {}): ExportedRecord {
  const record = { kind: 'note', id, author: freshId(), written: WRITTEN } as const;
  return { ...record, visibility: 'workspace', fields, ...more };
}

const sent = (records: readonly unknown[], by?: string): Sent[] =>
  records.map((record, at) => ({ row: at + 1, ...(by === undefined ? {} : { by }), record }));

async function check(visitor: Visitor, records: readonly unknown[]): Promise<Checked> {
  const answer = await visitor.call('POST', '/v1/import/records/check', {
    records: sent(records),
  });
  expect(answer.status).toBe(200);
  return answer.json;
}

type How = { take?: 'ours' | 'file'; by?: string; parts?: number };

/** All of it, as the console does. */
async function bringIn(visitor: Visitor, records: readonly unknown[], how: How = {}) {
  const { take = 'ours', by, parts = 1 } = how;
  const about = { name: 'sample.ndjson', format: 'ndjson' };
  const { id } = (await visitor.call('POST', '/v1/import/runs', about)).json as { id: string };
  const all = sent(records, by);
  const size = Math.ceil(all.length / parts);
  let counts: Taken = { problems: [] } as unknown as Taken;
  for (let part = 0; part < parts; part += 1) {
    const slice = all.slice(part * size, (part + 1) * size);
    const body = { part, take, records: slice };
    const answer = await visitor.call('POST', `/v1/import/runs/${id}/records`, body);
    expect(answer.status).toBe(200);
    counts = answer.json;
  }
  expect((await visitor.call('POST', `/v1/import/runs/${id}/end`, {})).status).toBe(200);
  return { id, counts };
}

async function takeBack(visitor: Visitor, id: string) {
  for (;;) {
    const { status, json } = await visitor.call('POST', `/v1/import/runs/${id}/undo`, {});
    expect(status).toBe(200);
    const undone = json as { done: boolean; undone: number; kept: number };
    if (undone.done) return undone;
  }
}

const imports = async (visitor: Visitor) =>
  ((await visitor.call('GET', '/v1/import/runs')).json as { imports: Listed[] }).imports;

/** Every record of the only workspace, as lossless files have them. */
async function exported(server: TestServer): Promise<Map<string, ExportedRecord>> {
  const { rows } = await withClient(server.database, (client) =>
    client.query<ExportedRecord>(
      'SELECT kind, id, author, written, visibility, fields FROM record WHERE NOT deleted',
    ),
  );
  return new Map(
    rows.map((row) => [
      `${row.kind}/${row.id}`,
      { ...row, written: new Date(msOf(row.written)).toISOString() },
    ]),
  );
}

async function fileFrom(visitor: Visitor, format: 'ndjson' | 'json' | 'jsonld'): Promise<string> {
  const wish = JSON.stringify({ what: 'workspace', format });
  const { status, text } = await visitor.get(`/v1/export?${new URLSearchParams({ wish })}`);
  expect(status).toBe(200);
  return text;
}

/** One of each kind that a device may write, two of those that a file brings in. */
async function seed({ device }: { device: Device }) {
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== 'device');
  const changes = kinds.flatMap((kind, at) => {
    const bodies = [bodyOfKind(kind, at), bodyOfKind(kind, at + 7)];
    if (!isTaken(kind)) bodies.pop();
    return bodies.map((body) => device.change(kind, body));
  });
  for (const change of changes) {
    expect(await device.push(change)).toMatchObject([{ result: 'accepted' }]);
  }
}

describe('a workspace of every kind of record, with the nastiest texts', () => {
  test('comes into an empty one as it was; what is not taken is counted', async () => {
    const from = await office();
    await seed(from);
    const before = await exported(from.server);
    // As a file has them: through JSON.
    const records = JSON.parse(JSON.stringify([...before.values()])) as ExportedRecord[];
    expect(new Set(records.map(({ kind }) => kind))).toContain('review');
    const whole = JSON.stringify(records);
    for (const text of [...NASTY, LONG]) expect(whole).toContain(JSON.stringify(text));

    const to = await office();
    const looked = await check(to.admin, records);
    expect(looked.problems).toEqual([]);
    const { counts } = await bringIn(to.admin, records, { by: 'Sample Ines', parts: 3 });
    const taken = records.filter(({ kind }) => isTaken(kind));
    expect(taken).toHaveLength(TAKEN.length * 2);
    expect(counts).toMatchObject({
      ...{ created: taken.length, changed: 0, same: 0, differs: 0, wrong: 0 },
      left: records.length - taken.length,
    });

    const after = await exported(to.server);
    for (const record of taken) {
      const { author, fields, ...here } = after.get(`${record.kind}/${record.id}`) ?? note({});
      const { author: _, fields: was, ...there } = record;
      expect(here).toEqual(there);
      // They have a writer in words already, and a time of their own.
      expect(fields).toEqual(was);
      expect(author).toBe(to.device.who.member);
    }
  });

  test.each(['ndjson', 'json', 'jsonld'] as const)(
    'is exported, imported and exported again: %s',
    async (format) => {
      const from = await office();
      await seed(from);
      const file = await fileFrom(from.admin, format);
      const first = readRecords(file);
      expect(first).toMatchObject({ ok: true, format, problems: [] });
      const to = await office();
      const records = first.records.map(({ record }) => record);
      const { counts } = await bringIn(to.admin, records);
      expect(counts).toMatchObject({ changed: 0, same: 0, differs: 0, wrong: 0 });
      const second = readRecords(await fileFrom(to.admin, format));
      expect(second).toMatchObject({ ok: true, problems: [] });
      const again = new Map(second.records.map(({ record }) => [record.id, record]));
      const taken = records.filter(({ kind }) => isTaken(kind));
      expect(taken.length).toBeGreaterThan(4);
      for (const { author: _, ...record } of taken) {
        const found = again.get(record.id);
        expect(found?.author).toBe(to.device.who.member);
        expect({ ...found, author: undefined }).toEqual({ ...record, author: undefined });
      }
    },
  );

  test('a second time nothing is written', async () => {
    const from = await office();
    await seed(from);
    const records = [...(await exported(from.server)).values()];
    const to = await office();
    await bringIn(to.admin, records, { by: 'Sample Ines' });
    const before = await exported(to.server);
    const { counts } = await bringIn(to.admin, records, { by: 'Sample Ines', take: 'file' });
    expect(counts).toMatchObject({ created: 0, changed: 0, differs: 0, wrong: 0 });
    const after = await exported(to.server);
    for (const [key, record] of before) {
      if (record.kind !== 'import') expect(after.get(key)).toEqual(record);
    }
    // And into the workspace that it came from.
    const own = await check(from.admin, records);
    const sums = Object.values(own.kinds).map(({ created, differs }) => [created, differs]);
    expect(sums.flat().every((count) => count === 0)).toBe(true);
  });
});

describe('who wrote it, and when', () => {
  test('stays in words and as a time; a member’s name is that of here', async () => {
    const { server, admin, device } = await office();
    const tom = await join(server, admin, 'tom');
    const toms = (await connect(server, tom)).member;
    const [foreign, ours, own] = [note({ text: 'a' }), note({ text: 'b' }), note({ text: 'c' })];
    await bringIn(
      admin,
      [foreign, { ...ours, author: toms }, { ...own, author: device.who.member }],
      { by: 'Sample Ines' },
    );
    const all = await exported(server);
    const read = (one: ExportedRecord) => all.get(`note/${one.id}`);
    expect(read(foreign)?.fields).toEqual({
      ...{ text: 'a', writtenAt: WRITTEN, writtenBy: 'Sample Ines' },
    });
    expect(read(ours)?.fields.writtenBy).toBe('tom');
    expect(read(own)?.fields).not.toHaveProperty('writtenBy');
    expect(read(own)).toMatchObject({ author: device.who.member, written: WRITTEN });
  });
});

describe('a record that is here', () => {
  test('otherwise: stays, unless the file’s is taken; sets are changed key by key', async () => {
    const { server, admin, device } = await office();
    const identifiers = { 'domain:a.example': true, 'domain:b.example': true };
    const written = device.change('customer', { name: 'Ours', remark: 'kept', identifiers });
    await device.push(written);
    const { record } = written.envelope;
    const file = {
      ...note({}, record),
      kind: 'customer',
      fields: { name: 'Theirs', identifiers: { 'domain:b.example': true, 'crm:7': true } },
    };
    expect((await check(admin, [file])).kinds.customer).toMatchObject({ differs: 1, created: 0 });
    const ours = await bringIn(admin, [file]);
    expect(ours.counts).toMatchObject({ differs: 1, changed: 0 });
    const read = async () => (await exported(server)).get(`customer/${record}`)?.fields;
    expect(await read()).toEqual({ name: 'Ours', remark: 'kept', identifiers });

    const theirs = await bringIn(admin, [file], { take: 'file' });
    expect(theirs.counts).toMatchObject({ differs: 0, changed: 1 });
    expect(await read()).toEqual(file.fields);
    // Taken back: as it was.
    expect(await takeBack(admin, theirs.id)).toMatchObject({ undone: 1, kept: 0 });
    expect(await read()).toEqual({ name: 'Ours', remark: 'kept', identifiers });
  });

  test('a version of a standard is never changed', async () => {
    const { admin, device } = await office();
    const written = device.change('standard', { series: freshId(), version: 1, name: 'Answered' });
    await device.push(written);
    const file = { ...note({}, written.envelope.record), kind: 'standard' };
    const fields = { ...written.body, name: 'Something else' };
    const { counts } = await bringIn(admin, [{ ...file, fields }], { take: 'file' });
    expect(counts).toMatchObject({ changed: 0, wrong: 1 });
    expect(counts.problems[0]?.words).toContain('never changed');
    const retired = await bringIn(
      admin,
      [{ ...file, fields: { ...written.body, retired: true } }],
      {
        take: 'file',
      },
    );
    expect(retired.counts).toMatchObject({ changed: 1, wrong: 0 });
  });

  test('what was erased does not come back', async () => {
    const { server, admin, device } = await office();
    const written = device.change('note', { text: 'about somebody' });
    await device.push(written);
    const { record } = written.envelope;
    const targets = [{ kind: 'note', id: record }];
    await device.push(device.change('erasure', { targets, reason: 'sample', cause: 'request' }));
    const { counts } = await bringIn(admin, [note({ text: 'about somebody' }, record)], {
      take: 'file',
    });
    expect(counts).toMatchObject({ created: 0, wrong: 1 });
    expect(counts.problems[0]).toMatchObject({ row: 1, id: record });
    expect(counts.problems[0]?.words).toContain('erased');
    expect((await exported(server)).has(`note/${record}`)).toBe(false);
  });
});

describe('what is wrong is told by row, and the rest comes in', () => {
  test('no record, no fields of its kind, too large, on the never-log list, to come, twice', async () => {
    const { server, admin } = await office();
    const lines = ['payroll.example'];
    await admin.call('PUT', '/v1/settings/never-log', { lines, seen: '' });
    const person = { name: '', address: 'jo@payroll.example' };
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    const twin = note({ text: 'first' });
    const rows: unknown[] = [
      note({ text: 'good' }),
      'no record',
      note({ text: 'x' }, 'not-an-id'),
      note({ label: 'nonsense' }),
      note({ text: 'x'.repeat(200_001) }),
      { ...note({ channel: 'email', sender: person }), kind: 'interaction' },
      note({ text: 'x' }, freshId(), { written: '2999-01-01T00:00:00.000Z' }),
      note({ text: 'x', later: JSON.parse(deep) }),
      twin,
      twin,
      note({ text: 'second' }, twin.id),
      note({ 'a/b': 'x' }),
      JSON.parse('{"kind":"note","id":"x","fields":{"__proto__":{"text":1}}}'),
      null,
      { ...note({ text: 'private' }), keptHere: true },
    ];
    const { problems, kinds } = await check(admin, rows);
    expect(problems.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15]);
    const words = new Map(problems.map((one) => [one.row, one.words]));
    expect(words.get(4)).toContain('label');
    expect(words.get(6)).toContain('never-log');
    expect(words.get(7)).toContain('day to come');
    expect(words.get(8)).toContain('too deeply');
    expect(words.get(11)).toContain('row 9');
    expect(words.get(15)).toContain('their device');
    expect(kinds.note).toMatchObject({ created: 2, same: 1 });
    const { counts } = await bringIn(admin, rows);
    expect(counts).toMatchObject({ created: 2, same: 1, wrong: 12 });
    const notes = [...(await exported(server)).values()].filter(({ kind }) => kind === 'note');
    expect(notes.map(({ fields }) => fields.text).sort()).toEqual(['first', 'good']);
  });

  test('what would say who belongs here, or how it was audited, is not taken', async () => {
    const { server, admin } = await office();
    const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => !isTaken(kind));
    const records = [...kinds, 'of-a-newer-version'].map((kind) => ({ ...note({}), kind }));
    const before = await exported(server);
    const { counts } = await bringIn(admin, records);
    expect(counts).toMatchObject({ created: 0, left: records.length, wrong: 0 });
    const after = [...(await exported(server)).values()].filter(({ kind }) => kind !== 'import');
    expect(after).toHaveLength(before.size);
  });
});

describe('an import', () => {
  test('takes each part once, in order, and none when it has ended', async () => {
    const { server, admin } = await office();
    const about = { name: 'sample.ndjson', format: 'ndjson' };
    const { id } = (await admin.call('POST', '/v1/import/runs', about)).json as { id: string };
    const send = (part: number, records: unknown[]) =>
      admin.call('POST', `/v1/import/runs/${id}/records`, {
        ...{ part, take: 'ours', records: sent(records) },
      });
    const first = [note({ text: 'a' }), note({ text: 'b' })];
    expect((await send(0, first)).json).toMatchObject({ created: 2 });
    // The answer was lost on its way.
    expect((await send(0, first)).json).toMatchObject({ created: 2, same: 0 });
    expect((await send(2, [])).status).toBe(409);
    expect((await send(1, [note({ text: 'c' })])).json).toMatchObject({ created: 3 });
    const mira = await join(server, admin, 'mira', 'manager');
    const theirs = { part: 2, take: 'ours', records: [] };
    const foreign = await mira.call('POST', `/v1/import/runs/${id}/records`, theirs);
    expect(foreign.status).toBe(409);
    expect(await imports(admin)).toMatchObject([
      { ended: false, created: 3, by: { name: 'Ada Sample' } },
    ]);
    await admin.call('POST', `/v1/import/runs/${id}/end`, {});
    expect((await send(2, [])).status).toBe(409);
    expect(await imports(admin)).toMatchObject([{ ended: true, undo: 'none' }]);
  });

  test('is taken back whole, by another manager too; nothing else is', async () => {
    const { server, admin, device } = await office();
    const mine = device.change('note', { text: 'mine' });
    await device.push(mine);
    const customer = { ...note({ name: 'Sample Foods' }), kind: 'customer' };
    const project = { ...note({ name: 'Hall 3', customer: customer.id }), kind: 'project' };
    const notes = Array.from({ length: 1_500 }, (_, n) =>
      note({ text: `note ${n}`, customer: customer.id, project: project.id }),
    );
    const { id } = await bringIn(admin, [customer, project, ...notes], { parts: 4 });
    const other = note({ text: 'of another import' });
    await bringIn(admin, [other]);
    const mira = await join(server, admin, 'mira', 'manager');
    expect(await takeBack(mira, id)).toMatchObject({ undone: 1_502, kept: 0 });
    const left = [...(await exported(server)).values()].filter(({ kind }) => kind !== 'import');
    const texts = left.filter(({ kind }) => isTaken(kind)).map(({ fields }) => fields.text);
    expect(texts.sort()).toEqual(['mine', 'of another import']);
    expect((await mira.call('POST', `/v1/import/runs/${id}/undo`, {})).status).toBe(409);
    expect((await imports(mira)).find((one) => one.id === id)).toMatchObject({
      ...{ undo: 'done', undone: 1_502, kept: 0 },
    });
  });

  test('what was written since, and what that points at, stays', async () => {
    const { server, admin, device } = await office();
    const customers = ['used', 'free'].map((name) => ({ ...note({ name }), kind: 'customer' }));
    const [used, free] = customers.map(({ id }) => id) as [string, string];
    const [edited, deleted, plain] = [
      note({ text: 'edited' }),
      note({ text: 'deleted' }),
      note({ text: 'plain', customer: free }),
    ];
    const { id } = await bringIn(admin, [...customers, edited, deleted, plain]);
    await device.pullAll();
    await device.push(
      device.change('note', { text: 'mine', customer: used }),
      device.change('note', { text: 'edited since' }, edited.id),
      device.change('note', { deleted: true }, deleted.id),
    );
    expect(await takeBack(admin, id)).toMatchObject({ undone: 2, kept: 2 });
    const all = await exported(server);
    expect(all.has(`customer/${used}`)).toBe(true);
    expect(all.has(`customer/${free}`)).toBe(false);
    expect(all.get(`note/${edited.id}`)?.fields.text).toBe('edited since');
    expect(all.has(`note/${plain.id}`)).toBe(false);
  });

  test('people whom notes or calls are about since stay', async () => {
    const { server, admin, device } = await office();
    const people = ['noted', 'called', 'free'].map((name) => ({
      ...note({ name }),
      kind: 'contact',
    }));
    const [noted, called, free] = people.map(({ id }) => id) as [string, string, string];
    const { id } = await bringIn(admin, people);
    await device.pullAll();
    await device.push(
      device.change('note', { text: 'about them', contact: noted }),
      device.change('interaction', { channel: 'call', contact: called }),
    );
    expect(await takeBack(admin, id)).toMatchObject({ undone: 1, kept: 2 });
    const all = await exported(server);
    expect([noted, called, free].map((one) => all.has(`contact/${one}`))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('of a record that stands in the file twice is taken back whole', async () => {
    const { server, admin } = await office();
    const first = note({ text: 'first', label: 'note' });
    const again = { ...first, fields: { text: 'again' } };
    const { id, counts } = await bringIn(admin, [first, again], { take: 'file', parts: 2 });
    expect(counts).toMatchObject({ created: 1, changed: 1 });
    expect(await takeBack(admin, id)).toMatchObject({ undone: 1, kept: 0 });
    expect((await exported(server)).has(`note/${first.id}`)).toBe(false);
  });

  test('that was taken back comes again when the file’s is taken', async () => {
    const { server, admin } = await office();
    const one = note({ text: 'again' });
    const { id } = await bringIn(admin, [one]);
    await takeBack(admin, id);
    expect((await check(admin, [one])).kinds.note).toMatchObject({ differs: 1, created: 0 });
    await bringIn(admin, [one], { take: 'file' });
    expect((await exported(server)).get(`note/${one.id}`)?.fields.text).toBe('again');
  });

  test('of a CSV file is taken back too', async () => {
    const { server, admin } = await office();
    const csv = 'name,domain\nSample Foods,foods.example\nSample Works,works.example\n';
    await admin.call('POST', '/v1/import', { csv, kind: 'customer', name: 'crm.csv' });
    const [listed] = await imports(admin);
    expect(listed).toMatchObject({ name: 'crm.csv', created: 2, ended: true });
    await takeBack(admin, listed?.id ?? '');
    const names = [...(await exported(server)).values()].map(({ kind }) => kind);
    expect(names).not.toContain('customer');
  });

  test('comes to devices as any change does', async () => {
    const { admin, device } = await office();
    const one = note({ text: 'from a file' });
    await bringIn(admin, [one]);
    const pulled = await device.pullAll();
    expect(pulled.find(({ leaf }) => leaf.record === one.id)?.body).toMatchObject({
      text: 'from a file',
    });
  });
});
