import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import {
  blindSpotsOf,
  byUrgency,
  factsOf,
  type Listed,
  type OnFile,
  USUAL_THRESHOLDS,
} from '../../src/domain/blind-spots.ts';
import type { Body } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();
const DAY = 86_400_000;
const ago = (days: number) => Date.now() - days * DAY;
const iso = (ms: number) => new Date(ms).toISOString();

type Answer = {
  now: number;
  counts: Record<string, number>;
  customers: number;
  total: number;
  rows: Listed[];
};

async function start() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  return { server, admin, mira };
}

async function read(visitor: Visitor, query = ''): Promise<Answer> {
  const answer = await visitor.call('GET', `/v1/blind-spots${query}`);
  expect(answer.status).toBe(200);
  return answer.json as Answer;
}

/** Writes a record as of so many days ago. */
async function put(device: Device, kind: string, body: Body, days = 0): Promise<string> {
  const change = device.change(kind, { writtenAt: iso(ago(days)), ...body });
  await device.push(change);
  return change.envelope.record;
}

const kindsOf = (rows: Listed[]) =>
  rows.map(({ name, spots }) => [name, ...spots.map((s) => s.kind)]);

describe('the list', () => {
  test('says why, with dates and counts, the most urgent first', async () => {
    const { admin, mira } = await start();
    const halden = await put(mira, 'customer', { name: 'Halden' }, 200);
    const north = await put(mira, 'customer', { name: 'Northwind' }, 200);
    await put(mira, 'customer', { name: 'Fresh' }, 3);
    await put(mira, 'probe', { customer: halden, askedAt: iso(ago(94)) }, 94);
    await put(mira, 'note', { customer: north, label: 'grievance', text: 'late' }, 12);
    const found = await read(admin);
    expect(found.rows).toMatchObject([
      {
        id: north,
        spots: [
          { kind: 'unanswered', days: 12, count: 1 },
          { kind: 'not-asked', days: 200, asked: 0 },
        ],
      },
      { id: halden, name: 'Halden', spots: [{ kind: 'not-asked', days: 94, asked: 1 }] },
    ]);
    expect(found).toMatchObject({
      ...{ customers: 3, total: 2, counts: { unanswered: 1, 'not-asked': 2, 'only-stated': 0 } },
    });
    expect(kindsOf((await read(admin, '?kind=unanswered,satisfied')).rows)).toEqual([
      ['Northwind', 'unanswered', 'not-asked'],
    ]);
    // The counts alone, for whoever wants no list.
    const counted = await read(admin, '?rows=0');
    expect(counted).toMatchObject({
      total: 2,
      rows: [],
      counts: { unanswered: 1, 'not-asked': 2 },
    });
    const odd = await admin.call('GET', '/v1/blind-spots?kind=nonsense');
    expect(odd.status).toBe(400);
  });

  test('an answer, a question and a refutation take effect at once', async () => {
    const { admin, mira } = await start();
    const customer = await put(mira, 'customer', { name: 'Halden' }, 200);
    const note = await put(mira, 'note', { customer, label: 'grievance', text: 'late' }, 12);
    expect(kindsOf((await read(admin)).rows)).toEqual([['Halden', 'unanswered', 'not-asked']]);
    await mira.push(mira.change('note', { answeredAt: iso(Date.now()) }, note));
    await put(mira, 'probe', { customer, askedAt: iso(Date.now()) });
    expect((await read(admin)).rows).toEqual([]);
    await mira.push(mira.change('note', { answeredAt: null }, note));
    expect(kindsOf((await read(admin)).rows)).toEqual([['Halden', 'unanswered']]);
  });

  test('goes by the workspace’s own numbers', async () => {
    const { admin, mira } = await start();
    await put(mira, 'customer', { name: 'Halden' }, 50);
    expect((await read(admin)).rows).toEqual([]);
    const saved = await admin.call('PUT', '/v1/settings/blind-spots', {
      lines: ['not asked: 50 days'],
      seen: '',
    });
    expect(saved.status).toBe(200);
    expect(kindsOf((await read(admin)).rows)).toEqual([['Halden', 'not-asked']]);
    const wrong = await admin.call('PUT', '/v1/settings/blind-spots', {
      lines: ['not asked: soon'],
      seen: String((saved.json as { seen: string }).seen),
    });
    expect(wrong).toMatchObject({ status: 400, json: { error: 'bad-line' } });
  });

  test('times that no database reads break nothing', async () => {
    const { admin, mira } = await start();
    const customer = await put(mira, 'customer', { name: 'Halden' }, 200);
    const odd = ['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:00', '9999-12-31T23:59:59.999Z'];
    for (const askedAt of odd) await put(mira, 'probe', { customer, askedAt });
    // The last one is asked in a time to come: of those before, nothing is known.
    expect((await read(admin)).rows).toEqual([]);
  });
});

