// Exports as they are taken at once: each format of each thing, with the asker's rights.

import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { chosenTables, TABLES } from '../../src/export/columns.ts';
import { csvHead, csvLine, plainCell } from '../../src/export/csv.ts';
import { heading, headings } from '../../src/export/headings.ts';
import { instantIn } from '../../src/export/zoned.ts';
import { exportFormat, exportWhat, FORMATS } from '../../src/server/exports/wish.ts';
import { nastyText } from '../export/samples.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

type Wish = { what: string; format: string; [more: string]: unknown };
type Line = { kind: string; id: string; fields: { [field: string]: string } };

const address = (wish: Wish) => `/v1/export?wish=${encodeURIComponent(JSON.stringify(wish))}`;

const asked = ({ url, who }: Device, wish: Wish, signal?: AbortSignal) =>
  fetch(`${url}${address(wish)}`, {
    headers: { authorization: `Bearer ${who.token}` },
    ...(signal === undefined ? {} : { signal }),
  });

async function taken(device: Device, wish: Wish): Promise<Uint8Array> {
  const response = await asked(device, wish);
  expect(response.status, `${wish.what} as ${wish.format}`).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

const text = async (device: Device, wish: Wish) => strFromU8(await taken(device, wish));

const records = async (device: Device, wish: Omit<Wish, 'format'> & { what: string }) => {
  const lines = (await text(device, { ...wish, format: 'ndjson' })).trimEnd().split('\n');
  const [head, ...rest] = lines.map((line) => JSON.parse(line) as Line);
  return { head, end: rest.pop(), records: rest };
};

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const tom = new Device(server.url, await connect(server, await join(server, admin, 'tom')));
  const desk = new Device(server.url, await connect(server, admin));
  const customer = desk.change('customer', { name: '=Sample; "Foods"' });
  const of = { customer: customer.envelope.record };
  const project = desk.change('project', { name: 'Sample project', ...of });
  const call = desk.change('interaction', {
    ...{ ...of, channel: 'call', subject: 'First call', callState: 'ended', logged: true },
    ...{ startedAt: '2027-03-28T00:30:00.000Z', endedAt: '2027-03-28T01:15:00.000Z' },
  });
  const interaction = call.envelope.record;
  const review = desk.change('review', {
    ...{ unit: 'project', project: project.envelope.record, ours: 80, theirs: 55.5 },
    ...{ finishedAt: '2027-04-01T10:00:00.000Z', text: 'Looked at\nclosely' },
  });
  await desk.push(
    ...[customer, project, call, review],
    desk.change('note', { ...of, interaction, tag: 'praise', offset: 61_500, text: 'So quick' }),
    desk.change('note', { ...of, label: 'risk', text: 'late' }),
    desk.change('note', { label: 'risk', text: 'for managers', visibility: 'managers' }),
    desk.change('finding', {
      ...{ review: review.envelope.record, type: 'nonconformity', text: 'no answer' },
    }),
  );
  return { admin, tom, desk, customer: of.customer, call: interaction };
}