describe('who gets what', () => {
  test('a member gets those whom they follow, by records that they may read', async () => {
    const { server, admin, mira } = await start();
    const toms = await join(server, admin, 'tom');
    const [halden, north] = [
      await put(mira, 'customer', { name: 'Halden' }, 200),
      await put(mira, 'customer', { name: 'Northwind' }, 200),
    ];
    const hidden = { visibility: 'managers', label: 'grievance', text: 'quiet' };
    await put(mira, 'note', { customer: halden, ...hidden }, 20);
    expect(kindsOf((await read(toms)).rows)).toEqual([
      ['Halden', 'not-asked'],
      ['Northwind', 'not-asked'],
    ]);
    await toms.call('PUT', '/v1/following', { mode: 'chosen', customers: [north] });
    expect(kindsOf((await read(toms)).rows)).toEqual([['Northwind', 'not-asked']]);
    // The manager’s own following does not hide anything from them.
    await admin.call('PUT', '/v1/following', { mode: 'chosen', customers: [] });
    expect(kindsOf((await read(admin)).rows)).toEqual([
      ['Halden', 'unanswered', 'not-asked'],
      ['Northwind', 'not-asked'],
    ]);
    const audrey = await join(server, admin, 'audrey', 'auditor');
    expect((await read(audrey)).total).toBe(2);
  });

  test('nothing of another workspace', async () => {
    const { server, mira } = await start();
    await put(mira, 'customer', { name: 'Halden' }, 200);
    const otto = await secondWorkspace(server, 'otto');
    expect(await read(otto)).toMatchObject({ customers: 0, total: 0, rows: [] });
  });
});

test('agrees with the domain on any workspace', async () => {
  const { admin, mira } = await start();
  const times = fc.integer({ min: 0, max: 260 });
  const place = fc.record({
    channel: fc.constantFrom('email', 'call', 'meeting', 'visit'),
    customer: fc.option(fc.nat(3), { nil: undefined }),
    contact: fc.option(fc.nat(4), { nil: undefined }),
    startedAt: fc.option(times, { nil: undefined }),
  });
  const about = {
    customer: fc.option(fc.nat(3), { nil: undefined }),
    interaction: fc.option(fc.nat(5), { nil: undefined }),
    deleted: fc.option(fc.constant(true), { nil: undefined, freq: 8 }),
  };
  const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const some = fc.oneof(
    fc.record({ ...about, kind: fc.constant('probe'), askedAt: optional(times) }),
    fc.record({
      ...about,
      kind: fc.constant('expectation'),
      class: optional(fc.constantFrom('stated', 'implied', 'unstated')),
      stage: optional(fc.constantFrom('hunch', 'refuted')),
      within: optional(fc.nat(5)),
    }),
    fc.record({
      ...about,
      kind: fc.constant('note'),
      label: fc.constantFrom('grievance', 'note'),
      answeredAt: optional(times),
      handled: optional(fc.boolean()),
    }),
    fc.record({
      ...about,
      kind: fc.constant('perception'),
      form: fc.constantFrom('survey', 'survey', 'remark'),
      score: optional(fc.integer({ min: 0, max: 10 })),
      scaleMin: optional(fc.constantFrom(0, 1)),
      scaleMax: optional(fc.constantFrom(10, 5, 1)),
      observedAt: optional(times),
    }),
  );
  const workspace = fc.record({
    customers: fc.array(fc.constantFrom('domain:a.example', 'domain:b.example', 'crm:1'), {
      ...{ minLength: 4, maxLength: 4 },
    }),
    contacts: fc.array(
      fc.record({ customer: fc.nat(3), address: fc.nat(3), name: fc.constantFrom('Jo', 'Kim') }),
      { minLength: 5, maxLength: 5 },
    ),
    places: fc.array(place, { minLength: 6, maxLength: 6 }),
    records: fc.array(some, { maxLength: 25 }),
    written: fc.array(times, { minLength: 45, maxLength: 45 }),
  });

  // Each random workspace beside the ones before it: the customers differ, the records too.
  let round = 0;
  const onFile: OnFile[] = [];
  await fc.assert(
    fc.asyncProperty(workspace, async (made) => {
      round += 1;
      let at = 0;
      const days = () => made.written[at++] ?? 0;
      const changes: unknown[] = [];
      const write = (kind: string, fields: Record<string, unknown>, record = freshId()) => {
        const body = JSON.parse(JSON.stringify({ writtenAt: iso(ago(days())), ...fields })) as Body;
        changes.push(mira.change(kind, body, record));
        const written = Date.parse(String(body.writtenAt));
        onFile.push({ kind, id: record, fields: body, written } as unknown as OnFile);
        return record;
      };
      const time = (value: number | undefined) =>
        value === undefined ? undefined : iso(ago(value));
      const customers = made.customers.map((key, n) =>
        write('customer', {
          name: `Customer ${n % 2}`,
          identifiers: { [`${key}/${round}`]: true },
        }),
      );
      const contacts = made.contacts.map(({ customer, address, name }) =>
        write('contact', {
          ...{ name, customer: customers[customer] },
          identifiers: { [`address:${address}@${round}`]: true },
        }),
      );
      const places = made.places.map(({ customer, contact, startedAt, channel }) =>
        write('interaction', {
          channel,
          customer: customer === undefined ? undefined : customers[customer],
          contact: contact === undefined ? undefined : contacts[contact],
          startedAt: time(startedAt),
        }),
      );
      for (const { kind, ...fields } of made.records as (Record<string, unknown> & {
        kind: string;
      })[]) {
        const { customer, interaction, within, askedAt, answeredAt, observedAt, ...plain } = fields;
        const of = (list: string[], n: unknown) => (typeof n === 'number' ? list[n] : undefined);
        write(kind, {
          ...plain,
          customer: of(customers, customer),
          interaction: of(places, interaction),
          askedAt: time(askedAt as number | undefined),
          answeredAt: time(answeredAt as number | undefined),
          observedAt: time(observedAt as number | undefined),
          ...(within === undefined
            ? {}
            : { evidence: { [freshId()]: { interaction: of(places, within), quote: 'words' } } }),
        });
      }
      const results = await mira.push(...changes);
      expect(results.filter(({ result }) => result !== 'accepted')).toEqual([]);

      const { now, rows } = await read(admin);
      const expected = [...factsOf(onFile)]
        .map(([id, { name, facts }]) => ({
          ...{ id, name },
          spots: blindSpotsOf(facts, USUAL_THRESHOLDS, now),
        }))
        .filter(({ spots }) => spots.length > 0)
        .sort(byUrgency);
      expect(rows).toEqual(expected);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

test('of a hundred thousand records only those that are counted are read', async () => {
  const database = await postgres.database();
  const server = await serverOn(database);
  const admin = await setUp(server);
  const { who } = new Device(server.url, await connect(server, admin));
  const client = new pg.Client(database);
  await client.connect();
  await client.query(MANY, [who.workspace, who.member]);
  await client.query('ANALYZE record');
  const found = await read(admin);
  expect(found).toMatchObject({ customers: 2_000, counts: { unanswered: 1_956 } });
  // Of 40,000 interactions, which are the large ones: by the index, those with the people asked for.
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT fields->>'contact' FROM record WHERE workspace_id = $1 AND kind = 'interaction'
     AND fields ? 'contact' AND fields->>'contact' = ANY($2::text[])`,
    [who.workspace, [freshId(), freshId()]],
  );
  await client.end();
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('record_contact_idx');
}, 120_000);

/** 2,000 customers with 100,000 records. */
const MANY = `
INSERT INTO record (workspace_id, kind, id, fields, provenance, visibility, author, deleted, written, updated,
  customer, interaction, words)
SELECT $1::uuid, kind, ('0190b6f0-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, fields, '{}', 'workspace', $2::uuid, false,
  lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - (n % 300)::bigint * 86400000), 12, '0') || '0000', '0000000000000000',
  CASE WHEN kind IN ('customer', 'contact') THEN NULL ELSE ('0190b6f0-0000-7000-8000-' || lpad((n % 2000)::text, 12, '0'))::uuid END,
  NULL, ''
FROM (
  SELECT n, kind, CASE kind
    WHEN 'customer' THEN jsonb_build_object('name', 'Customer ' || n)
    WHEN 'contact' THEN jsonb_build_object('name', 'Contact ' || n, 'customer', '0190b6f0-0000-7000-8000-' || lpad((n % 2000)::text, 12, '0'))
    WHEN 'probe' THEN jsonb_build_object('question', repeat('why ', 20), 'askedAt', now() - (n % 300) * interval '1 day')
    WHEN 'expectation' THEN jsonb_build_object('statement', repeat('word ', 40), 'class', 'stated', 'stage', 'hunch')
    WHEN 'note' THEN jsonb_build_object('text', repeat('word ', 40), 'label', CASE WHEN n % 7 = 0 THEN 'grievance' ELSE 'note' END)
    WHEN 'perception' THEN jsonb_build_object('form', 'survey', 'score', n % 11, 'scaleMin', 0, 'scaleMax', 10)
    ELSE jsonb_build_object('channel', 'email', 'subject', 'Delivery', 'startedAt', to_char(now() - (n % 300) * interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'contact', '0190b6f0-0000-7000-8000-' || lpad((2000 + n % 8000)::text, 12, '0'), 'text', repeat('word ', 60))
  END AS fields
  FROM (SELECT n, CASE WHEN n < 2000 THEN 'customer' WHEN n < 10000 THEN 'contact' WHEN n < 50000 THEN 'interaction'
    WHEN n < 65000 THEN 'probe' WHEN n < 80000 THEN 'expectation' WHEN n < 95000 THEN 'note' ELSE 'perception' END AS kind
    FROM generate_series(0, 99999) AS n) AS kinds
) AS made`;