describe('every format there is', () => {
  test('is written whole, and is in the log with its rows', async () => {
    const { admin, desk, customer, call } = await office();
    const wishes: Wish[] = [];
    for (const what of exportWhat.options.filter((one) => one !== 'evidence')) {
      for (const format of FORMATS[what]) {
        const filter = what === 'story' ? { customer } : format === 'webvtt' ? { call } : {};
        wishes.push({ what, format, filter });
      }
    }
    for (const wish of wishes) {
      const bytes = await taken(desk, wish);
      const isZip = ['xlsx', 'zip'].includes(wish.format);
      if (isZip) expect(Object.keys(unzipSync(bytes)).length).toBeGreaterThan(2);
      else if (wish.what === 'workspace' || wish.format !== 'webvtt') {
        expect(strFromU8(bytes), `${wish.what} as ${wish.format}`).toMatch(
          /late|quick|close|call/i,
        );
      }
      if (['json', 'jsonld'].includes(wish.format)) JSON.parse(strFromU8(bytes));
    }
    const { exports } = (await admin.call('GET', '/v1/exports')).json as {
      exports: { what: string; format: string; rows: number }[];
    };
    const logged = exports.toReversed().map(({ what, format }) => `${what} ${format}`);
    expect(logged).toEqual(wishes.map(({ what, format }) => `${what} ${format}`));
    for (const one of exports) expect(one.rows, `${one.what} ${one.format}`).toBeGreaterThan(0);
  });

  test('holds what its reader may read, and not more', async () => {
    const { desk, tom } = await office();
    const all = await records(desk, { what: 'register' });
    const toms = await records(tom, { what: 'register' });
    const textsOf = ({ records: some }: typeof all) => some.map(({ fields }) => fields.text);
    expect(textsOf(all)).toContain('for managers');
    expect(textsOf(toms)).not.toContain('for managers');
    expect(toms.records.length).toBe(all.records.length - 1);
    for (const format of ['csv', 'json', 'markdown']) {
      expect(await text(tom, { what: 'register', format })).not.toContain('for managers');
    }
    for (const what of ['story', 'audit', 'workspace']) {
      expect((await asked(tom, { what, format: 'ndjson' })).status).toBe(403);
    }
  });
});

describe('CSV', () => {
  test('is what the writer in JavaScript writes, byte for byte', async () => {
    const { desk } = await office();
    const texts = [...fc.sample(nastyText, { numRuns: 400, seed: 8 }), 'x'.repeat(40_000)];
    for (let at = 0; at < texts.length; at += 100) {
      await desk.push(
        ...texts.slice(at, at + 100).map((words) =>
          desk.change('note', {
            label: 'decision',
            text: words,
            evidence: { '01930000-0000-7000-8000-000000000003': { quote: words } },
          }),
        ),
      );
    }
    const { records: notes } = await records(desk, {
      ...{ what: 'register', filter: { kind: 'decision' } },
    });
    expect(notes).toHaveLength(texts.length);
    const keys = ['id', 'written', 'quote', 'text', 'class', 'author'];
    const [table] = chosenTables(TABLES.register, keys) ?? [];
    if (table === undefined) throw new Error('there is a register');
    for (const [separator, machine, zone] of [
      [',', false, 'UTC'],
      [';', true, 'America/St_Johns'],
      ['\t', false, 'Europe/Berlin'],
    ] as const) {
      const options = { separator, machine, zone };
      const wish = { what: 'register', format: 'csv', filter: { kind: 'decision' } };
      const written = await text(desk, { ...wish, ...options, columns: keys, bom: false });
      const lines = notes.map((note) => {
        const { written: at } = note as unknown as { written: string };
        const words = note.fields.text ?? null;
        return csvLine(table.columns, [note.id, at, words, words, null, 'Ada Sample'], options);
      });
      expect(written).toBe(csvHead(headings(table, 'en'), options) + lines.join(''));
    }
    const written = await text(desk, {
      ...{ what: 'register', format: 'csv', filter: { kind: 'decision' }, columns: ['text'] },
    });
    const cells = parse(written, { bom: true, record_delimiter: '\r\n' }) as string[][];
    expect(cells.slice(1).map(([cell]) => plainCell(cell ?? ''))).toEqual(
      notes.map(({ fields }) => fields.text),
    );
  });

  test('has the columns that are chosen, in their order, under the headings that are asked for', async () => {
    const { desk } = await office();
    const wish = {
      what: 'register',
      format: 'csv',
      filter: { kind: 'risk', q: 'late' },
      bom: false,
    };
    const columns = ['customer', 'text', 'visibility'];
    expect(await text(desk, { ...wish, columns, language: 'de' })).toBe(
      `Kunde,In unseren Worten,Wer es lesen darf\r\n"'=Sample; ""Foods""","late","workspace"\r\n`,
    );
    expect(await text(desk, { ...wish, columns: ['text'], language: 'keys' })).toBe(
      'text\r\n"late"\r\n',
    );
    for (const odd of [
      { columns: ['nonsense'] },
      { zone: '+02:00' },
      { filter: { kind: 'odd' } },
    ]) {
      expect((await asked(desk, { ...wish, ...odd })).status).toBe(400);
    }
  });

  test('of calls says when they were on the clock that is asked for', async () => {
    const { desk } = await office();
    const wish = { what: 'calls', format: 'csv', bom: false, zone: 'Europe/Berlin' };
    // The clock went forward in between.
    expect(
      await text(desk, {
        ...wish,
        columns: ['calls.began', 'calls.ended', 'calls.minutes', 'calls.tags'],
      }),
    ).toBe(
      'Began,Ended,Minutes,Tags\r\n2027-03-28T01:30:00.000+01:00,2027-03-28T03:15:00.000+02:00,45.0,1\r\n',
    );
    expect(
      await text(desk, { ...wish, filter: { table: 'tags' }, columns: ['tags.time', 'tags.tag'] }),
    ).toBe('Time,Tag\r\n"00:01:01.500","Praise"\r\n');
  });
});

test('a file of records says where it ends, and how many there were', async () => {
  const { desk } = await office();
  const { head, end, records: all } = await records(desk, { what: 'workspace' });
  expect(head).toMatchObject({ format: 'unsaid-records', version: 1, what: 'workspace' });
  expect(end).toEqual({ end: true, records: all.length });
  expect(new Set(all.map(({ kind }) => kind))).toEqual(
    new Set(['member', 'customer', 'project', 'interaction', 'review', 'note', 'finding']),
  );
  const json = JSON.parse(await text(desk, { what: 'workspace', format: 'json' })) as {
    records: Line[];
    end: boolean;
  };
  // Itself, as the export before it left a record.
  expect(json.records.filter(({ kind }) => kind !== 'export')).toEqual(all);
  expect(json.end).toBe(true);
});

test('one that nobody takes on is cancelled in PostgreSQL, and its connection serves others', async () => {
  const { admin, desk } = await office();
  for (let round = 0; round < 6; round += 1) {
    const long = 'x'.repeat(20_000);
    await desk.push(...Array.from({ length: 100 }, () => desk.change('note', { text: long })));
  }
  for (let round = 0; round < 12; round += 1) {
    const stop = new AbortController();
    const wish = { what: 'register', format: 'ndjson' };
    const response = await asked(desk, wish, stop.signal);
    await response.body?.getReader().read();
    stop.abort();
  }
  await expect
    .poll(
      async () => {
        const { json } = await admin.call('GET', '/v1/exports');
        return (json as { exports: { rows: number }[] }).exports.map(({ rows }) => rows < 600);
      },
      { timeout: 20_000 },
    )
    .toEqual(Array<boolean>(12).fill(true));
});

test('every column has a heading in both languages, and none is a key', () => {
  for (const what of ['register', 'story', 'calls', 'audit'] as const) {
    for (const { key, columns } of TABLES[what]) {
      for (const column of columns) {
        expect(heading(key, column.key, 'keys')).toBe(column.key);
        for (const language of ['en', 'de'] as const) {
          expect(heading(key, column.key, language), `${key}.${column.key}`).not.toBe(column.key);
        }
      }
    }
  }
  expect(exportFormat.options).toContain('csv');
});

test('an instant on another clock has that clock’s offset', () => {
  expect(instantIn('2027-07-01T12:00:00.000Z', 'UTC')).toBe('2027-07-01T12:00:00.000Z');
  expect(instantIn('2027-07-01T12:00:00Z', 'Asia/Kathmandu')).toBe('2027-07-01T17:45:00.000+05:45');
  expect(instantIn('2027-01-01T02:00:00.5Z', 'America/St_Johns')).toBe(
    '2026-12-31T22:30:00.500-03:30',
  );
});
